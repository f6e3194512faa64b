import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CostageError } from '../errors.js';
import { isFinal, Retries } from './recovery.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([
  [409, true],
  [404, true],
  [403, true],
  [401, false],
  [429, false],
  [503, false],
  [0, false],
])('a refusal with %i is final: %s', (status, expected) => {
  expect(isFinal(new CostageError('code', 'Words.', { status }))).toBe(expected);
});

it('tries one after the other, later each time, and soon again once one has worked', () => {
  const retries = new Retries();
  const work = vi.fn();
  const wait = (): number => {
    const start = Date.now();
    retries.next(work);
    vi.runAllTimers();
    return Date.now() - start;
  };
  const waits = [wait(), wait(), wait(), wait(), wait()];
  expect(waits.at(-1)).toBeGreaterThan(waits[0]! * 4);
  retries.worked();
  expect(wait()).toBeLessThanOrEqual(500);
  retries.next(work);
  retries.stop();
  vi.runAllTimers();
  expect(work).toHaveBeenCalledTimes(6);
});
