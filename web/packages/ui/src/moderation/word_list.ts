// Pure: how the words of a show are changed before they are saved.
import type { WordList } from '@costage/sdk';

export type WordAction = WordList['words'][number]['action'];
export type LinkRule = WordAction | 'allow';

/** One that is there already is given the new action. */
export function withWord(list: WordList, text: string, action: WordAction): WordList {
  const words = list.words.filter((one) => one.text !== text);
  return { ...list, words: [...words, { text, action }] };
}

export function withAction(list: WordList, at: number, action: WordAction): WordList {
  return { ...list, words: list.words.with(at, { ...list.words[at]!, action }) };
}

export function withoutWord(list: WordList, at: number): WordList {
  return { ...list, words: list.words.toSpliced(at, 1) };
}

export function linkRuleOf({ links }: WordList): LinkRule {
  return links ?? 'allow';
}

export function withLinkRule({ words }: WordList, rule: LinkRule): WordList {
  return rule === 'allow' ? { words } : { words, links: rule };
}

export function isSameList(one: WordList, other: WordList): boolean {
  const plain = (list: WordList): string => JSON.stringify([list.words.map(({ text, action }) => [text, action]), linkRuleOf(list)]);
  return plain(one) === plain(other);
}
