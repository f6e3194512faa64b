import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CostageError } from '../errors.js';
import { Http } from '../http.js';
import type { Watcher } from '../types.js';
import { watcherCollection } from './watchers.js';

let asked: string[];
let answer: () => Promise<Response>;
let hint: () => void;

const kAhead = 90_000;
const readiness = { userId: 'vera', camera: 'unknown', microphone: 'unknown', connection: 'unknown' } as const;
const vera: Watcher = { userId: 'vera', name: 'Vera', since: '', readiness, invitable: true };
const page = (items: Watcher[]) => async () => new Response(JSON.stringify({ items, total: items.length }));

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  answer = page([vera]);
});

afterEach(() => {
  vi.useRealTimers();
});

function collection(filter = {}) {
  const fetch = (url: string | URL | Request): Promise<Response> => {
    asked.push(String(url));
    return answer();
  };
  const http = new Http({ url: 'http://server', fetch, wait: async () => {} });
  const onHint = (listener: () => void) => {
    hint = listener;
    return () => {};
  };
  return watcherCollection({ http, clock: { now: () => Date.now() + kAhead }, roomId: 'room_1', onHint }, filter);
}

it('asks with the filter, and again once when presence changes several times', async () => {
  const watchers = collection({ query: 've', limit: 50 });
  const stop = watchers.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(['http://server/v1/rooms/room_1/watchers?query=ve&limit=50']);
  expect(watchers.getSnapshot()).toMatchObject({ data: { items: [vera], total: 1 }, loading: false });
  answer = page([]);
  hint();
  hint();
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toHaveLength(2);
  expect(watchers.getSnapshot().data.total).toBe(0);
  stop();
});

it('keeps the list when asking fails, and says why', async () => {
  const watchers = collection();
  const stop = watchers.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  hint();
  await vi.advanceTimersByTimeAsync(500);
  expect(watchers.getSnapshot().data.items).toEqual([vera]);
  expect(watchers.getSnapshot().error).toBeInstanceOf(CostageError);
  stop();
});

it('says until when somebody cannot be invited, and asks again at that moment', async () => {
  answer = page([{ ...vera, invitable: false, reason: 'cooling_down', retryAfterSeconds: 4 }]);
  const watchers = collection();
  const stop = watchers.subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  const at = Date.now() + kAhead + 4000;
  expect(watchers.getSnapshot().data.items[0]?.retryAt).toBe(at);
  answer = page([vera]);
  await vi.advanceTimersByTimeAsync(3900);
  expect(asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(watchers.getSnapshot().data.items[0]).toEqual(vera);
  stop();
});

it('asks no more when nobody listens', async () => {
  const stop = collection().subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(1);
});
