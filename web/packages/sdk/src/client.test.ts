// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createClient, type Client, type ClientOptions } from './client.js';
import type { Live } from './live.js';
import { FakeServer, until } from './testing/fake_server.js';
import { sampleEvent, sampleInvitation, sampleRoom, sampleState } from './testing/samples.js';
import type { TokenSource } from './token.js';
import type { Room, RoomEvent, RoomState } from './types.js';

let server: FakeServer;
let client: Client;
let me: () => Response;

function connect(token: TokenSource = 'tok', more: Partial<ClientOptions> = {}): Client {
  return createClient({
    ...more,
    url: server.url,
    token,
    fetch: async () => me(),
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    realtime: { backoff: { firstMs: 1, maxMs: 5 }, lingerMs: 0 },
  });
}

beforeEach(async () => {
  server = await FakeServer.start();
  me = () => new Response('{}', { status: 200 });
  client = connect();
});

afterEach(async () => {
  await client.close();
  await server.stop();
});

const kTopic = 'room/room_1';
const titleIs = (title: string) => (live: Live<RoomState | undefined>) => live.data?.room.title === title;

async function answerSnapshot(seq: number, title: string, epoch = 'e1', more: object = {}): Promise<Record<string, unknown>> {
  const request = await server.next('subscribe');
  const state = sampleState({ room: sampleRoom({ title }) });
  server.send({ id: request['id'], type: 'snapshot', topic: kTopic, epoch, seq, state, ...more });
  return request;
}

function sendTitle(seq: number, title: string, epoch = 'e1'): void {
  const event = sampleEvent(seq, 'room.updated', { room: sampleRoom({ title }) });
  server.send({ type: 'event', topic: kTopic, epoch, event });
}

describe('somebody who is banned', () => {
  const isBanned = (live: Live<RoomState | undefined>) => live.error?.code === 'banned';

  it('loses the room with the reason, and does not ask for it again', async () => {
    const room = client.room('room_1');
    const stay = room.subscribe(() => {});
    const stayMe = client.invitations.list().subscribe(() => {});
    await answerSnapshot(4, 'Start');
    await until(room, titleIs('Start'));
    server.send({ type: 'unsubscribed', topic: kTopic, code: 'banned', detail: 'You are out.' });
    const ended = await until(room, isBanned);
    expect(ended).toMatchObject({ data: undefined, loading: false, error: { message: 'You are out.' } });
    await server.next('subscribe');
    server.client.terminate();
    expect(await server.next('subscribe')).toMatchObject({ topic: 'me' });
    await new Promise((done) => setTimeout(done, 30));
    expect(server.received).toEqual([]);
    stay();
    stayMe();
  });

  it('is told so when the subscription is refused', async () => {
    const room = client.room('room_1');
    const stay = room.subscribe(() => {});
    const request = await server.next('subscribe');
    server.send({ id: request['id'], type: 'error', code: 'banned', detail: 'You are out.' });
    await until(room, isBanned);
    server.client.terminate();
    await new Promise((done) => setTimeout(done, 30));
    expect(server.received).toEqual([]);
    stay();
  });
});

describe('a room over a real WebSocket', () => {
  it('shows loading, then the snapshot, then each event once', async () => {
    const room = client.room('room_1');
    const seen: RoomEvent[] = [];
    room.onEvent((event) => seen.push(event));
    expect(room.getSnapshot()).toEqual({ data: undefined, loading: true, error: undefined });
    const ready = until(room, titleIs('Start'));
    const request = await answerSnapshot(4, 'Start');
    expect(request['since']).toBeUndefined();
    await ready;
    sendTitle(5, 'Five');
    sendTitle(5, 'Five again');
    sendTitle(6, 'Six');
    await until(room, titleIs('Six'));
    expect(seen.map((event) => event.seq)).toEqual([5, 6]);
    expect(server.addresses[0]).toBe('/v1/realtime?access_token=tok');
  });

  it('resumes after a lost connection and misses nothing', async () => {
    const room = client.room('room_1');
    const seen: number[] = [];
    room.onEvent((event) => seen.push(event.seq));
    const stay = room.subscribe(() => {});
    await answerSnapshot(4, 'Start');
    sendTitle(5, 'Five');
    await until(room, titleIs('Five'));

    server.client.terminate();
    const again = await server.next('subscribe');
    expect(again['since']).toEqual({ epoch: 'e1', seq: 5 });
    expect(room.getSnapshot().data?.room.title).toBe('Five');
    server.send({ id: again['id'], type: 'resumed', topic: kTopic, epoch: 'e1', seq: 7 });
    sendTitle(6, 'Six');
    sendTitle(7, 'Seven');
    await until(room, titleIs('Seven'));
    expect(seen).toEqual([5, 6, 7]);
    stay();
  });

  it('takes a new snapshot when the server cannot resume', async () => {
    const room = client.room('room_1');
    const stay = room.subscribe(() => {});
    await answerSnapshot(4, 'Start');
    await until(room, titleIs('Start'));
    server.client.close(1001);
    const again = await answerSnapshot(2, 'Restarted', 'e2', { resync: true });
    expect(again['since']).toEqual({ epoch: 'e1', seq: 4 });
    await until(room, titleIs('Restarted'));
    sendTitle(3, 'Three', 'e2');
    await until(room, titleIs('Three'));
    stay();
  });

  it('asks again when it sees a hole, and drops what comes before the answer', async () => {
    const room = client.room('room_1');
    const stay = room.subscribe(() => {});
    await answerSnapshot(4, 'Start');
    await until(room, titleIs('Start'));
    sendTitle(6, 'Six');
    sendTitle(7, 'Seven');
    const again = await server.next('subscribe');
    expect(again['since']).toEqual({ epoch: 'e1', seq: 4 });
    server.send({ id: again['id'], type: 'resumed', topic: kTopic, epoch: 'e1', seq: 7 });
    sendTitle(5, 'Five');
    sendTitle(6, 'Six');
    sendTitle(7, 'Seven');
    const titles: string[] = [];
    room.onEvent((event) => titles.push(event.data!.room!.title));
    await until(room, titleIs('Seven'));
    expect(titles).toEqual(['Five', 'Six', 'Seven']);
    stay();
  });

  it('shows a refused subscription in words', async () => {
    const room = client.room('room_1');
    const refused = until(room, (live) => live.error !== undefined);
    const request = await server.next('subscribe');
    server.send({ id: request['id'], type: 'error', code: 'room_not_found', detail: 'There is no such show.' });
    expect((await refused).error).toMatchObject({ code: 'room_not_found', message: 'There is no such show.' });
  });

  it('reports once the room has answered, and again on the next connection', async () => {
    const versioned = connect('tok', { clientVersion: '8.7.2' });
    const room = versioned.room('room_1');
    const stay = room.subscribe(() => {});
    await answerSnapshot(1, 'Start');
    expect(await server.next('report')).toEqual({ type: 'report', topic: kTopic, clientVersion: '8.7.2' });
    room.presence.report({ camera: 'ready', connection: 'good' });
    const said = { type: 'report', topic: kTopic, camera: 'ready', connection: 'good', clientVersion: '8.7.2' };
    expect(await server.next('report')).toEqual(said);
    server.client.close(1001);
    await answerSnapshot(1, 'Again');
    expect(await server.next('report')).toEqual(said);
    stay();
    await versioned.close();
  });

  it('unsubscribes when nobody listens any more', async () => {
    const stop = client.room('room_1').subscribe(() => {});
    await answerSnapshot(1, 'Start');
    stop();
    expect(await server.next('unsubscribe')).toMatchObject({ topic: kTopic });
  });
});

describe('the connection', () => {
  it('stops and says why when the token has expired', async () => {
    const room = client.room('room_1');
    const stay = room.subscribe(() => {});
    await answerSnapshot(1, 'Start');
    server.client.close(4401);
    const ended = await until(client.connection, (connection) => connection.phase === 'refused');
    expect(ended.error?.code).toBe('token_expired');
    expect(room.getSnapshot().error?.isAuthentication).toBe(true);
    stay();
  });

  it('resumes with the token that is set then', async () => {
    const room = client.room('room_1');
    const stay = room.subscribe(() => {});
    await answerSnapshot(4, 'Start');
    server.client.close(4401);
    await until(client.access, ({ phase }) => phase === 'ended');
    expect(room.getSnapshot().data?.room.title).toBe('Start');
    client.setToken('fresh');
    const again = await server.next('subscribe');
    expect(again['since']).toEqual({ epoch: 'e1', seq: 4 });
    server.send({ id: again['id'], type: 'resumed', topic: kTopic, epoch: 'e1', seq: 4 });
    await until(room, (live) => live.error === undefined);
    expect(server.addresses.at(-1)).toBe('/v1/realtime?access_token=fresh');
    expect(client.access.getSnapshot().phase).toBe('valid');
    stay();
  });

  it('goes on at once when the source of tokens has another', async () => {
    await client.close();
    client = connect((last) => (last === undefined ? 'first' : 'second'));
    const stay = client.room('room_1').subscribe(() => {});
    await answerSnapshot(4, 'Start');
    const phases: string[] = [];
    client.connection.subscribe(({ phase }) => phases.push(phase));
    server.client.close(4401);
    expect((await server.next('subscribe'))['since']).toEqual({ epoch: 'e1', seq: 4 });
    expect(server.addresses.at(-1)).toBe('/v1/realtime?access_token=second');
    expect(phases).toEqual(['open', 'connecting', 'open']);
    stay();
  });

  it('finds out why the server refused the upgrade', async () => {
    server.refuseWith = 401;
    me = () => new Response(JSON.stringify({ code: 'unauthenticated', detail: 'Bad token.' }), { status: 401 });
    const stay = client.room('room_1').subscribe(() => {});
    const ended = await until(client.connection, (connection) => connection.phase === 'refused');
    expect(ended.error).toMatchObject({ code: 'unauthenticated', message: 'Bad token.' });
    stay();
  });

  it('keeps trying while the server is unavailable', async () => {
    server.refuseWith = 503;
    const stay = client.room('room_1').subscribe(() => {});
    await until(client.connection, (connection) => connection.phase === 'waiting' && connection.attempt >= 3);
    server.refuseWith = undefined;
    await until(client.connection, (connection) => connection.phase === 'open');
    stay();
  });
});

describe('the clock', () => {
  const kAhead = 90_000;
  const isAhead = (): number => Math.abs(client.clock.now() - Date.now() - kAhead);
  const ahead = (): string => new Date(Date.now() + kAhead).toISOString();

  it("is the server's from the welcome on", async () => {
    server.now = ahead();
    const stay = client.room('room_1').subscribe(() => {});
    await server.next('subscribe');
    expect(isAhead()).toBeLessThan(5000);
    stay();
  });

  it("is the server's from a snapshot on", async () => {
    const room = client.room('room_1');
    const stay = room.subscribe(() => {});
    await answerSnapshot(4, 'Start', 'e1', { now: ahead() });
    await until(room, titleIs('Start'));
    expect(isAhead()).toBeLessThan(5000);
    stay();
  });

  it('is guessed from events of a server that does not tell', async () => {
    const room = client.room('room_1');
    const stay = room.subscribe(() => {});
    await answerSnapshot(4, 'Start');
    const event = { ...sampleEvent(5, 'room.updated', { room: sampleRoom({ title: 'Five' }) }), at: ahead() };
    server.send({ type: 'event', topic: kTopic, epoch: 'e1', event });
    await until(room, titleIs('Five'));
    expect(isAhead()).toBeLessThan(5000);
    stay();
  });
});

describe('live collections', () => {
  it('lists what was sent from the room, and follows each change', async () => {
    // S-041, S-042, S-043
    const sent = client.room('room_1').invitations.list({ limit: 20 });
    expect(sent.getSnapshot()).toEqual({ data: [], loading: true, error: undefined });
    const statuses: string[] = [];
    const stop = sent.subscribe(({ data }) => statuses.push(data[0]?.status ?? 'none'));
    await answerSnapshot(1, 'Start');
    for (const [seq, type, status] of [[2, 'invitation.created', 'pending'], [3, 'invitation.rejected', 'rejected']] as const) {
      const event = sampleEvent(seq, type, { invitation: sampleInvitation({ status }) });
      server.send({ type: 'event', topic: kTopic, epoch: 'e1', event });
    }
    const { data } = await until(sent, (live) => live.data[0]?.status === 'rejected');
    expect(data[0]).toMatchObject({ inviteeId: 'carl', status: 'rejected' });
    expect(statuses.slice(-2)).toEqual(['pending', 'rejected']);
    stop();
  });

  it('goes through older invitations, and follows the room meanwhile', async () => {
    me = () => new Response(JSON.stringify({ items: [sampleInvitation({ status: 'expired' })] }));
    const history = client.room('room_1').invitations.history({ limit: 20 });
    const stop = history.subscribe(() => {});
    await answerSnapshot(1, 'Start');
    await until(history, (live) => live.data.items[0]?.status === 'expired');
    const invitation = sampleInvitation({ invitationId: 'inv_2', createdAt: '2026-11-21T10:05:00.000Z' });
    server.send({ type: 'event', topic: kTopic, epoch: 'e1', event: sampleEvent(2, 'invitation.created', { invitation }) });
    const { data } = await until(history, (live) => live.data.items.length === 2);
    expect(data).toMatchObject({ items: [{ invitationId: 'inv_2', status: 'pending' }, { invitationId: 'inv_1' }], hasMore: false });
    stop();
  });

  it('shows my pending invitations until they are answered', async () => {
    // S-046
    const mine = client.invitations.list();
    const stop = mine.subscribe(() => {});
    const request = await server.next('subscribe');
    const user = { userId: 'carl', name: 'Carl', admin: false };
    server.send({ id: request['id'], type: 'snapshot', topic: 'me', state: { user, invitations: [sampleInvitation()] } });
    await until(mine, (live) => live.data.length === 1);
    const event = { type: 'invitation.cancelled', data: { invitation: sampleInvitation({ status: 'cancelled' }) } };
    server.send({ type: 'event', topic: 'me', event });
    await until(mine, (live) => !live.loading && live.data.length === 0);
    stop();
  });

  it('lists shows, newest first, without the ended ones', async () => {
    const shows = client.rooms.list({ status: ['live'] });
    const stop = shows.subscribe(() => {});
    const request = await server.next('subscribe');
    const live = (roomId: string, createdAt: string): Room => sampleRoom({ roomId, createdAt, status: 'live' });
    const rooms = [live('a', '2026-01-01T00:00:00.000Z'), live('b', '2026-01-02T00:00:00.000Z'), sampleRoom({ roomId: 'c' })];
    server.send({ id: request['id'], type: 'snapshot', topic: 'rooms', state: { rooms } });
    const first = await until(shows, (now) => now.data.length === 2);
    expect(first.data.map((room) => room.roomId)).toEqual(['b', 'a']);
    server.send({ type: 'event', topic: 'rooms', event: { type: 'room.ended', data: { room: { ...rooms[1], status: 'ended' } } } });
    await until(shows, (now) => now.data.length === 1);
    stop();
  });
});
