// Pure: whom a text names.
import type { ChatMessage } from '../types.js';

export interface KnownPerson {
  userId: string;
  name: string;
}

export interface Mention {
  userId: string;
  /** Where `@name` begins and ends in the text. */
  from: number;
  to: number;
}

/** As many as the server takes. */
export const kMostMentions = 10;

const kWordChar = /[\p{L}\p{N}\p{M}_]/u;

function isWordAt(text: string, at: number): boolean {
  const point = text.codePointAt(at);
  return point !== undefined && kWordChar.test(String.fromCodePoint(point));
}

/** `ada@home.org` is an address, `@adam` is not Ada. */
function stands(text: string, from: number, to: number): boolean {
  return !(from > 0 && isWordAt(text, from - 1)) && !isWordAt(text, to);
}

/** Every place where the text names one of these people; of several names that fit the longest. */
export function findMentions(text: string, people: readonly KnownPerson[]): Mention[] {
  const longestFirst = people.filter(({ name }) => name.trim() !== '').sort((a, b) => b.name.length - a.name.length);
  const found: Mention[] = [];
  for (let from = text.indexOf('@'); from >= 0; from = text.indexOf('@', from + 1)) {
    const mention = mentionAt(text, from, longestFirst);
    if (mention) found.push(mention);
  }
  return found;
}

function mentionAt(text: string, from: number, people: readonly KnownPerson[]): Mention | undefined {
  for (const { userId, name } of people) {
    const to = from + 1 + name.length;
    const isName = text.slice(from + 1, to).toLocaleLowerCase() === name.toLocaleLowerCase();
    if (isName && stands(text, from, to)) return { userId, from, to };
  }
  return undefined;
}

/** The user ids of those whom the text names. */
export function mentionedIn(text: string, people: readonly KnownPerson[]): string[] {
  return [...new Set(findMentions(text, people).map((one) => one.userId))].slice(0, kMostMentions);
}

export function mentionsMe({ mentions, userId }: Pick<ChatMessage, 'mentions' | 'userId'>, me: string | undefined): boolean {
  return me !== undefined && userId !== me && mentions.includes(me);
}

/** The start of a name that is being written just before the caret, without the @; undefined: none is. */
export function mentionBeingWritten(text: string, caret: number): { from: number; query: string } | undefined {
  const from = text.lastIndexOf('@', caret - 1);
  if (from < 0 || (from > 0 && isWordAt(text, from - 1))) return undefined;
  const query = text.slice(from + 1, caret);
  return query.length > 40 || query.includes('\n') ? undefined : { from, query };
}
