// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createClient, type Client } from './client.js';
import * as compat from './compat.js';
import { InvitationRepository, InvitationStatusEnum, InvitationTargetType, RoomPresenceRepository, RoomRepository, setActiveClient, type CompatInvitation, type CompatRoom } from './compat.js';
import type { Live } from './live.js';
import { FakeServer, until } from './testing/fake_server.js';
import { sampleEvent, sampleInvitation, sampleRoom, sampleState } from './testing/samples.js';

const kTopic = 'room/room_1';
const kBroadcaster = { coHostUrl: 'ws://media', coHostToken: 'stage', leaseId: 'l', epoch: 1 };

let server: FakeServer;
let client: Client;
let asked: string[];
let answers: Record<string, unknown>;

beforeEach(async () => {
  server = await FakeServer.start();
  asked = [];
  answers = {};
  client = createClient({
    url: server.url,
    token: 'tok',
    WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
    realtime: { backoff: { firstMs: 1, maxMs: 5 }, lingerMs: 0 },
    fetch: async (input, init) => {
      const request = `${init?.method} ${new URL(String(input)).pathname}`;
      asked.push(`${request} ${String(init?.body ?? '')}`.trim());
      return Response.json(answers[request] ?? { code: 'not_found' }, { status: request in answers ? 200 : 404 });
    },
  });
});

afterEach(async () => {
  await client.close();
  await server.stop();
});

/** A callback collection as something to wait for. */
function collected<T>(start: (callback: (live: Live<T>) => void) => () => void): { subscribe(listener: (live: Live<T>) => void): () => void } {
  return { subscribe: start };
}

const target = { targetId: 'room_1', targetType: InvitationTargetType.Room };

describe('InvitationRepository', () => {
  it('lists live what was sent, and calls accepted ones approved', async () => {
    // S-041, S-042, S-043, D1
    const seen: string[] = [];
    const sent = collected<CompatInvitation[]>((callback) =>
      new InvitationRepository(client).getInvitations({ ...target, limit: 20 }, (live) => {
        seen.push(live.loading ? 'loading' : (live.data[0]?.status ?? 'none'));
        callback(live);
      }),
    );
    const approved = until(sent, ({ data }) => data[0]?.status === 'approved');
    const request = await server.next('subscribe');
    const state = sampleState({ invitations: [sampleInvitation()] });
    server.send({ id: request['id'], type: 'snapshot', topic: kTopic, epoch: 'e1', seq: 1, state });
    const event = sampleEvent(2, 'invitation.accepted', { invitation: sampleInvitation({ status: 'accepted' }) });
    server.send({ type: 'event', topic: kTopic, epoch: 'e1', event });
    expect((await approved).data[0]).toMatchObject({ inviteeId: 'carl', inviterName: 'Hana' });
    expect([...new Set(seen)]).toEqual(['loading', 'pending', 'approved']);
    expect(await server.next('unsubscribe')).toMatchObject({ topic: kTopic });
  });

  it('filters by the word that it shows', async () => {
    const sent = collected<CompatInvitation[]>((callback) =>
      new InvitationRepository(client).getInvitations({ ...target, status: 'approved' }, callback));
    const listed = until(sent, ({ loading }) => !loading);
    const request = await server.next('subscribe');
    const invitations = [sampleInvitation(), sampleInvitation({ invitationId: 'inv_2', status: 'accepted' })];
    server.send({ id: request['id'], type: 'snapshot', topic: kTopic, epoch: 'e1', seq: 1, state: sampleState({ invitations }) });
    expect((await listed).data.map((one) => [one.invitationId, one.status])).toEqual([['inv_2', 'approved']]);
  });

  it('lists mine, and accepting answers approved', async () => {
    // S-046
    answers['POST /v1/invitations/inv_1/accept'] = sampleInvitation({ status: 'accepted' });
    const mine = collected<CompatInvitation[]>((callback) => new InvitationRepository(client).getMyRoomInvitations({ limit: 20 }, callback));
    const listed = until(mine, ({ data }) => data.length === 1);
    const request = await server.next('subscribe');
    expect(request['topic']).toBe('me');
    const user = { userId: 'carl', name: 'Carl', admin: false };
    server.send({ id: request['id'], type: 'snapshot', topic: 'me', state: { user, invitations: [sampleInvitation()] } });
    const invitation = (await listed).data[0]!;
    expect((await invitation.accept()).status).toBe('approved');
  });

  it('creates, reads and cancels by id', async () => {
    // D5
    answers['POST /v1/rooms/room_1/invitations'] = sampleInvitation();
    answers['GET /v1/invitations/inv_1'] = sampleInvitation();
    answers['POST /v1/invitations/inv_1/cancel'] = sampleInvitation({ status: 'cancelled' });
    const invitations = new InvitationRepository(client);
    const { invitationId } = await invitations.createInvitation({ ...target, userId: 'carl' });
    expect((await invitations.cancelInvitation(invitationId)).status).toBe('cancelled');
    expect(asked).toEqual([
      'POST /v1/rooms/room_1/invitations {"userId":"carl"}',
      'GET /v1/invitations/inv_1',
      'POST /v1/invitations/inv_1/cancel',
    ]);
  });

  it('refuses targets that are no rooms', () => {
    const query = { targetId: 'c', targetType: 'community' as InvitationTargetType };
    expect(() => new InvitationRepository(client).getInvitations(query, () => {})).toThrow('rooms only');
  });
});

describe('RoomRepository', () => {
  it('follows a room whose object has the verbs of the guides', async () => {
    // S-047, D4
    answers['GET /v1/rooms/room_1/invitation'] = sampleInvitation({ status: 'accepted' });
    const room = collected<CompatRoom | undefined>((callback) => new RoomRepository(client).getRoom('room_1', callback));
    const known = until(room, ({ data }) => data !== undefined);
    const request = await server.next('subscribe');
    server.send({ id: request['id'], type: 'snapshot', topic: kTopic, epoch: 'e1', seq: 1, state: sampleState() });
    const { data } = await known;
    expect(data!.title).toBe('Pottery live');
    expect((await data!.getInvitation()).status).toBe(InvitationStatusEnum.Approved);
    expect((await data!.getInvitations()).status).toBe('approved');
  });

  it('leads from a room to its chat', async () => {
    // N-050
    answers['POST /v1/rooms'] = sampleRoom();
    answers['GET /v1/rooms/room_1'] = sampleRoom();
    const room = await new RoomRepository(client).createRoom({ title: 'Pottery live' });
    expect(room.getLiveChat()).toBe(client.room('room_1').chat);
  });

  it('gives the media credentials under both names', async () => {
    // D2
    answers['POST /v1/rooms/room_1/broadcaster'] = kBroadcaster;
    const rooms = new RoomRepository(client);
    expect(await rooms.getBroadcasterData('room_1')).toEqual(kBroadcaster);
    expect(await rooms.getBroadcastData('room_1')).toEqual(kBroadcaster);
  });

  it('stops a room', async () => {
    answers['POST /v1/rooms/room_1/stop'] = sampleRoom({ status: 'ended' });
    expect((await new RoomRepository(client).stopRoom('room_1')).status).toBe('ended');
  });
});

describe('what the published package has beyond the guides', () => {
  it('changes a room, and takes people off the stage', async () => {
    // N-012
    answers['PATCH /v1/rooms/room_1'] = sampleRoom({ title: 'Glazing' });
    answers['POST /v1/rooms/room_1/stage/leave'] = answers['DELETE /v1/rooms/room_1/stage/carl'] = { seats: [] };
    const rooms = new RoomRepository(client);
    expect((await rooms.updateRoom('room_1', { title: 'Glazing' })).title).toBe('Glazing');
    await rooms.removeParticipant('room_1', 'carl');
    await rooms.leaveRoom('room_1');
    expect(asked).toEqual([
      'PATCH /v1/rooms/room_1 {"title":"Glazing"}',
      'DELETE /v1/rooms/room_1/stage/carl',
      expect.stringMatching('POST /v1/rooms/room_1/stage/leave'),
    ]);
  });

  it('lets a co-host tag products, and leaves what else they may do', async () => {
    // N-012
    answers['GET /v1/rooms/room_1/stage'] = { seats: [{ userId: 'carl', permissions: { invite: true, moderate: false, products: false } }] };
    answers['PUT /v1/rooms/room_1/stage/carl/permissions'] = { seats: [] };
    answers['GET /v1/rooms/room_1'] = sampleRoom();
    await new RoomRepository(client).updateCohostPermission('room_1', 'carl', true);
    expect(asked[1]).toBe('PUT /v1/rooms/room_1/stage/carl/permissions {"invite":true,"moderate":false,"products":true}');
  });

  it('counts as watching from the first beat to the last, once', async () => {
    // N-038
    const presence = new RoomPresenceRepository(client);
    presence.startHeartbeat('room_1');
    presence.startHeartbeat('room_1');
    expect(await server.next('subscribe')).toMatchObject({ topic: kTopic });
    presence.stopHeartbeat('room_1');
    expect(await server.next('unsubscribe')).toMatchObject({ topic: kTopic });
  });

  it('tells how many watch and who', async () => {
    // N-040
    answers['GET /v1/rooms/room_1/watchers'] = { items: [{ userId: 'vera', name: 'Vera' }], total: 41 };
    const presence = new RoomPresenceRepository(client);
    expect(await presence.getRoomUserCount('room_1')).toEqual({ count: 41 });
    expect((await presence.getRoomOnlineUsers('room_1')).map(({ name }) => name)).toEqual(['Vera']);
    answers = {};
    await expect(presence.getRoomUserCount('room_1')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the functions', () => {
  afterEach(() => setActiveClient(undefined));

  it('do the same for the client of the app', async () => {
    // S-086
    answers['POST /v1/rooms'] = sampleRoom();
    answers['POST /v1/rooms/room_1/invitations'] = sampleInvitation();
    answers['POST /v1/invitations/inv_1/accept'] = sampleInvitation({ status: 'accepted' });
    answers['GET /v1/invitations/inv_1'] = sampleInvitation();
    answers['POST /v1/invitations/inv_1/cancel'] = sampleInvitation({ status: 'cancelled' });
    answers['POST /v1/rooms/room_1/broadcaster'] = kBroadcaster;
    answers['POST /v1/rooms/room_1/stop'] = sampleRoom({ status: 'ended' });
    setActiveClient(client);
    const room = await compat.createRoom({ title: 'Pottery live' });
    const invitation = await compat.createInvitation({ ...target, targetId: room.roomId, userId: 'carl' });
    expect((await invitation.accept()).status).toBe('approved');
    expect((await compat.cancelInvitation(invitation.invitationId)).status).toBe('cancelled');
    expect(await compat.getBroadcastData('room_1')).toEqual(await compat.getBroadcasterData('room_1'));
    expect((await compat.stopRoom('room_1')).status).toBe('ended');
  });

  it('follow a list until told to stop, and say so when there is no client', async () => {
    setActiveClient(client);
    const mine = collected<CompatInvitation[]>((callback) => compat.getMyRoomInvitations({ limit: 20 }, callback));
    const listed = until(mine, ({ data }) => data.length === 1);
    const request = await server.next('subscribe');
    server.send({ id: request['id'], type: 'snapshot', topic: 'me', state: { user: { userId: 'carl', name: 'Carl', admin: false }, invitations: [sampleInvitation()] } });
    expect((await listed).data[0]!.status).toBe('pending');
    setActiveClient(undefined);
    expect(() => compat.getRooms({}, () => {})).toThrow('setActiveClient');
  });
});
