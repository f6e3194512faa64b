import { describe, expect, it } from 'vitest';
import { isUnsteady, kNoDrops, kSteadyAfterMs, steadyAt, withLoss } from './drop_watch.js';

const minutes = (count: number): number => count * 60_000;
const after = (...losses: number[]) => losses.map(minutes).reduce(withLoss, kNoDrops);

describe('a connection', () => {
  it.each<[string, number[], number, boolean]>([
    ['without a loss is steady', [], 0, false],
    ['is steady after two', [0, 1], 1, false],
    ['is unsteady with the third within five minutes', [0, 2, 4.9], 4.9, true],
    ['is steady where the third comes later', [0, 2, 5], 5, false],
    ['is unsteady for five minutes', [0, 0, 0], 4.9, true],
    ['and then steady again', [0, 0, 0], 5, false],
    ['stays unsteady with each further loss', [0, 0, 0, 4.9], 9.8, true],
    ['starts to count anew once it was steady', [0, 0, 0, 5.1], 5.1, false],
  ])('%s', (_what, losses, at, unsteady) => {
    expect(isUnsteady(after(...losses), minutes(at))).toBe(unsteady);
  });

  it('knows when it is steady again, and keeps no more than it needs', () => {
    expect(steadyAt(after(1, 2))).toBe(minutes(2) + kSteadyAfterMs);
    expect(after(...Array.from({ length: 50 }, () => 0)).losses).toHaveLength(3);
  });
});
