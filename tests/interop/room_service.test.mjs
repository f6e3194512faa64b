import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ConnectionState, DataPacketKind, DisconnectReason, RoomEvent, dispose } from './rtc_node.mjs';
import { DataPacket_Kind, ParticipantInfo_State, RoomServiceClient } from 'livekit-server-sdk';
import { apiKey, sharedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { eventOf, never, until, within } from '../support/wait.mjs';
import { join, party, roomService } from './livekit.mjs';
import { hearTone, publishTone } from './sound.mjs';

let server;
let rooms;
before(async () => {
  server = await sharedServer();
  rooms = roomService(server);
});
after(async () => { await dispose(); await server?.stop(); });

const subscribeOnly = { canPublish: false, canSubscribe: true };
const onStage = { canPublish: true, canSubscribe: true, canPublishData: true };
const inAudience = { ...onStage, canPublish: false };

test('CreateRoom and ListRooms agree; the same name gives the same room', async () => {
  const name = newRoomName();
  const room = await rooms.createRoom({ name, metadata: '{"show":1}', emptyTimeout: 60, maxParticipants: 9 });
  assert.match(room.sid, /^RM_/);
  assert.deepEqual([room.name, room.metadata], [name, '{"show":1}']);
  assert.equal((await rooms.createRoom({ name })).sid, room.sid);
  const [listed, ...others] = await rooms.listRooms([name]);
  assert.deepEqual([listed.sid, listed.metadata, others.length], [room.sid, '{"show":1}', 0]);
  assert.ok((await rooms.listRooms()).some(({ sid }) => sid === room.sid));
  await rooms.deleteRoom(name);
});

test('ListParticipants and GetParticipant tell who is there with which tracks and rights', async () => {
  const { roomName, rooms: [ada], leave } = await party(server, ['ada', 'ben'], { ben: subscribeOnly });
  const tone = await publishTone(ada);
  const active = async () => {
    const people = await rooms.listParticipants(roomName);
    return people.length === 2 && people.every(({ state }) => state === ParticipantInfo_State.ACTIVE) && people;
  };
  const people = await until(active, 'both to be active');
  assert.deepEqual(people.map(({ identity }) => identity).sort(), ['ada', 'ben']);
  const seen = await until(async () => {
    const info = await rooms.getParticipant(roomName, 'ada');
    return info.tracks.length === 1 && info;
  }, 'the track');
  assert.deepEqual([seen.sid, seen.name], [ada.localParticipant.sid, 'Name of ada']);
  assert.deepEqual([seen.tracks[0].sid, seen.tracks[0].name], [tone.publication.sid, 'tone']);
  assert.equal(seen.permission.canPublish, true);
  assert.equal((await rooms.getParticipant(roomName, 'ben')).permission.canPublish, false);
  await tone.stop();
  await leave();
});

test('an unknown room has no participants; an unknown participant is not found', async () => {
  assert.deepEqual(await rooms.listParticipants(newRoomName()), []);
  const { roomName, leave } = await party(server, ['ada']);
  await assert.rejects(rooms.getParticipant(roomName, 'nobody'), { status: 404 });
  await assert.rejects(rooms.removeParticipant(roomName, 'nobody'), { status: 404 });
  await leave();
});

test('promotion in place: a viewer may publish, on the same connection', async () => {  // S-053
  const { roomName, rooms: [host, guest], leave } = await party(server, ['host', 'guest'], { guest: subscribeOnly });
  const sidBefore = guest.localParticipant.sid;
  await rooms.updateParticipant(roomName, 'guest', { permission: onStage, metadata: '{"role":"coHost"}' });
  await until(() => guest.localParticipant.metadata === '{"role":"coHost"}', 'the guest to be told');
  await until(() => host.remoteParticipants.get('guest').metadata === '{"role":"coHost"}', 'the host to be told');
  const subscribed = eventOf(host, RoomEvent.TrackSubscribed);
  const tone = await publishTone(guest);
  const [track, , participant] = await subscribed;
  assert.equal(participant.identity, 'guest');
  const shares = await within(hearTone(track), 'the tone', 15_000);
  assert.ok(shares[0] > 0.8, `share of the tone: ${shares}`);
  assert.equal(guest.localParticipant.sid, sidBefore);
  await tone.stop();
  await leave();
});

test('demotion takes the tracks away and the right with them', async () => {
  const { roomName, rooms: [host, guest], leave } = await party(server, ['host', 'guest']);
  const subscribed = eventOf(host, RoomEvent.TrackSubscribed);
  const tone = await publishTone(guest);
  await subscribed;
  const gone = eventOf(host, RoomEvent.TrackUnpublished, (publication) => publication.sid === tone.publication.sid);
  await rooms.updateParticipant(roomName, 'guest', { permission: inAudience });
  await gone;
  const info = await rooms.getParticipant(roomName, 'guest');
  assert.deepEqual([info.tracks.length, info.permission.canPublish], [0, false]);
  assert.equal(guest.connectionState, ConnectionState.CONN_CONNECTED);
  await tone.stop();
  await leave();
});

test('a subscribe-only participant cannot publish', async () => {
  const { rooms: [host, guest], leave } = await party(server, ['host', 'guest'], { guest: subscribeOnly });
  let appeared = false;
  host.on(RoomEvent.TrackPublished, () => { appeared = true; });
  await assert.rejects(publishTone(guest));
  assert.equal(appeared, false);
  await leave();
});

test('UpdateParticipant changes name, metadata and attributes for everybody', async () => {
  const { roomName, rooms: [ada, ben], leave } = await party(server, ['ada', 'ben']);
  const info = await rooms.updateParticipant(roomName, 'ben',
    { name: 'Benjamin', metadata: 'm', attributes: { seat: '2' } });
  assert.deepEqual([info.name, info.metadata, info.attributes.seat], ['Benjamin', 'm', '2']);
  const seen = ada.remoteParticipants.get('ben');
  await until(() => seen.name === 'Benjamin' && seen.metadata === 'm' && seen.attributes.seat === '2', 'ada to see it');
  await leave();
});

test('RemoveParticipant: gone for others, told why, and the same token is refused', async () => {
  const { roomName, rooms: [host], leave } = await party(server, ['host']);
  const token = await joinToken(roomName, 'guest');
  const guest = await join(server, roomName, 'guest');
  await until(() => host.remoteParticipants.has('guest'), 'the guest');
  const told = eventOf(guest, RoomEvent.Disconnected);
  const gone = eventOf(host, RoomEvent.ParticipantDisconnected, (who) => who.identity === 'guest');
  await rooms.removeParticipant(roomName, 'guest', { revokeTokenTs: BigInt(Math.ceil(Date.now() / 1000)) });
  assert.equal((await told)[0], DisconnectReason.PARTICIPANT_REMOVED);
  await gone;
  assert.deepEqual((await rooms.listParticipants(roomName)).map(({ identity }) => identity), ['host']);
  // LiveKit's open-source server ignores revoke_token_ts: there the token still works.
  assert.equal(await validate(token), server.kind === 'livekit' ? 200 : 401);
  await leave();
});

const validate = async (token) => {
  const response = await fetch(`${server.http}/rtc/validate?access_token=${token}`);
  await response.arrayBuffer();
  return response.status;
};

test('DeleteRoom ends it for everybody', async () => {
  const { roomName, rooms: people } = await party(server, ['ada', 'ben']);
  const told = people.map((room) => eventOf(room, RoomEvent.Disconnected));
  await rooms.deleteRoom(roomName);
  for (const [reason] of await Promise.all(told)) assert.equal(reason, DisconnectReason.ROOM_DELETED);
  assert.deepEqual(await rooms.listRooms([roomName]), []);
});

test('MutePublishedTrack silences a track', async () => {
  const { roomName, rooms: [speaker, listener], leave } = await party(server, ['speaker', 'listener']);
  const subscribed = eventOf(listener, RoomEvent.TrackSubscribed);
  const tone = await publishTone(speaker);
  await subscribed;
  const muted = eventOf(listener, RoomEvent.TrackMuted);
  await rooms.mutePublishedTrack(roomName, 'speaker', tone.publication.sid, true);
  assert.equal((await muted)[0].sid, tone.publication.sid);
  await tone.stop();
  await leave();
});

test('SendData reaches those it names', async () => {
  const { roomName, rooms: [ada, ben], leave } = await party(server, ['ada', 'ben']);
  let strays = 0;
  ben.on(RoomEvent.DataReceived, () => ++strays);
  const received = eventOf(ada, RoomEvent.DataReceived);
  const options = { destinationIdentities: ['ada'], topic: 'news' };
  await rooms.sendData(roomName, new TextEncoder().encode('from the server'), DataPacket_Kind.RELIABLE, options);
  const [data, from, kind, topic] = await received;
  assert.deepEqual([new TextDecoder().decode(data), from, kind, topic],
    ['from the server', undefined, DataPacketKind.KIND_RELIABLE, 'news']);
  await never(() => strays > 0, 'data at somebody who is not named', 200);
  await leave();
});

test('UpdateRoomMetadata reaches everybody', async () => {
  const { roomName, rooms: [ada], leave } = await party(server, ['ada']);
  const changed = eventOf(ada, RoomEvent.RoomMetadataChanged, (metadata) => metadata === 'new');
  assert.equal((await rooms.updateRoomMetadata(roomName, 'new')).metadata, 'new');
  await changed;
  await leave();
});

test('RoomService refuses a wrong secret', async () => {
  const stranger = new RoomServiceClient(server.http, apiKey, 'a wrong secret of a decent length, 40 bytes');
  await assert.rejects(stranger.listRooms(), { status: 401 });
});
