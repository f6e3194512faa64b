import { expect, it } from 'vitest';
import type { Listener } from '@costage/sdk';
import { PerFrame } from './per_frame.js';

it('shows the newest once per frame, however often it changes', () => {
  let value = 0;
  const listeners = new Set<Listener<number>>();
  const source = {
    getSnapshot: () => value,
    subscribe: (listener: Listener<number>) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const frames: (() => void)[] = [];
  const perFrame = new PerFrame(source, (work) => {
    frames.push(work);
    return () => void frames.splice(0);
  });
  const seen: number[] = [];
  const stop = perFrame.subscribe((now) => seen.push(now));
  for (value = 1; value <= 100; value++) listeners.forEach((tell) => tell(value));
  expect(perFrame.getSnapshot()).toBe(0);
  frames.splice(0).forEach((work) => work());
  expect(seen).toEqual([101]);
  listeners.forEach((tell) => tell(value));
  stop();
  expect([frames.length, listeners.size]).toEqual([0, 0]);
});
