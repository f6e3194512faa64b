import type { Seat } from '@costage/sdk';

export type StageLayout = 'empty' | 'one' | 'two' | 'grid';

export interface StagePlan {
  layout: StageLayout;
  /** In order: with two persons the first is the big one. */
  tiles: Seat[];
  /** Those beyond the visible tiles, in a strip that scrolls (S-076, S-077). */
  strip: Seat[];
}

export const kVisibleTiles = 6;

export function planStage(seats: readonly Seat[]): StagePlan {
  const host = seats.filter((seat) => seat.role === 'host');
  const ordered = [...host, ...seats.filter((seat) => seat.role !== 'host')];
  const layouts: StageLayout[] = ['empty', 'one', 'two'];
  return {
    layout: layouts[ordered.length] ?? 'grid',
    tiles: ordered.slice(0, kVisibleTiles),
    strip: ordered.slice(kVisibleTiles),
  };
}
