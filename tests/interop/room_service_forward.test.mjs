// RoomService.ForwardParticipant: a participant of one room is shown in another as well. LiveKit's open-source server
// answers that it has none, so there is nothing to compare with: that answer is all that is expected of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ConnectionState, Room, RoomEvent, dispose } from './rtc_node.mjs';
import { User } from '../support/api.mjs';
import { sharedServer, startServer, testedServer } from '../support/server.mjs';
import { newRoomName } from '../support/tokens.mjs';
import { eventOf, never, until, within } from '../support/wait.mjs';
import { receiveWebhooks } from '../support/webhooks.mjs';
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

const ask = (method, room, body, more = {}) => call(server, method, { room, ...body }, admin(room, more));
const forward = (from, identity, to) =>
  ask('ForwardParticipant', from, { identity, destination_room: to }, { destinationRoom: to });
const say = (room, text, more = {}) =>
  room.localParticipant.publishData(new TextEncoder().encode(text), { reliable: true, ...more });
const identities = async (roomName) => (await service.listParticipants(roomName)).map(({ identity }) => identity).sort();

async function hears(room, identity) {
  const [track] = await eventOf(room, RoomEvent.TrackSubscribed, (_track, _publication, who) => who.identity === identity);
  const shares = await within(hearTone(track), `${identity}'s tone`, 15_000);
  assert.ok(shares[0] > 0.8, `share of the tone: ${shares}`);
}

// Ada and Ben here; Cleo there, who sees Ada of the other room.
async function shown() {
  const { roomName, rooms: [ada, ben], leave } = await party(server, ['ada', 'ben']);
  const elsewhere = newRoomName();
  const cleo = await join(server, elsewhere, 'cleo');
  await service.forwardParticipant(roomName, 'ada', elsewhere);
  await until(() => cleo.remoteParticipants.has('ada'), 'ada to be shown');
  const end = () => Promise.all([leave(), cleo.disconnect()]);
  return { roomName, elsewhere, ada, ben, cleo, end };
}

test('a real LiveKit has no such thing, and says so', { skip: testedServer !== 'livekit' }, async () => {
  const { roomName, leave } = await party(server, ['ada']);
  const { status, json } = await forward(roomName, 'ada', newRoomName());
  assert.match(`${status} ${json.msg}`, /not implemented/);
  await leave();
});

test('shown: heard in both rooms, under the same sid, as one that is forwarded', options, async () => {
  const { roomName, rooms: [ada, ben], leave } = await party(server, ['ada', 'ben']);
  const elsewhere = newRoomName();
  const cleo = await join(server, elsewhere, 'cleo');
  const benHears = hears(ben, 'ada');
  const [adaTone, cleoTone] = await Promise.all([publishTone(ada), publishTone(cleo)]);
  await benHears;

  const cleoHears = hears(cleo, 'ada');
  await service.forwardParticipant(roomName, 'ada', elsewhere);
  await service.forwardParticipant(roomName, 'ada', elsewhere);
  await cleoHears;
  const info = await service.getParticipant(elsewhere, 'ada');
  const { json } = await ask('GetParticipant', elsewhere, { identity: 'ada' });
  assert.deepEqual([info.sid, info.tracks.map((track) => track.sid)], [ada.localParticipant.sid, [adaTone.publication.sid]]);
  assert.deepEqual(json.kind_details, ['FORWARDED']);
  assert.equal(info.permission.canSubscribe, false);
  assert.deepEqual(await identities(elsewhere), ['ada', 'cleo']);
  assert.deepEqual(await identities(roomName), ['ada', 'ben']);
  assert.deepEqual([...ada.remoteParticipants.keys()], ['ben'], 'ada sees nothing of the other room');
  assert.deepEqual([...ben.remoteParticipants.keys()], ['ada']);

  const late = await join(server, elsewhere, 'late');
  await hears(late, 'ada');
  await Promise.all([adaTone.stop(), cleoTone.stop(), leave(), cleo.disconnect(), late.disconnect()]);
});

test('two hosts in each other\'s rooms', options, async () => {
  const [one, two] = [newRoomName(), newRoomName()];
  const [ada, ben, fan] = await Promise.all([join(server, one, 'ada'), join(server, two, 'ben'), join(server, one, 'fan')]);
  const heard = [hears(fan, 'ada'), hears(fan, 'ben'), hears(ada, 'ben'), hears(ben, 'ada')];
  await service.forwardParticipant(one, 'ada', two);
  await service.forwardParticipant(two, 'ben', one);
  const tones = await Promise.all([publishTone(ada), publishTone(ben)]);
  await Promise.all(heard);
  await Promise.all(tones.map((tone) => tone.stop()));
  await Promise.all([ada, ben, fan].map((room) => room.disconnect()));
});

test('what changes at home is seen there: name, metadata, attributes, mute, tracks', options, async () => {
  const { roomName, ada, cleo, end } = await shown();
  const there = cleo.remoteParticipants.get('ada');
  const change = (more) => ask('UpdateParticipant', roomName, { identity: 'ada', ...more });
  await change({ name: 'Ada L.', metadata: 'm', attributes: { mood: 'good' } });
  await until(() => there.name === 'Ada L.' && there.metadata === 'm' && there.attributes.mood === 'good', 'the change');

  const cleoHears = hears(cleo, 'ada');
  const tone = await publishTone(ada);
  await cleoHears;
  const speaks = eventOf(cleo, RoomEvent.ActiveSpeakersChanged, (speakers) => speakers.some(({ identity }) => identity === 'ada'));
  await speaks;
  const muted = eventOf(cleo, RoomEvent.TrackMuted);
  await service.mutePublishedTrack(roomName, 'ada', tone.publication.sid, true);
  await muted;
  const unpublished = eventOf(cleo, RoomEvent.TrackUnpublished);
  await ada.localParticipant.unpublishTrack(tone.publication.sid);
  await unpublished;
  await Promise.all([tone.stop(), end()]);
});

test('what it says to all is heard in both rooms, in order; what is said there it does not hear', options, async () => {
  const { ada, ben, cleo, end } = await shown();
  const heard = { ada: [], ben: [], cleo: [] };
  for (const [name, room] of Object.entries({ ada, ben, cleo }))
    room.on(RoomEvent.DataReceived, (data, from) => heard[name].push(`${from?.identity}: ${new TextDecoder().decode(data)}`));
  await say(cleo, 'unheard');
  await say(ada, 'for ben', { destination_identities: ['ben'] });
  const words = Array.from({ length: 20 }, (_, i) => `word ${i}`);
  for (const word of words) await say(ada, word);
  const expected = words.map((word) => `ada: ${word}`);
  await until(() => heard.cleo.length >= 20 && heard.ben.length >= 21, 'every word');
  assert.deepEqual([heard.ada, heard.ben, heard.cleo], [[], ['ada: for ben', ...expected], expected]);
  await end();
});

test('it ends when it leaves its room, and when it is moved', options, async () => {
  const { roomName, elsewhere, ada, ben, cleo, end } = await shown();
  await service.forwardParticipant(roomName, 'ben', elsewhere);
  await until(() => cleo.remoteParticipants.has('ben'), 'ben to be shown');
  const left = (identity) => eventOf(cleo, RoomEvent.ParticipantDisconnected, (who) => who.identity === identity);
  await Promise.all([left('ada'), ada.disconnect()]);
  const third = newRoomName();
  await Promise.all([left('ben'), service.moveParticipant(roomName, 'ben', third)]);
  assert.deepEqual(await identities(elsewhere), ['cleo']);
  assert.deepEqual(await identities(third), ['ben']);
  assert.equal(ben.connectionState, ConnectionState.CONN_CONNECTED);
  await end();
});

test('moved to where it is shown, it is there itself', options, async () => {
  const { roomName, elsewhere, ada, cleo, end } = await shown();
  const cleoHears = hears(cleo, 'ada');
  await service.moveParticipant(roomName, 'ada', elsewhere);
  await until(() => ada.remoteParticipants.has('cleo'), 'ada to see cleo');
  const tone = await publishTone(ada);
  await cleoHears;
  assert.deepEqual((await service.getParticipant(elsewhere, 'ada')).kindDetails ?? [], []);
  await Promise.all([tone.stop(), end()]);
});

test('it ends there alone when it is removed, and may begin again', options, async () => {
  const { roomName, elsewhere, ada, ben, cleo, end } = await shown();
  const tone = await publishTone(ada);
  const left = eventOf(cleo, RoomEvent.ParticipantDisconnected);
  await service.removeParticipant(elsewhere, 'ada');
  await left;
  assert.deepEqual(await identities(elsewhere), ['cleo']);
  await never(() => ada.connectionState !== ConnectionState.CONN_CONNECTED || !ben.remoteParticipants.has('ada'), 'ada to leave her room', 300);
  const cleoHears = hears(cleo, 'ada');
  await service.forwardParticipant(roomName, 'ada', elsewhere);
  await cleoHears;
  await Promise.all([tone.stop(), end()]);
});

test('it ends with the room there, and when somebody of that identity comes', options, async () => {
  const { roomName, elsewhere, ada, cleo, end } = await shown();
  const joined = join(server, elsewhere, 'ada');
  await eventOf(cleo, RoomEvent.ParticipantConnected, (who) => who.identity === 'ada' && who.sid !== ada.localParticipant.sid);
  const real = await joined;
  assert.deepEqual((await service.getParticipant(elsewhere, 'ada')).sid, real.localParticipant.sid);
  const third = newRoomName();
  const dan = await join(server, third, 'dan');
  await service.forwardParticipant(roomName, 'ada', third);
  await Promise.all([eventOf(dan, RoomEvent.Disconnected), service.deleteRoom(third)]);
  assert.deepEqual(await identities(third), []);
  assert.equal(ada.connectionState, ConnectionState.CONN_CONNECTED);
  await Promise.all([end(), real.disconnect()]);
});

test('who is shown is changed in its own room alone', options, async () => {
  const { elsewhere, ada, cleo, end } = await shown();
  const tone = await publishTone(ada);
  await until(() => cleo.remoteParticipants.get('ada').trackPublications.size === 1, 'the track');
  const refused = async (method, body, more) => {
    const { status, json } = await ask(method, elsewhere, body, more);
    assert.deepEqual([status, json.code], [412, 'failed_precondition'], method);
    assert.match(json.msg, /forwarded from another room/);
  };
  const to = newRoomName();
  await refused('MutePublishedTrack', { identity: 'ada', track_sid: tone.publication.sid, muted: true });
  await refused('UpdateParticipant', { identity: 'ada', metadata: 'm' });
  await refused('UpdateSubscriptions', { identity: 'ada', track_sids: [], subscribe: true });
  await refused('PerformRpc', { destination_identity: 'ada', method: 'echo' });
  await refused('MoveParticipant', { identity: 'ada', destination_room: to }, { destinationRoom: to });
  await refused('ForwardParticipant', { identity: 'ada', destination_room: to }, { destinationRoom: to });
  await Promise.all([tone.stop(), end()]);
});

test('what cannot be is refused, and changes nothing', options, async () => {
  const { roomName, rooms: [ada], leave } = await party(server, ['ada']);
  const [full, taken] = [newRoomName(), newRoomName()];
  await service.createRoom({ name: full, maxParticipants: 1 });
  const [first, other] = await Promise.all([join(server, full, 'first'), join(server, taken, 'ada')]);
  const hidden = await join(server, roomName, 'hidden', { hidden: true });
  const refused = async (from, identity, to, code) => assert.equal((await forward(from, identity, to)).json.code, code);
  await refused(roomName, 'ada', roomName, 'invalid_argument');
  await refused(roomName, 'ada', '', 'invalid_argument');
  await refused(roomName, 'nobody', newRoomName(), 'not_found');
  await refused(newRoomName(), 'ada', newRoomName(), 'not_found');
  await refused(roomName, 'ada', full, 'resource_exhausted');
  await refused(roomName, 'ada', taken, 'already_exists');
  await refused(roomName, 'hidden', newRoomName(), 'failed_precondition');
  const body = { room: roomName, identity: 'ada', destination_room: newRoomName() };
  for (const grant of [admin(roomName), admin(roomName, { destinationRoom: full }), admin(full, { destinationRoom: body.destination_room })])
    assert.equal((await call(server, 'ForwardParticipant', body, grant)).status, 401);
  assert.equal(other.connectionState, ConnectionState.CONN_CONNECTED);
  assert.deepEqual(await identities(full), ['first']);
  await Promise.all([leave(), first.disconnect(), other.disconnect(), hidden.disconnect()]);
});

test('one that is shown counts toward the most a room holds, and makes way for itself', options, async () => {
  const { roomName, leave } = await party(server, ['ada']);
  const full = newRoomName();
  await service.createRoom({ name: full, maxParticipants: 1 });
  await service.forwardParticipant(roomName, 'ada', full);
  await assert.rejects(join(server, full, 'ben'));
  const ada = await join(server, full, 'ada');
  await Promise.all([leave(), ada.disconnect()]);
});

// A show of costage's own, and its host on the air.
async function live(name) {
  const host = await User.create(server, name);
  const { roomId } = await host.createRoom(`${name}'s show`);
  const { coHostUrl, coHostToken } = await host.broadcaster(roomId);
  const room = new Room();
  await room.connect(coHostUrl, coHostToken);
  const tone = await publishTone(room);
  const show = async () => (await host.get(`/v1/rooms/${roomId}`));
  await until(async () => (await show()).status === 'live', 'the show to be live');
  const seats = async () => (await host.get(`/v1/rooms/${roomId}/stage`)).seats;
  return { host, roomId, room, tone, seats, show };
}

test('two shows with seats: both hosts are seen in both, and no seat is taken or given back', options, async () => {
  const [hanna, otto] = await Promise.all([live('Hanna'), live('Otto')]);
  const seatsBefore = [await hanna.seats(), await otto.seats()];
  const ottoHears = hears(otto.room, hanna.room.localParticipant.identity);
  await service.forwardParticipant(hanna.roomId, hanna.room.localParticipant.identity, otto.roomId);
  await ottoHears;
  const shown = () => otto.room.remoteParticipants.has(hanna.room.localParticipant.identity);
  await never(() => !shown(), 'to be put out for want of a lease', 1500);
  assert.deepEqual([await hanna.seats(), await otto.seats()], seatsBefore);
  await hanna.host.post(`/v1/rooms/${hanna.roomId}/stop`);
  await until(() => !shown(), 'the end of her show');
  assert.deepEqual([await otto.seats(), (await otto.show()).status], [seatsBefore[1], 'live']);
  await Promise.all([hanna, otto].map(({ tone }) => tone.stop()));
  await Promise.all([hanna, otto].map(({ room }) => room.disconnect()));
});

test('the world hears of it there, and it keeps no room open', options, async () => {
  const hooks = await receiveWebhooks();
  const own = await startServer('costage', { webhooks: [hooks.url] });
  try {
    const [home, there] = [newRoomName(), newRoomName()];
    const ada = await join(own, home, 'ada');
    const tone = await publishTone(ada);
    const rooms = roomService(own);
    await rooms.createRoom({ name: there, emptyTimeout: 2 });
    await rooms.forwardParticipant(home, 'ada', there);
    await hooks.event(there, 'room_finished');
    const told = hooks.of(there).map(({ json }) => json.event);
    assert.deepEqual(told, ['room_started', 'participant_joined', 'track_published', 'track_unpublished', 'participant_left', 'room_finished']);
    const { participant } = (await hooks.event(there, 'participant_joined'));
    assert.deepEqual([participant.sid, participant.kindDetails], [ada.localParticipant.sid, ['FORWARDED']]);
    assert.equal(ada.connectionState, ConnectionState.CONN_CONNECTED);
    await Promise.all([tone.stop(), ada.disconnect()]);
  } finally {
    await own.stop();
    await hooks.close();
  }
});
