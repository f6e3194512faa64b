import { deviceStorage } from '@costage/ui';
import { useSyncExternalStore } from 'react';

const kKey = 'costage.notify';
const listeners = new Set<() => void>();

export type Notifying = 'on' | 'off' | 'blocked' | 'impossible';

function now(): Notifying {
  if (!('Notification' in window)) return 'impossible';
  if (deviceStorage.getItem(kKey) !== 'on') return 'off';
  return Notification.permission === 'granted' ? 'on' : 'blocked';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether this person wants to be told by the system, on this device, and the browser lets us. */
export function useNotifying(): Notifying {
  return useSyncExternalStore(subscribe, now);
}

/** To be called from a tap or click: the browser asks. */
export async function setNotifying(on: boolean): Promise<void> {
  deviceStorage.setItem(kKey, on ? 'on' : 'off');
  if (on && Notification.permission === 'default') await Notification.requestPermission();
  for (const listener of listeners) listener();
}
