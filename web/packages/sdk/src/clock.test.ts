import { describe, expect, it } from 'vitest';
import { ServerClock } from './clock.js';

const kStart = Date.parse('2026-11-21T10:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();

/** A local clock that is wrong by `wrong`, and the true time. */
function world(wrong: number) {
  const world = { time: kStart, wrong, clock: undefined as unknown as ServerClock };
  world.clock = new ServerClock(() => world.time + world.wrong);
  return world;
}

describe("the server's time", () => {
  it.each([90_000, -90_000, 0])('is followed by a clock that is %i ms wrong', (wrong) => {
    const one = world(wrong);
    one.clock.told(iso(one.time));
    one.time += 12_345;
    expect(one.clock.now()).toBe(one.time);
  });

  it('is the local time until the server has said something', () => {
    const one = world(90_000);
    expect(one.clock.now()).toBe(kStart + 90_000);
    one.clock.told(undefined);
    one.clock.told('rubbish');
    expect(one.clock.now()).toBe(kStart + 90_000);
  });

  it('does not jump back when a message was long on its way', () => {
    const one = world(0);
    one.clock.told(iso(one.time));
    const sent = one.time;
    one.time += 4000;
    one.clock.told(iso(sent), sent - 20);
    expect(one.clock.now()).toBe(one.time);
  });

  it('is better known after a fast message', () => {
    const one = world(0);
    one.clock.told(iso(one.time - 4000));
    one.clock.told(iso(one.time), one.time - 20);
    expect(one.clock.now()).toBe(one.time);
  });

  it.each([3_600_000, -3_600_000])('is kept when the local clock is set by %i ms', (change) => {
    const one = world(0);
    one.clock.told(iso(one.time));
    one.wrong = change;
    const asked = one.time + one.wrong;
    one.time += 50;
    one.clock.told(iso(one.time - 25), asked);
    expect(Math.abs(one.clock.now() - one.time)).toBeLessThanOrEqual(50);
  });

  it('is taken from the newest event where the server does not tell it', () => {
    const one = world(90_000);
    one.clock.happened(iso(one.time - 30_000));
    one.clock.happened(iso(one.time));
    one.clock.happened(iso(one.time - 10_000));
    expect(one.clock.now()).toBe(one.time);
    one.clock.told(iso(one.time - 1000));
    expect(one.clock.now()).toBe(one.time - 1000);
  });
});
