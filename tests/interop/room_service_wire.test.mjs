// RoomService over the wire, call by call: status, code, words and the names of JSON's fields. Runs on a real LiveKit
// server too; where `livekit` is given it answers otherwise, for one of these reasons:
// - it asks a bus for the participant or room, and has "no response from servers" where there is none;
// - it has no limit where costage has one, or another (names are 256 characters there, 512 bytes here);
// - it takes what costage refuses: a room without a name, the muting of a track that is not there, egress without egress.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Room as Client, dispose } from './rtc_node.mjs';
import { CreateRoomRequest, ListParticipantsResponse, ListRoomsResponse, Room, RoomConfiguration, RoomParticipantIdentity, SendDataRequest }
  from '@livekit/protocol';
import { AccessToken } from 'livekit-server-sdk';
import { apiKey, apiSecret, sharedServer } from '../support/server.mjs';
import { newRoomName } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';
import { join, party, roomService } from './livekit.mjs';
import { publishTone } from './sound.mjs';
import { admin, call } from './twirp.mjs';

const create = { roomCreate: true }, list = { roomList: true };
const missing = newRoomName(), extra = newRoomName();
let server, service, room, people, tone, sids;

before(async () => {
  server = await sharedServer();
  service = roomService(server);
  people = await party(server, ['ada', 'ben']);
  room = people.roomName;
  tone = await publishTone(people.rooms[0], { red: false });
  sids = { track: tone.publication.sid, ada: people.rooms[0].localParticipant.sid };
  await until(async () => (await service.getParticipant(room, 'ada')).tracks.length === 1, 'the track');
});
after(async () => {
  await tone?.stop();
  await people?.leave();
  await dispose();
  await server?.stop();
});

// LiveKit's errors come through two layers, the outer of which puts words of its own before the others'.
const words = (json) => json?.msg?.replace('twirp error unknown: ', '');
const noParticipant = [404, 'not_found', 'participant does not exist'];
const noRoom = [404, 'not_found', 'requested room does not exist'];
const noAnswer = [503, 'unavailable', 'no response from servers'];
const refused = (...answer) => ({ answer });
const taken = { answer: [200] };

// [what, method, body, grant, {answer: [status, code, words], livekit: the same where it differs}]
const calls = () => [
  ['a long name', 'CreateRoom', { name: 'x'.repeat(257) }, create, refused(400, 'invalid_argument')],
  ['the longest name', 'CreateRoom', { name: extra.padEnd(256, 'x') }, create, taken],
  ['no name', 'CreateRoom', {}, create, { ...refused(400, 'invalid_argument'), livekit: [200] }],
  ['long metadata', 'CreateRoom', { name: extra, metadata: 'x'.repeat(64_001) }, create, { ...refused(400, 'invalid_argument'), livekit: [200] }],
  ['a preset', 'CreateRoom', { name: newRoomName(), roomPreset: 'big' }, create,
    refused(400, 'invalid_argument', 'unknown room configuration in create room request')],
  ['egress', 'CreateRoom', { name: extra, egress: { tracks: { filepath: 'x' } } }, create, { ...refused(400, 'invalid_argument'), livekit: [200] }],
  ['what only a cluster has', 'CreateRoom', { name: extra, tags: { a: 'b' }, minPlayoutDelay: 1, maxPlayoutDelay: 2, syncStreams: true,
    agents: [{ agentName: 'x' }], replayEnabled: true }, create, taken],
  ['fields nobody knows', 'ListRooms', { names: [], somethingNew: { a: 1 } }, list, taken],
  ['a field of the wrong type', 'CreateRoom', { name: 5 }, create, refused(400, 'malformed')],
  ['half a body', 'CreateRoom', '{', create, refused(400, 'malformed')],
  ['another right', 'CreateRoom', { name: extra }, admin(room), refused(401, 'unauthenticated', 'permissions denied')],
  ['another room', 'GetParticipant', { room, identity: 'ada' }, admin(missing), refused(401, 'unauthenticated', 'permissions denied')],
  ['no such method', 'Nothing', {}, create, refused(404, 'bad_route')],
  ['nobody', 'GetParticipant', { room, identity: 'nobody' }, admin(room), refused(...noParticipant)],
  ['nobody nowhere', 'GetParticipant', { room: missing, identity: 'ada' }, admin(missing), { ...refused(...noRoom), livekit: noParticipant }],
  ['nobody', 'RemoveParticipant', { room, identity: 'nobody' }, admin(room), refused(...noParticipant)],
  ['nobody', 'UpdateParticipant', { room, identity: 'nobody' }, admin(room), refused(...noParticipant)],
  ['a long name', 'UpdateParticipant', { room, identity: 'ben', name: 'x'.repeat(513) }, admin(room), refused(400, 'invalid_argument')],
  ['long metadata', 'UpdateParticipant', { room, identity: 'ben', metadata: 'x'.repeat(64_001) }, admin(room),
    { ...refused(400, 'invalid_argument'), livekit: [200] }],
  ['long attributes', 'UpdateParticipant', { room, identity: 'ben', attributes: { a: 'x'.repeat(64_000) } }, admin(room),
    { ...refused(400, 'invalid_argument'), livekit: [200] }],
  ['unmuting', 'MutePublishedTrack', { room, identity: 'ada', trackSid: sids.track }, admin(room),
    refused(412, 'failed_precondition', 'remote unmute not enabled')],
  ['unmuting no track', 'MutePublishedTrack', { room, identity: 'ada', trackSid: 'TR_none' }, admin(room),
    refused(412, 'failed_precondition', 'remote unmute not enabled')],
  ['muting no track', 'MutePublishedTrack', { room, identity: 'ada', trackSid: 'TR_none', muted: true }, admin(room),
    { ...refused(404, 'not_found', 'track is not found'), livekit: [200] }],
  ['nobody', 'MutePublishedTrack', { room, identity: 'nobody', trackSid: sids.track, muted: true }, admin(room),
    { ...refused(...noParticipant), livekit: noAnswer }],
  ['tracks', 'UpdateSubscriptions', { room, identity: 'ben', trackSids: [sids.track], subscribe: false }, admin(room), taken],
  ['tracks of somebody', 'UpdateSubscriptions', { room, identity: 'ben', subscribe: true,
    participantTracks: [{ participantSid: sids.ada, trackSids: [sids.track] }] }, admin(room), taken],
  ['no such track', 'UpdateSubscriptions', { room, identity: 'ben', trackSids: ['TR_none'], subscribe: true }, admin(room), taken],
  ['nobody', 'UpdateSubscriptions', { room, identity: 'nobody', trackSids: [] }, admin(room), { ...refused(...noParticipant), livekit: noAnswer }],
  ['a kind by its number', 'SendData', { room, data: 'eA==', kind: 1 }, admin(room), taken],
  ['a nonce', 'SendData', { room, data: 'eA==', nonce: Buffer.alloc(16).toString('base64') }, admin(room), taken],
  ['a short nonce', 'SendData', { room, nonce: Buffer.alloc(15).toString('base64') }, admin(room),
    refused(400, 'invalid_argument', 'nonce should be 16-bytes or not present, got: 15 bytes')],
  ['to nobody', 'SendData', { room, data: 'eA==', destinationIdentities: ['nobody'] }, admin(room), taken],
  ['nowhere', 'SendData', { room: missing, data: 'eA==' }, admin(missing), { ...refused(...noRoom), livekit: noAnswer }],
  ['more than a message holds', 'SendData', { room, data: Buffer.alloc(65_536).toString('base64') }, admin(room),
    { ...refused(400, 'invalid_argument'), livekit: [200] }],
  ['what is not base64', 'SendData', { room, data: '***' }, admin(room), refused(400, 'malformed')],
  ['nowhere', 'UpdateRoomMetadata', { room: missing, metadata: 'x' }, admin(missing), refused(...noRoom)],
  ['long metadata', 'UpdateRoomMetadata', { room, metadata: 'x'.repeat(64_001) }, admin(room), { ...refused(400, 'invalid_argument'), livekit: [200] }],
  ['nowhere', 'DeleteRoom', { room: missing }, create, refused(...noRoom)],
  ['into the same room', 'MoveParticipant', { room, identity: 'ada', destinationRoom: room }, admin(room, { destinationRoom: room }),
    refused(400, 'invalid_argument')],
];

test('status, code and words of every call', async () => {
  const wrong = [];
  for (const [what, method, body, grant, { answer, livekit }] of calls()) {
    const [status, code, msg] = (server.kind === 'livekit' && livekit) || answer;
    const got = await call(server, method, body, grant);
    const right = got.status === status && got.json?.code === code && (msg === undefined || words(got.json) === msg);
    if (!right) wrong.push(`${method}, ${what}: ${got.status} ${JSON.stringify(got.json).slice(0, 200)}`);
  }
  assert.deepEqual(wrong, []);
});

const keysOf = async (method, body, grant, pick = (json) => json) => Object.keys(pick((await call(server, method, body, grant)).json)).sort();
const has = (keys, wanted) => assert.deepEqual(wanted.filter((key) => !keys.includes(key)), []);

test('JSON is printed with the names of the fields in full, the empty ones too', async () => {
  has(await keysOf('ListRooms', { names: [room] }, list, ({ rooms }) => rooms[0]), ['active_recording', 'creation_time', 'creation_time_ms',
    'departure_timeout', 'empty_timeout', 'enabled_codecs', 'max_participants', 'metadata', 'name', 'num_participants', 'num_publishers', 'sid',
    'turn_password']);
  has(await keysOf('GetParticipant', { room, identity: 'ben' }, admin(room)), ['attributes', 'capabilities', 'client_protocol', 'data_tracks',
    'disconnect_reason', 'identity', 'is_publisher', 'joined_at', 'joined_at_ms', 'kind', 'kind_details', 'metadata', 'name', 'permission',
    'region', 'sid', 'state', 'tracks', 'version']);
  has(await keysOf('MutePublishedTrack', { room, identity: 'ada', trackSid: sids.track, muted: true }, admin(room), ({ track }) => track),
    ['audio_features', 'backup_codec_policy', 'codecs', 'disable_dtx', 'disable_red', 'encryption', 'height', 'layers', 'mid', 'mime_type', 'muted',
      'name', 'packet_trailer_features', 'sid', 'simulcast', 'source', 'stereo', 'stream', 'type', 'version', 'width']);
  for (const [method, body] of [['SendData', { room, data: 'eA==' }], ['UpdateSubscriptions', { room, identity: 'ben', trackSids: [] }]])
    assert.deepEqual((await call(server, method, body, admin(room))).json, {});
});

test('protobuf is answered in protobuf, its refusals in JSON', async () => {
  const type = 'application/protobuf';
  const proto = (method, message, grant) => call(server, method, message.toBinary(), grant, { type });
  const name = newRoomName();
  const made = await proto('CreateRoom', new CreateRoomRequest({ name, emptyTimeout: 9, metadata: 'm' }), create);
  assert.deepEqual([made.status, made.type], [200, type]);
  const { emptyTimeout, metadata } = Room.fromBinary(made.bytes);
  assert.deepEqual([emptyTimeout, metadata], [9, 'm']);
  const listed = await call(server, 'ListRooms', Buffer.alloc(0), list, { type });
  assert.ok(ListRoomsResponse.fromBinary(listed.bytes).rooms.some((one) => one.name === name));
  const there = await proto('ListParticipants', new RoomParticipantIdentity({ room }), admin(room));
  assert.deepEqual(ListParticipantsResponse.fromBinary(there.bytes).participants.map(({ identity }) => identity).sort(), ['ada', 'ben']);
  assert.equal((await proto('SendData', new SendDataRequest({ room, data: new Uint8Array(3), nonce: new Uint8Array(16) }), admin(room))).status, 200);
  const nobody = await proto('GetParticipant', new RoomParticipantIdentity({ room, identity: 'nobody' }), admin(room));
  assert.deepEqual([nobody.status, nobody.json.code], [404, 'not_found']);
  assert.equal((await call(server, 'CreateRoom', Buffer.from([0xff]), create, { type })).json.code, 'malformed');
  assert.equal((await call(server, 'CreateRoom', 'name', create, { type: 'text/plain' })).json.code, 'bad_route');
});

test('a room that exists is given back as it is', async () => {
  const name = newRoomName();
  const first = await service.createRoom({ name, emptyTimeout: 60, departureTimeout: 30, maxParticipants: 3, metadata: 'plan' });
  const again = await service.createRoom({ name, emptyTimeout: 61, departureTimeout: 31, maxParticipants: 4, metadata: 'other' });
  const told = ({ sid, emptyTimeout, departureTimeout, maxParticipants, metadata }) => [sid, emptyTimeout, departureTimeout, maxParticipants, metadata];
  assert.deepEqual(told(again), [first.sid, 60, 30, 3, 'plan']);
});

test('one more than max_participants is not let in; whoever comes back is', async () => {
  const name = newRoomName();
  await service.createRoom({ name, maxParticipants: 1 });
  const first = await join(server, name, 'first');
  await assert.rejects(join(server, name, 'second'));
  const again = await join(server, name, 'first');
  await Promise.all([first.disconnect(), again.disconnect()]);
});

test('the settings in a token make the room', async () => {
  const name = newRoomName();
  const roomConfig = { emptyTimeout: 7, departureTimeout: 8, maxParticipants: 1, metadata: 'by token' };
  const token = new AccessToken(apiKey, apiSecret, { identity: 'ada', ttl: '1m' });
  token.addGrant({ roomJoin: true, room: name });
  token.roomConfig = new RoomConfiguration(roomConfig);
  const ada = new Client();
  await ada.connect(server.ws, await token.toJwt(), { autoSubscribe: true, dynacast: false });
  const [made] = await service.listRooms([name]);
  assert.deepEqual({ emptyTimeout: made.emptyTimeout, departureTimeout: made.departureTimeout, maxParticipants: made.maxParticipants,
    metadata: made.metadata }, roomConfig);
  await assert.rejects(join(server, name, 'ben'));
  await ada.disconnect();
});
