import type { Words } from './languages.js';

const plain = 'aceginosuyAEINOSUY';
const strange = 'áçéĝíñöšûýÂÊÎÑÖŠÛÝ';

const accented = (letter: string): string => strange[plain.indexOf(letter)] ?? letter;

// Depth 0 is text, odd depths hold what ICU reads, deeper even ones the text of its branches.
function said(text: string): string {
  if (text === '') return '';
  let depth = 0;
  let result = '';
  for (const letter of text) {
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    result += depth % 2 === 0 ? accented(letter) : letter;
  }
  return `[${result}${'·'.repeat(Math.ceil(text.length * 0.3))}]`;
}

/** English that is a third longer, in brackets and with accents. */
export function pseudo<T>(words: T): Words {
  const entries = Object.entries(words as object).map(([key, value]) => [key, typeof value === 'string' ? said(value) : pseudo(value)]);
  return Object.fromEntries(entries) as Words;
}
