import type { Clock } from '../clock.js';
import { toCostageError } from '../errors.js';
import type { Http } from '../http.js';
import type { Live } from '../live.js';
import { Store, type Observable } from '../store.js';
import type { Page, Watcher } from '../types.js';

export interface WatcherFilter {
  /** Part of a name or id. */
  query?: string;
  limit?: number;
}

export interface ListedWatcher extends Watcher {
  /** Until then they cannot be invited, in ms of the server's time: `retryAfterSeconds` counts from an answer that grows old. */
  retryAt?: number;
}

export interface Watchers {
  items: ListedWatcher[];
  total: number;
}

export interface WatcherSource {
  http: Http;
  clock: Clock;
  roomId: string;
  onHint: (hint: () => void) => () => void;
}

/** Presence is not history: the list is asked for again when something hints at a change, and now and then anyway. */
const kSettleMs = 300;
const kRefreshMs = 10_000;

export function watcherCollection({ http, clock, roomId, onHint }: WatcherSource, filter: WatcherFilter): Observable<Live<Watchers>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopHints: (() => void) | undefined;
  let asked = 0;
  const store = new Store<Live<Watchers>>({ data: { items: [], total: 0 }, loading: true, error: undefined }, start, stop);

  function start(): void {
    stopHints = onHint(() => refreshIn(kSettleMs));
    void refresh();
  }

  function stop(): void {
    asked++;
    clearTimeout(timer);
    stopHints?.();
  }

  function refreshIn(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), ms);
  }

  async function refresh(): Promise<void> {
    const mine = ++asked;
    let next: Live<Watchers>;
    try {
      const page = await http.get<Page<Watcher>>(`/v1/rooms/${encodeURIComponent(roomId)}/watchers`, { ...filter });
      next = { data: { items: page.items.map((one) => withRetryAt(one, clock.now())), total: page.total ?? page.items.length }, loading: false, error: undefined };
    } catch (cause) {
      next = { ...store.getSnapshot(), loading: false, error: toCostageError(cause) };
    }
    if (mine !== asked) return;
    store.set(next);
    refreshIn(Math.min(kRefreshMs, soonestRetry(next.data.items) - clock.now()));
  }

  return store;
}

function withRetryAt(watcher: Watcher, now: number): ListedWatcher {
  return watcher.retryAfterSeconds === undefined ? watcher : { ...watcher, retryAt: now + watcher.retryAfterSeconds * 1000 };
}

/** So that who may be invited again is shown so at once. */
function soonestRetry(items: readonly ListedWatcher[]): number {
  return Math.min(...items.map((one) => one.retryAt ?? Number.POSITIVE_INFINITY));
}
