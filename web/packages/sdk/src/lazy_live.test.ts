import { expect, it } from 'vitest';
import { LazyLive } from './lazy_live.js';
import type { Live } from './live.js';
import { Store } from './store.js';

const ready = (data: number): Live<number> => ({ data, loading: false, error: undefined });
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

it('shows nothing until its code is there, then what that shows', async () => {
  const inner = new Store(ready(1));
  const lazy = new LazyLive(0, async () => inner);
  const seen: unknown[] = [];
  const stop = lazy.subscribe(({ data, loading }) => seen.push([data, loading]));
  await turn();
  inner.set(ready(2));
  expect(seen).toEqual([[0, true], [1, false], [2, false]]);
  stop();
  expect(inner.watched).toBe(false);
});

it('loads nothing for nobody, and listens to nothing when all have left meanwhile', async () => {
  let loads = 0;
  const inner = new Store(ready(1));
  const lazy = new LazyLive(0, async () => (loads++, inner));
  await turn();
  expect(loads).toBe(0);
  lazy.subscribe(() => {})();
  await turn();
  expect([loads, inner.watched]).toEqual([1, false]);
});

it('says so when the code cannot be fetched, and tries again for the next who listens', async () => {
  let isOffline = true;
  const lazy = new LazyLive(0, async () => {
    if (isOffline) throw new TypeError('Failed to fetch dynamically imported module');
    return new Store(ready(1));
  });
  const stop = lazy.subscribe(() => {});
  await turn();
  expect(lazy.getSnapshot()).toMatchObject({ loading: false, error: { code: 'network' } });
  stop();
  isOffline = false;
  lazy.subscribe(() => {});
  await turn();
  expect(lazy.getSnapshot()).toEqual(ready(1));
});
