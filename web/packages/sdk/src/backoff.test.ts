import { expect, it } from 'vitest';
import { backoffDelay } from './backoff.js';

const kShort = { firstMs: 100, maxMs: 1000 };

it('doubles up to the maximum', () => {
  expect([0, 1, 2, 3, 4, 50].map((attempt) => backoffDelay(attempt, 0, kShort))).toEqual([100, 200, 400, 800, 1000, 1000]);
});

it('takes at most half away at random', () => {
  expect(backoffDelay(2, 0.999, kShort)).toBeGreaterThanOrEqual(200);
  expect(backoffDelay(2, 0.5, kShort)).toBe(300);
});
