import { useSyncExternalStore } from 'react';

export type Route = { name: 'home' } | { name: 'room'; roomId: string };

export function parseRoute(pathname: string): Route {
  const match = /^\/rooms\/([^/]+)\/?$/.exec(pathname);
  if (!match) return { name: 'home' };
  try {
    return { name: 'room', roomId: decodeURIComponent(match[1]!) };
  } catch {
    return { name: 'home' };
  }
}

export function roomPath(roomId: string): string {
  return `/rooms/${encodeURIComponent(roomId)}`;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}

export function navigate(path: string): void {
  history.pushState(null, '', path);
  window.dispatchEvent(new PopStateEvent('popstate'));
  window.scrollTo(0, 0);
}

export function usePathname(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}
