// RoomService.MoveParticipant: into another room on the same connection, with what they publish. LiveKit's open-source
// server answers that it has none.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ConnectionState, RoomEvent, dispose } from './rtc_node.mjs';
import WebSocket from 'ws';
import { sharedServer, testedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { eventOf, until, within } from '../support/wait.mjs';
import { join, party, roomService } from './livekit.mjs';
import { hearTone, publishTone } from './sound.mjs';
import { admin, call } from './twirp.mjs';

const options = { skip: testedServer === 'livekit' };
let server, service;
before(async () => {
  server = await sharedServer();
  service = roomService(server);
});
after(async () => { await dispose(); await server?.stop(); });

const move = (from, identity, to) => call(server, 'MoveParticipant',
  { room: from, identity, destination_room: to }, admin(from, { destinationRoom: to }));

async function hears(room, publish) {
  const subscribed = eventOf(room, RoomEvent.TrackSubscribed);
  const tone = await publish?.();
  const [track] = await subscribed;
  const shares = await within(hearTone(track), 'the tone', 15_000);
  assert.ok(shares[0] > 0.8, `share of the tone: ${shares}`);
  return tone;
}

test('moved: gone here, there at once, with the same session and the tracks', options, async () => {
  const { roomName, rooms: [ada, ben], leave } = await party(server, ['ada', 'ben']);
  const elsewhere = newRoomName();
  const cleo = await join(server, elsewhere, 'cleo');
  const adaTone = await hears(ben, () => publishTone(ada));
  const cleoTone = await publishTone(cleo);
  const { sid } = ada.localParticipant;
  const trackSid = adaTone.publication.sid;

  const moved = eventOf(ada, RoomEvent.Moved);
  const left = eventOf(ben, RoomEvent.ParticipantDisconnected, (who) => who.identity === 'ada');
  const adaHears = hears(ada), cleoHears = hears(cleo);
  await service.moveParticipant(roomName, 'ada', elsewhere);
  await Promise.all([moved, left, adaHears, cleoHears]);

  assert.equal(ada.connectionState, ConnectionState.CONN_CONNECTED);
  assert.equal(ada.name, elsewhere);
  assert.deepEqual([...ada.remoteParticipants.keys()], ['cleo']);
  assert.deepEqual([...ben.remoteParticipants.keys()], []);
  assert.deepEqual((await service.listParticipants(roomName)).map(({ identity }) => identity), ['ben']);
  const info = await service.getParticipant(elsewhere, 'ada');
  assert.deepEqual([info.sid, info.tracks.map((track) => track.sid)], [sid, [trackSid]]);

  const back = eventOf(ben, RoomEvent.ParticipantConnected, (who) => who.identity === 'ada');
  const benHears = hears(ben);
  await service.moveParticipant(elsewhere, 'ada', roomName);
  await Promise.all([back, benHears]);
  await Promise.all([adaTone.stop(), cleoTone.stop(), leave(), cleo.disconnect()]);
});

test('what they say reaches the new room alone, and what is said there reaches them', options, async () => {
  const { roomName, rooms: [ada, ben], leave } = await party(server, ['ada', 'ben']);
  const elsewhere = newRoomName();
  const cleo = await join(server, elsewhere, 'cleo');
  await service.moveParticipant(roomName, 'ada', elsewhere);
  await until(() => cleo.remoteParticipants.has('ada') && ada.remoteParticipants.has('cleo'), 'each other');
  const heard = [];
  for (const room of [ada, ben, cleo])
    room.on(RoomEvent.DataReceived, (data, from) => heard.push(`${from?.identity}: ${new TextDecoder().decode(data)}`));
  const say = (room, text) => room.localParticipant.publishData(new TextEncoder().encode(text), { reliable: true });
  await say(ada, 'hello');
  await until(() => heard.length === 1, 'ada to be heard');
  await say(cleo, 'welcome');
  await until(() => heard.length === 2, 'cleo to be heard');
  assert.deepEqual(heard, ['ada: hello', 'cleo: welcome']);
  await Promise.all([leave(), cleo.disconnect()]);
});

test('a move that cannot be is refused, and changes nothing', options, async () => {
  const { roomName, rooms: [ada], leave } = await party(server, ['ada']);
  const full = newRoomName();
  await service.createRoom({ name: full, maxParticipants: 1 });
  const first = await join(server, full, 'first');
  const old = new WebSocket(`${server.ws}/rtc?access_token=${await joinToken(roomName, 'old')}&protocol=15`);
  await eventOf(old, 'message');
  const refused = async (from, identity, to, code) => assert.equal((await move(from, identity, to)).json.code, code);
  await refused(roomName, 'ada', roomName, 'invalid_argument');
  await refused(roomName, 'ada', '', 'invalid_argument');
  await refused(roomName, 'nobody', newRoomName(), 'not_found');
  await refused(newRoomName(), 'ada', newRoomName(), 'not_found');
  await refused(roomName, 'ada', full, 'resource_exhausted');
  await refused(roomName, 'old', newRoomName(), 'failed_precondition');
  const body = { room: roomName, identity: 'ada', destination_room: newRoomName() };
  for (const grant of [admin(roomName), admin(roomName, { destinationRoom: full }), admin(full, { destinationRoom: body.destination_room })])
    assert.equal((await call(server, 'MoveParticipant', body, grant)).status, 401);
  assert.equal(ada.connectionState, ConnectionState.CONN_CONNECTED);
  assert.ok(await service.getParticipant(roomName, 'ada'));
  old.terminate();
  await Promise.all([leave(), first.disconnect()]);
});
