import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { kSteadyAfterMs } from '../media/drop_watch.js';
import { sampleSeat } from '../testing/samples.js';
import type { RoomEvent } from '../types.js';
import { UnsteadySeats } from './unsteady_seats.js';

let tell: (event: RoomEvent) => void = () => {};
let seats: UnsteadySeats;
let seq = 0;
const event = (type: RoomEvent['type'], userId: string): void =>
  tell({ seq: ++seq, type, at: '2026-11-21T10:05:00.000Z', data: { seat: sampleSeat({ userId }) } });

beforeEach(() => {
  vi.useFakeTimers();
  seats = new UnsteadySeats((listener) => {
    tell = listener;
    return () => (tell = () => {});
  });
  seats.subscribe(() => {});
});

afterEach(() => {
  vi.useRealTimers();
});

it('who drops three times is unsteady, until five minutes have passed without', async () => {
  for (let times = 0; times < 2; times++) event('stage.reconnecting', 'cosmo');
  event('stage.reconnecting', 'mona');
  expect(seats.getSnapshot()).toEqual([]);
  event('stage.reconnecting', 'cosmo');
  expect(seats.getSnapshot()).toEqual(['cosmo']);
  await vi.advanceTimersByTimeAsync(kSteadyAfterMs - 1);
  expect(seats.getSnapshot()).toEqual(['cosmo']);
  await vi.advanceTimersByTimeAsync(1);
  expect(seats.getSnapshot()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

it('a seat that is given back takes its drops with it', () => {
  for (let times = 0; times < 3; times++) event('stage.reconnecting', 'cosmo');
  event('stage.left', 'cosmo');
  expect(seats.getSnapshot()).toEqual([]);
});

it('leaves no timer behind when nobody listens', () => {
  const stop = seats.subscribe(() => {});
  for (let times = 0; times < 3; times++) event('stage.reconnecting', 'cosmo');
  const snapshot = seats.getSnapshot();
  event('stage.resumed', 'cosmo');
  expect(seats.getSnapshot()).toBe(snapshot);
  stop();
});
