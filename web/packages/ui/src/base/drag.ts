// Pure: when a press on a tile becomes a drag. A mouse drags as soon as it moves, a finger when it has rested: before that it scrolls.

export interface Press {
  userId: string;
  isTouch: boolean;
  x: number;
  y: number;
}

export type PressFate = 'waits' | 'drags' | 'ends';

export const kRestMs = 350;
/** Less is a hand that trembles. */
export const kMovedPx = 8;

export function fateOf(press: Press, x: number, y: number): PressFate {
  if (Math.hypot(x - press.x, y - press.y) < kMovedPx) return 'waits';
  return press.isTouch ? 'ends' : 'drags';
}
