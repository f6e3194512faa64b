import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CostageError, networkError } from '../errors.js';
import { sampleMessage } from '../testing/samples.js';
import type { ChatMessage } from '../types.js';
import { kMostUnsent, Outbox, type OutboxEntry } from './outbox.js';

let isOffline: boolean;
let isFollowed: boolean;
let online: (() => void)[];
/** What was asked to be sent, in order, and how the server answers the next. */
let delivered: string[];
let answer: (entry: OutboxEntry) => Promise<ChatMessage>;

const sent = (entry: OutboxEntry): ChatMessage => sampleMessage({ messageId: `m_${entry.clientId}`, clientId: entry.clientId, userId: 'carl', text: entry.draft.text });

beforeEach(() => {
  vi.useFakeTimers();
  isOffline = false;
  isFollowed = true;
  online = [];
  delivered = [];
  answer = async (entry) => sent(entry);
  return () => vi.useRealTimers();
});

function outbox(): Outbox {
  return new Outbox({
    deliver: (entry) => {
      delivered.push(entry.clientId);
      return answer(entry);
    },
    isOffline: () => isOffline,
    onMaybeOnline: (listener) => {
      online.push(listener);
      return () => void (online = online.filter((one) => one !== listener));
    },
    now: () => 1000,
    isFollowed: () => isFollowed,
  });
}

const draft = (text = 'Hello') => ({ text, mentions: [] });
const states = (box: Outbox): string[] => box.getSnapshot().map((one) => `${one.clientId} ${one.state}`);
const settle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);
function add(box: Outbox, ...clientIds: string[]): void {
  for (const clientId of clientIds) box.add(clientId, draft());
}

describe('sending', () => {
  it('sends one after the other, and shows each until the chat does', async () => {
    const box = outbox();
    add(box, 'a', 'b');
    expect(states(box)).toEqual(['a sending', 'b waiting']);
    await settle();
    expect(states(box)).toEqual(['a sent', 'b sent']);
    box.settle([sampleMessage({ messageId: 'm_a', clientId: 'a', userId: 'carl' })], 'carl');
    expect(states(box)).toEqual(['b sent']);
  });

  it('is done when the chat shows the message before the answer comes', async () => {
    const box = outbox();
    let reply = (_: ChatMessage): void => {};
    answer = () => new Promise((resolve) => (reply = resolve));
    add(box, 'a');
    box.settle([sampleMessage({ clientId: 'a', userId: 'carl' })], 'carl');
    reply(sampleMessage({ clientId: 'a', userId: 'carl' }));
    await settle();
    expect(states(box)).toEqual([]);
  });

  it('keeps nothing for a chat that nobody looks at', async () => {
    const box = outbox();
    isFollowed = false;
    add(box, 'a');
    await settle();
    expect([delivered, states(box)]).toEqual([['a'], []]);
  });

  it('takes no message of somebody else for its own', () => {
    const box = outbox();
    add(box, 'a');
    box.settle([sampleMessage({ clientId: 'a', userId: 'vera' })], 'carl');
    expect(states(box)).toEqual(['a sending']);
  });

  it('holds 20 at most', () => {
    const box = outbox();
    isOffline = true;
    add(box, ...Array.from({ length: kMostUnsent }, (_, at) => `c${at}`));
    expect(() => add(box, 'one more')).toThrowError(expect.objectContaining({ code: 'outbox_full' }));
  });
});

describe('without a connection', () => {
  it('waits, and goes in order when it is back', async () => {
    const box = outbox();
    isOffline = true;
    add(box, 'a', 'b', 'c');
    await settle();
    expect(delivered).toEqual([]);
    box.discard('b');
    isOffline = false;
    online[0]!();
    await settle();
    expect(delivered).toEqual(['a', 'c']);
    expect(states(box)).toEqual(['a sent', 'c sent']);
  });

  it('sends with the same clientId again after an answer that was lost', async () => {
    const box = outbox();
    answer = async () => {
      throw networkError();
    };
    add(box, 'a', 'b');
    await settle();
    expect(states(box)).toEqual(['a waiting', 'b waiting']);
    answer = async (entry) => sent(entry);
    await vi.advanceTimersByTimeAsync(3000);
    expect(delivered).toEqual(['a', 'a', 'b']);
    expect(states(box)).toEqual(['a sent', 'b sent']);
  });

  it('sends nothing again that the chat shows although its answer was lost', async () => {
    const box = outbox();
    answer = async () => {
      throw networkError();
    };
    add(box, 'a');
    await settle();
    box.settle([sampleMessage({ clientId: 'a', userId: 'carl' })], 'carl', true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(delivered).toEqual(['a']);
    expect(states(box)).toEqual([]);
  });
});

it('sends nothing more once it is closed', async () => {
  const box = outbox();
  isOffline = true;
  add(box, 'a');
  box.close();
  isOffline = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect([delivered, online.length, states(box)]).toEqual([[], 0, []]);
});

describe('a refusal', () => {
  beforeEach(() => {
    answer = async () => {
      throw new CostageError('slow_mode', 'Slowly.', { status: 429, retryAfterSeconds: 5 });
    };
  });

  it('is shown, says until when, and keeps no other from going', async () => {
    const box = outbox();
    add(box, 'a');
    await settle();
    expect(box.getSnapshot()[0]).toMatchObject({ state: 'failed', error: { code: 'slow_mode' }, retryAt: 6000 });
    answer = async (entry) => sent(entry);
    add(box, 'b');
    await settle();
    expect(states(box)).toEqual(['a failed', 'b sent']);
  });

  it('can be tried again as the same message, or let be', async () => {
    const box = outbox();
    add(box, 'a', 'b');
    await settle();
    box.discard('b');
    answer = async (entry) => sent(entry);
    box.retry('a');
    await settle();
    expect(delivered).toEqual(['a', 'b', 'a']);
    expect(states(box)).toEqual(['a sent']);
    expect(box.getSnapshot()[0]!.error).toBeUndefined();
  });
});
