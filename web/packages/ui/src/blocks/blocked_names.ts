// The server tells of those whom somebody has blocked the id alone. What they were called then is kept here, so that the list can be read.
import { deviceStorage, type KeyValueStore } from '../base/storage.js';

const keyFor = (myId: string): string => `costage.blocked.${myId}`;

function namesOf(myId: string, storage: KeyValueStore): Record<string, string> {
  try {
    return JSON.parse(storage.getItem(keyFor(myId)) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

export function nameOfBlocked(myId: string, userId: string, storage = deviceStorage): string {
  return namesOf(myId, storage)[userId] ?? userId;
}

export function rememberBlockedName(myId: string, userId: string, name: string, storage = deviceStorage): void {
  storage.setItem(keyFor(myId), JSON.stringify({ ...namesOf(myId, storage), [userId]: name }));
}

export function forgetBlockedName(myId: string, userId: string, storage = deviceStorage): void {
  const { [userId]: _, ...others } = namesOf(myId, storage);
  storage.setItem(keyFor(myId), JSON.stringify(others));
}
