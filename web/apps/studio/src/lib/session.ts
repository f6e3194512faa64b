import { tabStorage } from './storage.js';

// The token lives as long as the tab. It comes in the fragment, which browsers never send to a server.
const kKey = 'costage.token';

export function tokenFromFragment(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') || undefined;
}

/** A token in the address wins over the kept one and is taken out of the address bar. */
export function takeToken(): string | undefined {
  const given = tokenFromFragment(location.hash);
  if (given !== undefined) {
    tabStorage.setItem(kKey, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return tabStorage.getItem(kKey) ?? undefined;
}

export function keepToken(token: string): void {
  tabStorage.setItem(kKey, token);
}

export function forgetToken(): void {
  tabStorage.removeItem(kKey);
}
