import type { RoomStatus } from '../types.js';

/** On the air, also while its host is away for a moment. */
export function isRunning(room: RoomStatus): boolean {
  return room === 'live' || room === 'waitingReconnect';
}

/** It never comes back. */
export function hasEnded(room: RoomStatus): boolean {
  return room !== 'idle' && !isRunning(room);
}
