// Waiting on conditions, never on time: a test ends as soon as the thing is true, and says what it waited for.
import { setTimeout as pause } from 'node:timers/promises';

export async function until(condition, what, timeout = 10_000, interval = 40) {
  const deadline = performance.now() + timeout;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (performance.now() > deadline) throw new Error(`waited ${timeout} ms for ${typeof what === 'function' ? what() : what}`);
    await pause(interval);
  }
}

// The first `event` of `emitter` whose arguments satisfy `accept`; resolves with the arguments.
export function eventOf(emitter, event, accept = () => true, timeout = 10_000) {
  return new Promise((resolve, reject) => {
    const end = (settle, value) => {
      clearTimeout(timer);
      emitter.off(event, listener);
      settle(value);
    };
    const listener = (...args) => { if (accept(...args)) end(resolve, args); };
    const timer = setTimeout(() => end(reject, new Error(`waited ${timeout} ms for event ${event}`)), timeout);
    emitter.on(event, listener);
  });
}

export function within(promise, what, timeout = 10_000) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${timeout} ms for ${what}`)), timeout);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// True if `condition` stays false for `duration` ms; for things that must not happen.
export async function never(condition, what, duration = 500, interval = 50) {
  const deadline = performance.now() + duration;
  while (performance.now() < deadline) {
    if (await condition()) throw new Error(`must not happen: ${what}`);
    await pause(interval);
  }
}
