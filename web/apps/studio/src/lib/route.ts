import { useEffect, useRef, useSyncExternalStore } from 'react';
import { withBase, withoutBase } from './base.js';
import { Navigation, type Guard } from './navigation.js';

/** `embed`: a show alone, in a frame of another page. */
export type Route = { name: 'home' } | { name: 'room' | 'embed'; roomId: string } | { name: 'unknown' };

/** Paths here and in the rest of the studio are those of its own: `/` is the home page wherever it lives. */
export function parseRoute(path: string): Route {
  if (path === '/') return { name: 'home' };
  const match = /^\/(rooms|embed)\/([^/]+)\/?$/.exec(path);
  if (!match) return { name: 'unknown' };
  try {
    return { name: match[1] === 'embed' ? 'embed' : 'room', roomId: decodeURIComponent(match[2]!) };
  } catch {
    return { name: 'unknown' };
  }
}

export function roomOf(route: Route): string | undefined {
  return 'roomId' in route ? route.roomId : undefined;
}

export function roomPath(roomId: string): string {
  return `/rooms/${encodeURIComponent(roomId)}`;
}

let made: Navigation | undefined;

function navigation(): Navigation {
  made ??= new Navigation(window, () => window.scrollTo(0, 0));
  return made;
}

export function navigate(path: string): void {
  navigation().navigate(withBase(path));
}

/** Something else than going to another page that ends what this one does: asked about in the same way. */
export function attempt(work: () => void): void {
  navigation().attempt(work);
}

const subscribe = (listener: () => void): (() => void) => navigation().subscribe(listener);

/** The path of the page to show; a page with a guard stays although the address bar has moved on. */
export function usePath(): string {
  return withoutBase(useSyncExternalStore(subscribe, () => navigation().getPathname()));
}

/** As long as it is used, going to another page or closing this one is asked about. Going within the app waits for `proceed`. */
export function useGuard(asks: Guard): void {
  const newest = useRef(asks);
  newest.current = asks;
  useEffect(() => {
    const end = navigation().guard((proceed) => newest.current(proceed));
    // The browser asks in its own words.
    const onUnload = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', onUnload);
    return () => {
      end();
      window.removeEventListener('beforeunload', onUnload);
    };
  }, []);
}
