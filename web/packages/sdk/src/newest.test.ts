import { expect, it } from 'vitest';
import { derive, type Live } from './live.js';
import { Store } from './store.js';

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

it('gives the present snapshot, then each new one', async () => {
  const store = new Store(1);
  const seen: number[] = [];
  for await (const value of store) {
    seen.push(value);
    if (value === 3) break;
    void turn().then(() => store.set(value + 1));
  }
  expect(seen).toEqual([1, 2, 3]);
});

it('listens from the first step until the loop is left', async () => {
  const store = new Store(1);
  const unused = store[Symbol.asyncIterator]();
  expect(store.watched).toBe(false);
  for await (const _ of store) {
    expect(store.watched).toBe(true);
    break;
  }
  expect(store.watched).toBe(false);
  void unused;
});

it('keeps only the newest for a loop that is busy', async () => {
  const store = new Store(0);
  const seen: number[] = [];
  for await (const value of store) {
    seen.push(value);
    if (value === 1000) break;
    for (let next = 1; next <= 1000; next++) store.set(next);
  }
  expect(seen).toEqual([0, 1000]);
});

it('is left while it waits, and after an error in the loop', async () => {
  const store = new Store(1);
  const steps = store[Symbol.asyncIterator]();
  await steps.next();
  const waiting = steps.next();
  await steps.return!();
  expect(await waiting).toEqual({ value: undefined, done: true });
  expect(await steps.next()).toEqual({ value: undefined, done: true });
  const failing = async (): Promise<void> => {
    for await (const _ of store) throw new Error('in the loop');
  };
  await expect(failing()).rejects.toThrow('in the loop');
  expect(store.watched).toBe(false);
});

it('does so for a collection that is cut out of another one', async () => {
  const whole = new Store<Live<number[] | undefined>>({ data: [1, 2], loading: false, error: undefined });
  for await (const { data } of derive(whole, (list) => list?.length ?? 0)) {
    expect(data).toBe(2);
    break;
  }
  expect(whole.watched).toBe(false);
});
