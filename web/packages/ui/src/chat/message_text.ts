import { findMentions, type KnownPerson } from '@costage/sdk';

export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mention'; text: string; userId: string };

const kLink = /\bhttps?:\/\/[^\s<>"]+/giu;

/** What follows a link in a sentence is not part of it; a bracket is where one was opened in it. */
function trimmed(link: string): string {
  let end = link;
  for (;;) {
    const last = end.at(-1)!;
    const isClosing = last === ')' && end.split('(').length < end.split(')').length;
    if (!isClosing && !/[.,!?;:'’”»\]]/u.test(last)) return end;
    end = end.slice(0, -1);
  }
}

/** Only what the browser itself takes for an http address is made a link. */
function hrefOf(link: string): string | undefined {
  try {
    const { protocol, href, hostname } = new URL(link);
    return (protocol === 'http:' || protocol === 'https:') && hostname !== '' ? href : undefined;
  } catch {
    return undefined;
  }
}

/** The text in pieces: plain, addresses, and the names of `people` who are mentioned in it. */
export function splitText(text: string, people: readonly KnownPerson[] = []): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(kLink)) {
    const link = trimmed(match[0]);
    const href = hrefOf(link);
    if (href === undefined) continue;
    parts.push(...withMentions(text.slice(from, match.index), people), { kind: 'link', text: link, href });
    from = match.index + link.length;
  }
  return [...parts, ...withMentions(text.slice(from), people)];
}

function withMentions(text: string, people: readonly KnownPerson[]): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { userId, from: start, to } of findMentions(text, people)) {
    if (start > from) parts.push({ kind: 'text', text: text.slice(from, start) });
    parts.push({ kind: 'mention', text: text.slice(start, to), userId });
    from = to;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}
