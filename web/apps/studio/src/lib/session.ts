// The token lives as long as the tab. It comes in the fragment, which browsers never send to a server.
import { tabStorage } from '@costage/ui';
import { createDevToken, getServer, readToken } from '@costage/sdk';
import { serverUrl } from './base.js';

const kKey = 'costage.token';

export function tokenFromFragment(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') || undefined;
}

/** The token in the address, which is taken out of the address bar. */
export function givenToken(): string | undefined {
  const given = tokenFromFragment(location.hash);
  if (given !== undefined) history.replaceState(history.state, '', location.pathname + location.search);
  return given;
}

/** A token in the address wins over the kept one. */
export function takeToken(): string | undefined {
  const given = givenToken();
  if (given !== undefined) keepToken(given);
  return tabStorage.getItem(kKey) ?? undefined;
}

export function keepToken(token: string): void {
  tabStorage.setItem(kKey, token);
}

export function forgetToken(): void {
  tabStorage.removeItem(kKey);
}

/**
 * Where the client gets its token from: the one that was given last. On a development server, where anybody may have one, the
 * same person gets another as soon as that one ends.
 */
export async function freshToken(last?: string): Promise<string> {
  const kept = tabStorage.getItem(kKey) ?? undefined;
  if (last === undefined) {
    if (kept === undefined) throw new Error('Nobody is signed in.');
    return kept;
  }
  const isOfSame = readToken(kept).userId === readToken(last).userId;
  if (kept !== undefined && kept !== last && isOfSame) return kept;
  return (await devToken(last)) ?? last;
}

async function devToken(last: string): Promise<string | undefined> {
  const { userId, name } = readToken(last);
  if (userId === undefined || !(await getServer(serverUrl())).dev) return undefined;
  const { token } = await createDevToken(serverUrl(), name ?? userId, userId);
  // Another may have been given meanwhile.
  if (tabStorage.getItem(kKey) === last) keepToken(token);
  return token;
}

export type LinkProblem = 'noToken' | 'otherPerson';

/** The token in a pasted link (or the token itself), if it is of this person. */
export function tokenInLink(text: string, userId: string): { token: string } | { problem: LinkProblem } {
  const trimmed = text.trim();
  const hash = trimmed.indexOf('#');
  const token = hash < 0 ? trimmed : tokenFromFragment(trimmed.slice(hash));
  const of = readToken(token).userId;
  if (token === undefined || of === undefined) return { problem: 'noToken' };
  return of === userId ? { token } : { problem: 'otherPerson' };
}
