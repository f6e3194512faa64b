import type { Watchable } from '@costage/sdk';
import { useSyncExternalStore } from 'react';

/** The current snapshot of a live object. Keep the object between renders: another one is another subscription. */
export function useLive<T>(source: Watchable<T>): T {
  return useSyncExternalStore(source.subscribe, source.getSnapshot, source.getSnapshot);
}
