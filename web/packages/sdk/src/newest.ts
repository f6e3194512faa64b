import type { Unsubscribe, Watchable } from './store.js';

/**
 * Snapshots for a loop. Listening begins with the first step and ends when the loop is left. Between two steps only the newest is
 * kept, so nothing queues up however slow the loop is.
 */
export function newestOf<T>(source: Pick<Watchable<T>, 'subscribe'>): AsyncIterableIterator<T, undefined> {
  const waiting: ((step: IteratorResult<T, undefined>) => void)[] = [];
  let held: { value: T } | undefined;
  let stop: Unsubscribe | undefined;
  let isOver = false;

  const take = (value: T): void => {
    const next = waiting.shift();
    if (next) next({ value, done: false });
    else held = { value };
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next() {
      if (isOver) return Promise.resolve({ value: undefined, done: true });
      const step = new Promise<IteratorResult<T, undefined>>((resolve) => waiting.push(resolve));
      if (stop === undefined) stop = source.subscribe(take);
      else if (held) {
        const { value } = held;
        held = undefined;
        take(value);
      }
      return step;
    },
    return() {
      isOver = true;
      stop?.();
      for (const next of waiting.splice(0)) next({ value: undefined, done: true });
      return Promise.resolve({ value: undefined, done: true });
    },
  };
}
