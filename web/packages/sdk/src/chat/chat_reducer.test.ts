import { describe, expect, it } from 'vitest';
import { sampleChat, sampleEvent, sampleMessage } from '../testing/samples.js';
import type { ChatMessage, ChatState, RoomEvent } from '../types.js';
import { kHeldMessages, kLiveMessages, reduceChat, withAllRead, withPage, withReadingBack, type ChatFeedMessage, type ChatView } from './chat_reducer.js';

const message = (number: number, change: Partial<ChatMessage> = {}): ChatMessage => sampleMessage({ messageId: `m${number}`, ...change });
const messages = (from: number, to: number): ChatMessage[] => Array.from({ length: to - from + 1 }, (_, at) => message(from + at));
const snapshot = (state: Partial<ChatState> = {}, seq = 4, epoch = 'e1'): ChatFeedMessage => ({ type: 'snapshot', epoch, seq, state: sampleChat(state) });
const start = (state: Partial<ChatState> = {}): ChatView => reduceChat(undefined, snapshot(state), 'carl').view!;
const event = (seq: number, type: RoomEvent['type'], data?: RoomEvent['data'], actorId?: string, epoch = 'e1'): ChatFeedMessage => ({
  type: 'event', epoch, event: sampleEvent(seq, type, data, actorId),
});
const ids = (view: ChatView): string[] => view.state.messages.map((one) => one.messageId);

/** Events one after the other, from where the view stands. */
function after(view: ChatView, ...happens: [RoomEvent['type'], RoomEvent['data']?, string?][]): ChatView {
  return happens.reduce((now, [type, data, actorId]) => reduceChat(now, event(now.cursor.seq + 1, type, data, actorId), 'carl').view!, view);
}

describe('the events of a chat', () => {
  it('appends what is sent and replaces what changes', () => {
    const view = after(
      start({ messages: [message(1)] }),
      ['chat.sent', { message: message(2) }],
      ['chat.edited', { message: message(1, { text: 'Changed' }) }],
      ['chat.deleted', { message: message(2, { text: '', status: 'deleted' }) }],
    );
    expect(view.state.messages.map((one) => [one.messageId, one.text, one.status])).toEqual([['m1', 'Changed', 'shown'], ['m2', '', 'deleted']]);
    expect(view.cursor).toEqual({ epoch: 'e1', seq: 7 });
  });

  it('shows a held one in its place once it may be shown, and as new to who did not see it wait', () => {
    const author = after(start(), ['chat.held', { message: message(1, { status: 'held' }) }], ['chat.sent', { message: message(2) }], ['chat.sent', { message: message(1) }]);
    expect(author.state.messages.map((one) => [one.messageId, one.status])).toEqual([['m1', 'shown'], ['m2', 'shown']]);
    const other = after(start(), ['private'], ['chat.sent', { message: message(2) }], ['chat.sent', { message: message(1) }]);
    expect(ids(other)).toEqual(['m2', 'm1']);
  });

  it('takes settings and the pin, and lets the pin go', () => {
    const settings = { writers: 'stage' as const, slowModeSeconds: 10, watchedMinutes: 0 };
    const pin = { text: 'Sale at nine', userId: 'hana', name: 'Hana', pinnedAt: '2026-11-21T10:00:00.000Z' };
    const pinned = after(start(), ['chat.settingsChanged', { settings }], ['chat.pinned', { pin }]);
    expect(pinned.state).toMatchObject({ settings, pin });
    expect('pin' in after(pinned, ['chat.unpinned']).state).toBe(false);
  });

  it('leaves out what happens to a message that is not held', () => {
    const view = start({ messages: [message(5)] });
    expect(ids(after(view, ['chat.deleted', { message: message(1) }], ['chat.reacted', { message: message(2) }]))).toEqual(['m5']);
  });

  it('counts what others wrote until it is read', () => {
    const view = after(
      start({ messages: [message(1)] }),
      ['chat.sent', { message: message(2) }],
      ['chat.sent', { message: message(3, { userId: 'carl' }) }],
      ['chat.sent', { message: message(4, { kind: 'cameOnStage' }) }],
      ['chat.edited', { message: message(2) }],
    );
    expect(view.unread).toBe(1);
    expect(withAllRead(view).unread).toBe(0);
  });
});

describe('reactions', () => {
  const heart = (count: number, mine?: true) => ({ emoji: '❤️', count, ...(mine ? { mine } : {}) });
  const wow = (count: number, mine?: true) => ({ emoji: '😮', count, ...(mine ? { mine } : {}) });
  const reacted = (view: ChatView, actorId: string, ...reactions: ChatMessage['reactions']) =>
    after(view, ['chat.reacted', { message: message(1, { reactions }) }, actorId]);
  const of = (view: ChatView) => view.state.messages[0]!.reactions;

  it('knows which are mine from who sent the event', () => {
    let view = start({ messages: [message(1, { reactions: [heart(2, true)] })] });
    view = reacted(view, 'vera', heart(3));
    expect(of(view)).toEqual([heart(3, true)]);
    view = reacted(view, 'carl', heart(3), wow(1));
    expect(of(view)).toEqual([heart(3, true), wow(1, true)]);
    view = reacted(view, 'carl', heart(2), wow(1));
    expect(of(view)).toEqual([heart(2), wow(1, true)]);
    view = after(view, ['chat.edited', { message: message(1, { text: 'Changed', reactions: [heart(2), wow(1)] }) }, 'vera']);
    expect(of(view)).toEqual([heart(2), wow(1, true)]);
    expect(of(reacted(view, 'carl', heart(2)))).toEqual([heart(2)]);
  });

  it('adds up what floats over the stage, beside the history', () => {
    const view = start({ reactions: { heart: 5 } });
    const floats = reduceChat(view, { type: 'ephemeral', kind: 'reactions', data: { reactions: { heart: 2, wow: 1 } } }, 'carl').view!;
    expect(floats.state.reactions).toEqual({ heart: 7, wow: 1 });
    expect(floats.cursor).toEqual(view.cursor);
  });
});

describe('what was missed', () => {
  const view = start();
  it.each<[string, ChatFeedMessage]>([
    ['a hole in the numbers', event(6, 'private')],
    ['another epoch', event(5, 'private', undefined, undefined, 'e2')],
    ['being resumed in another epoch', { type: 'resumed', epoch: 'e2', seq: 9 }],
  ])('%s is reported and changes nothing', (_name, what) => {
    expect(reduceChat(view, what, 'carl')).toEqual({ view, gap: true });
  });

  it('is nothing where an event comes twice, or the subscription goes on', () => {
    expect(reduceChat(view, event(4, 'chat.sent', { message: message(1) }), 'carl')).toEqual({ view, gap: false });
    expect(reduceChat(view, { type: 'resumed', epoch: 'e1', seq: 9 }, 'carl')).toEqual({ view, gap: false });
  });

  it('is made up for by a snapshot: all that was held is replaced, the count of what is unread stays', () => {
    const before = withPage(after(start({ messages: messages(5, 6), more: true }), ['chat.sent', { message: message(7) }]), { items: messages(1, 4).reverse() }, new Map());
    const resynced = reduceChat(before, snapshot({ messages: messages(50, 60), more: true }, 2, 'e2'), 'carl').view!;
    expect(ids(resynced)).toEqual(messages(50, 60).map((one) => one.messageId));
    expect(resynced).toMatchObject({ unread: 1, state: { more: true }, cursor: { epoch: 'e2', seq: 2 } });
  });
});

describe('how much is held', () => {
  const sent = (view: ChatView, from: number, to: number): ChatView =>
    after(view, ...messages(from, to).map((one): [RoomEvent['type'], RoomEvent['data']] => ['chat.sent', { message: one }]));

  it('is the newest 100', () => {
    const view = sent(start({ messages: messages(1, 100) }), 101, 130);
    expect([ids(view).length, ids(view)[0], view.state.more]).toEqual([kLiveMessages, 'm31', true]);
  });

  it('leaves no hole between the page that somebody reads and the newest, and goes back to 100', () => {
    let view = withPage(start({ messages: messages(51, 150), more: true }), { items: messages(1, 60).reverse() }, new Map());
    expect(view.state.more).toBe(false);
    view = sent(view, 151, 180);
    expect(ids(view)).toEqual(messages(1, 180).map((one) => one.messageId));
    view = withReadingBack(view, false);
    expect([ids(view).length, ids(view)[0], view.state.more]).toEqual([100, 'm81', true]);
  });

  it('has a bound while reading back, too', () => {
    const view = sent(withReadingBack(start({ messages: messages(1, 100) }), true), 101, kHeldMessages + 50);
    expect([ids(view).length, ids(view)[0], view.state.more]).toEqual([kHeldMessages, 'm51', true]);
  });
});

it('an event of a message that was read back changes it, also one that was told while its page was on the way', () => {
  const told = new Map([['m2', message(2, { text: '', status: 'deleted' })]]);
  const view = withPage(start({ messages: messages(4, 5), more: true }), { items: messages(1, 4).reverse(), nextCursor: 'more' }, told);
  expect(view.state.messages.map((one) => one.status)).toEqual(['shown', 'deleted', 'shown', 'shown', 'shown']);
  expect(view.state.more).toBe(true);
  expect(after(view, ['chat.edited', { message: message(1, { text: 'Changed' }) }]).state.messages[0]!.text).toBe('Changed');
});
