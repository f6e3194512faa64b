// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createClient, type Client } from '../client.js';
import type { RoomHandle } from '../room/room.js';
import { FakeServer, until } from '../testing/fake_server.js';
import { sampleChat, sampleEvent, sampleMessage, sampleRoom, sampleStanding, sampleState } from '../testing/samples.js';
import type { ChatMessage, ChatState, RoomEvent } from '../types.js';

const kTopic = 'chat/room_1';

let server: FakeServer;
let client: Client;
let room: RoomHandle;
let asked: string[];
/** Answers the requests that are made over HTTP. */
let answer: (method: string, path: string, body: Record<string, unknown>) => unknown;
let stops: (() => void)[];

beforeEach(async () => {
  server = await FakeServer.start();
  asked = [];
  stops = [];
  answer = (_method, _path, body) => sampleMessage({ messageId: 'm_new', userId: 'carl', text: String(body['text']), clientId: String(body['clientId']) });
  client = createClient({
    url: server.url,
    token: 'tok',
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    realtime: { backoff: { firstMs: 1, maxMs: 5 }, lingerMs: 0 },
    fetch: async (input, init) => {
      const url = new URL(String(input));
      const path = url.pathname.replace('/v1/rooms/room_1', '') + url.search;
      const body = init?.body === undefined ? {} : (JSON.parse(String(init.body)) as Record<string, unknown>);
      asked.push(`${init?.method} ${path}`);
      const reply = answer(init?.method ?? 'GET', path, body);
      return reply instanceof Response ? reply : Response.json(reply);
    },
  });
  room = client.room('room_1');
});

afterEach(async () => {
  for (const stop of stops) stop();
  await client.close();
  await server.stop();
});

const message = (number: number, change: Partial<ChatMessage> = {}): ChatMessage => sampleMessage({ messageId: `m${number}`, text: `Text ${number}`, ...change });
const messages = (from: number, to: number): ChatMessage[] => Array.from({ length: to - from + 1 }, (_, at) => message(from + at));
const texts = (): string[] => room.chat.getSnapshot().data.messages.map((one) => one.text);
const shows = (...wanted: string[]) => until(room.chat, ({ data }) => data.messages.map((one) => one.text).join() === wanted.join());

async function answerSubscribe(state: Partial<ChatState> = {}, seq = 4, epoch = 'e1'): Promise<Record<string, unknown>> {
  const request = await server.next('subscribe');
  server.send({ id: request['id'], type: 'snapshot', topic: request['topic'], epoch, seq, state: sampleChat(state) });
  return request;
}

function happens(seq: number, type: RoomEvent['type'], data: RoomEvent['data'], epoch = 'e1'): void {
  server.send({ type: 'event', topic: kTopic, epoch, event: sampleEvent(seq, type, data) });
}

/** An open chat with these messages. */
async function opened(state: Partial<ChatState> = { messages: [message(1)] }): Promise<void> {
  stops.push(room.chat.subscribe(() => {}));
  await answerSubscribe(state);
  await until(room.chat, ({ loading }) => !loading);
}

describe('the live chat', () => {
  it('is subscribed as long as somebody listens', async () => {
    const stop = room.chat.subscribe(() => {});
    expect(await answerSubscribe({ messages: [message(1)] })).toMatchObject({ topic: kTopic });
    await shows('Text 1');
    stop();
    expect(await server.next('unsubscribe')).toMatchObject({ topic: kTopic });
  });

  it('goes on after a lost connection from where it stood', async () => {
    await opened();
    happens(5, 'chat.sent', { message: message(2) });
    await shows('Text 1', 'Text 2');
    server.client.terminate();
    const again = await server.next('subscribe');
    expect(again['since']).toEqual({ epoch: 'e1', seq: 5 });
    server.send({ id: again['id'], type: 'resumed', topic: kTopic, epoch: 'e1', seq: 6 });
    happens(6, 'chat.deleted', { message: message(1, { text: '', status: 'deleted' }) });
    await shows('', 'Text 2');
  });

  it('begins anew when the server cannot tell what was missed', async () => {
    await opened();
    server.client.terminate();
    await answerSubscribe({ messages: [message(8), message(9)], more: true }, 1, 'e2');
    await shows('Text 8', 'Text 9');
    expect(room.chat.getSnapshot().data.more).toBe(true);
  });

  it('counts what is unread', async () => {
    await opened();
    happens(5, 'chat.sent', { message: message(2) });
    await until(room.chat, ({ data }) => data.unread === 1);
    room.chat.markRead();
    expect(room.chat.getSnapshot().data.unread).toBe(0);
  });

  it('asks for all of it again when I begin to moderate', async () => {
    stops.push(room.subscribe(() => {}));
    const first = await server.next('subscribe');
    server.send({ id: first['id'], type: 'snapshot', topic: 'room/room_1', epoch: 'r', seq: 1, state: sampleState() });
    await until(room, ({ data }) => data !== undefined);
    await opened();
    server.send({ type: 'event', topic: 'room/room_1', epoch: 'r', event: sampleEvent(2, 'moderation.appointed', { standing: sampleStanding({ moderator: true }) }) });
    const again = [await server.next('subscribe'), await server.next('subscribe')].find((one) => one['topic'] === kTopic);
    expect(again).not.toHaveProperty('since');
  });

  it('lets the pin go when its time has passed by the clock of the server', async () => {
    server.now = '2026-11-21T10:00:00.000Z';
    const pin = { text: 'Soon', userId: 'hana', name: 'Hana', pinnedAt: server.now };
    await opened({ pin: { ...pin, until: '2026-11-21T10:00:00.150Z' } });
    expect(room.chat.getSnapshot().data.pin?.text).toBe('Soon');
    await until(room.chat, ({ data }) => data.pin === undefined);
    happens(5, 'chat.pinned', { pin });
    await until(room.chat, ({ data }) => data.pin !== undefined);
  });
});

describe('sending', () => {
  it('shows the message at once, and the real one in its place', async () => {
    await opened();
    let reply = (_: Response): void => {};
    answer = () => new Promise<Response>((resolve) => (reply = resolve));
    const clientId = room.chat.send('  Hello ');
    expect(room.chat.getSnapshot().data.messages.at(-1)).toMatchObject({ messageId: clientId, text: 'Hello', pending: true, userId: 'carl' });
    const lengths: number[] = [];
    stops.push(room.chat.subscribe(({ data }) => lengths.push(data.messages.length)));
    happens(5, 'chat.sent', { message: message(7, { userId: 'carl', text: 'Hello', clientId }) });
    await until(room.chat, ({ data }) => data.messages.at(-1)?.messageId === 'm7');
    reply(Response.json(message(7)));
    expect(room.chat.getSnapshot().data.messages.at(-1)).not.toHaveProperty('pending');
    expect(new Set(lengths)).toEqual(new Set([2]));
  });

  it('is one message when the answer was lost and it is sent again', async () => {
    await opened();
    const bodies: unknown[] = [];
    answer = (_method, _path, body) => {
      bodies.push(body);
      if (bodies.length <= 3) throw new TypeError('Failed to fetch');
      return message(7, { userId: 'carl', text: 'Hello', clientId: String(body['clientId']) });
    };
    const clientId = room.chat.send('Hello');
    server.client.terminate();
    await until(room.chat, ({ data }) => data.messages.at(-1)?.pending === true);
    const again = await server.next('subscribe');
    server.send({ id: again['id'], type: 'resumed', topic: kTopic, epoch: 'e1', seq: 4 });
    await until(room.chat, ({ data }) => data.messages.at(-1)?.messageId === 'm7');
    expect(bodies).toEqual(bodies.map(() => ({ text: 'Hello', clientId })));
    happens(5, 'chat.sent', { message: message(7, { userId: 'carl', text: 'Hello', clientId }) });
    happens(6, 'chat.sent', { message: message(8) });
    await shows('Text 1', 'Hello', 'Text 8');
  }, 10_000);

  it('says what it answers and whom it names, and asks to join before it says so', async () => {
    await opened({ messages: [message(1, { text: 'First line\nand more' })] });
    let body: unknown;
    answer = (_method, path, sent) => {
      if (path === '/chat/messages') body = sent;
      return { ...message(9), ...sent };
    };
    const clientId = room.chat.send(`@vera ${'x'.repeat(300)}`, { replyTo: 'm1', asksToJoin: true });
    expect(room.chat.getSnapshot().data.messages.at(-1)).toMatchObject({ replyTo: { messageId: 'm1', name: 'Vera', excerpt: 'First line' }, asksToJoin: true, mentions: ['vera'] });
    await until(room.chat, ({ data }) => data.messages.at(-1)?.pending === undefined);
    expect(asked).toEqual(['POST /requests', 'POST /chat/messages']);
    expect(body).toMatchObject({ clientId, replyTo: 'm1', mentions: ['vera'], asksToJoin: true });
  });

  it('shows why not, and lets it be', async () => {
    await opened();
    answer = () => Response.json({ code: 'muted', detail: 'You are muted.' }, { status: 403 });
    const clientId = room.chat.send('Hello');
    await until(room.chat, ({ data }) => data.messages.at(-1)?.failed?.code === 'muted');
    room.chat.discard(clientId);
    expect(texts()).toEqual(['Text 1']);
    expect(() => room.chat.send(' \n')).toThrowError(expect.objectContaining({ code: 'message_blank' }));
  });
});

describe('reading back', () => {
  /** The newest first, 100 to a page. */
  function pages(stored: ChatMessage[]): void {
    answer = (_method, path) => {
      const from = Number(new URL(path, 'http://x').searchParams.get('cursor') ?? 0);
      const newest = [...stored].reverse();
      return { items: newest.slice(from, from + 100), ...(from + 100 < newest.length ? { nextCursor: String(from + 100) } : {}) };
    };
  }

  it('brings in the page before what is shown, then the next, while new ones come', async () => {
    const stored = messages(1, 250);
    pages(stored);
    await opened({ messages: stored.slice(-100), more: true });
    await Promise.all([room.chat.loadOlder(), room.chat.loadOlder()]);
    expect(asked).toEqual(['GET /chat/messages?limit=100', 'GET /chat/messages?limit=100&cursor=100']);
    expect(texts()).toHaveLength(200);
    stored.push(message(251));
    happens(5, 'chat.sent', { message: message(251) });
    happens(6, 'chat.edited', { message: message(60, { text: 'Changed' }) });
    await until(room.chat, ({ data }) => data.messages.some((one) => one.text === 'Changed'));
    await room.chat.loadOlder();
    expect(asked).toHaveLength(3);
    expect(texts()).toHaveLength(251);
    expect(room.chat.getSnapshot().data.more).toBe(false);
    room.chat.setReadingBack(false);
    expect([texts().length, texts()[0], room.chat.getSnapshot().data.more]).toEqual([100, 'Text 152', true]);
    await room.chat.loadOlder();
    expect(texts()[0]).toBe('Text 52');
  });

  it('begins where the snapshot ends, without reading again what is shown', async () => {
    const stored = messages(1, 150);
    pages(stored);
    await opened({ messages: stored.slice(-100), more: true, nextCursor: '100' });
    await room.chat.loadOlder();
    expect(asked).toEqual(['GET /chat/messages?limit=100&cursor=100']);
    expect(texts()).toHaveLength(150);
  });

  it('throws why it cannot, and has what it had', async () => {
    await opened({ messages: messages(1, 2), more: true });
    answer = () => Response.json({ code: 'unavailable', detail: 'Later.' }, { status: 503 });
    await expect(room.chat.loadOlder()).rejects.toMatchObject({ code: 'unavailable' });
    expect(texts()).toHaveLength(2);
  });
});

it('floats reactions over the same subscription, and forgets those without one', async () => {
  const seen: object[] = [];
  stops.push(room.reactions.onReactions((counts) => seen.push(counts)));
  room.reactions.press('wow');
  await new Promise((done) => setTimeout(done, 260));
  await opened({ reactions: { heart: 4 } });
  room.reactions.press('heart');
  expect(await server.next('react')).toEqual({ type: 'react', topic: kTopic, kind: 'heart', count: 1 });
  server.send({ type: 'ephemeral', topic: kTopic, kind: 'reactions', data: { reactions: { heart: 3, fire: 1 } } });
  await until(room.chat, ({ data }) => data.reactions.heart === 7);
  expect(seen).toEqual([{ heart: 3, fire: 1 }]);
  expect(room.reactions.totals).toEqual({ heart: 7, fire: 1 });
});

it('has a request for each verb', async () => {
  answer = () => ({});
  const { chat } = room;
  await chat.edit('m/1', 'Changed');
  await chat.delete('m1');
  await chat.react('m1', '👍', false);
  await chat.report('m1', 'spam', 'Again');
  await chat.pin({ text: 'Soon', seconds: 60 });
  await chat.unpin();
  await chat.updateSettings({ slowModeSeconds: 5 });
  await chat.words();
  await chat.setWords({ words: [{ text: 'bad*', action: 'hold' }] });
  expect(asked).toEqual([
    'PATCH /chat/messages/m%2F1',
    'POST /chat/messages/m1/delete',
    'POST /chat/messages/m1/reactions',
    'POST /chat/messages/m1/reports',
    'PUT /chat/pin',
    'DELETE /chat/pin',
    'PATCH /chat/settings',
    'GET /chat/words',
    'PUT /chat/words',
  ]);
});

it('loads what is to be moderated for the host, and follows room and chat', async () => {
  answer = (_method, path) => (path === '/moderation' ? { people: [], held: [message(1, { status: 'held' })], reports: [] } : {});
  stops.push(room.moderation.subscribe(() => {}));
  for (let left = 2; left > 0; left--) {
    const request = await server.next('subscribe');
    const state = request['topic'] === kTopic ? sampleChat() : sampleState({ room: sampleRoom({ hostId: 'carl' }), me: { role: 'host' } });
    server.send({ id: request['id'], type: 'snapshot', topic: request['topic'], epoch: 'e1', seq: 4, state });
  }
  await until(room.moderation, ({ data }) => data.held.length === 1);
  happens(5, 'chat.held', { message: message(2, { status: 'held' }) });
  server.send({ type: 'event', topic: 'room/room_1', epoch: 'e1', event: sampleEvent(5, 'moderation.muted', { standing: sampleStanding({ userId: 'vera', muted: true }) }) });
  await until(room.moderation, ({ data }) => data.held.length === 2 && data.people.length === 1);
});
