// Pure: which reactions fly over the stage.
import type { ReactionCounts, ReactionKind } from '@costage/sdk';

export interface Floating {
  id: number;
  kind: ReactionKind;
  /** Where it rises, from 0 to 1 across the stage. */
  place: number;
  /** When it is gone, in ms. */
  until: number;
}

export const kMostFloating = 30;
export const kFlightMs = 2600;

/** Where many are pressed, each kind keeps its share of what may fly. */
export function withFloats(flying: readonly Floating[], counts: ReactionCounts, now: number, random: () => number): Floating[] {
  const still = flying.filter((one) => one.until > now);
  const wanted = Object.entries(counts) as [ReactionKind, number][];
  const total = wanted.reduce((sum, [, count]) => sum + count, 0);
  const room = kMostFloating - still.length;
  const scale = total > room ? room / total : 1;
  let id = flying.at(-1)?.id ?? 0;
  const next = [...still];
  for (const [kind, count] of wanted) {
    for (let left = Math.floor(count * scale); left > 0; left--) {
      next.push({ id: ++id, kind, place: random(), until: now + kFlightMs + random() * 800 });
    }
  }
  return next;
}
