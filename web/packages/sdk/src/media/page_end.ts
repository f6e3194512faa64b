import type { Unsubscribe } from '../store.js';

/**
 * Calls back when the page ends for good. livekit-client would disconnect at `beforeunload` already, which comes before the user
 * is asked whether to leave: who then stays would be off the air. A page that is only put aside may come back.
 */
export function onPageEnd(work: () => void): Unsubscribe {
  const { addEventListener, removeEventListener } = globalThis;
  if (typeof addEventListener !== 'function') return () => {};
  const listener = (event: Event): void => {
    if (!(event as PageTransitionEvent).persisted) work();
  };
  addEventListener('pagehide', listener);
  return () => removeEventListener('pagehide', listener);
}
