import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Reactions } from './reactions.js';

let sent: object[];

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
});
afterEach(() => {
  vi.useRealTimers();
});

const reactions = (): Reactions =>
  new Reactions({
    send: (message) => sent.push(message) > 0,
    onCounts: () => () => {},
    totals: () => ({ heart: 3 }),
  });

it('sends the first at once, and what is pressed within a quarter of a second together', () => {
  const floats = reactions();
  floats.press('heart');
  floats.press('heart');
  floats.press('heart');
  floats.press('wow');
  expect(sent).toEqual([{ type: 'react', kind: 'heart', count: 1 }]);
  vi.advanceTimersByTime(250);
  expect(sent.slice(1)).toEqual([{ type: 'react', kind: 'heart', count: 2 }, { type: 'react', kind: 'wow', count: 1 }]);
  vi.advanceTimersByTime(1000);
  expect(sent).toHaveLength(3);
  floats.press('fire');
  expect(sent.at(-1)).toEqual({ type: 'react', kind: 'fire', count: 1 });
});

it('counts no more in one message than the server takes', () => {
  const floats = reactions();
  for (let press = 0; press < 50; press++) floats.press('heart');
  vi.advanceTimersByTime(250);
  expect(sent.at(-1)).toMatchObject({ count: 20 });
  expect(floats.totals).toEqual({ heart: 3 });
});
