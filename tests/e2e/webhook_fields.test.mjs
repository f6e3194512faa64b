// What each of LiveKit's webhook events carries, field by field. Runs on a real LiveKit server too, where every event is
// exactly this but for what `withoutDifferences` takes away:
// - room.turnPassword: the secret of LiveKit's own TURN server. costage has none.
// - room.enabledCodecs: costage forwards Opus and VP8, LiveKit more.
// - room.numParticipants, numPublishers: LiveKit counts every so often, and tells what it counted last. costage counts now.
// - the room and the participant of a track's events: LiveKit names them, costage describes them in full.
// - layers' repairSsrc: told as soon as it is known, which may take a first retransmission.
// - simulcast of a track just published: LiveKit waits for the second layer unless the client lists codecs.
// Not seen here: audio whose publisher offers RED is audio/red there, audio/opus here, where RED is not taken; livekit-client
// tells its capabilities only over the newer path /rtc/v1, which costage leaves to its fallback.
// And, in no field: a track that is published muted is told at once by costage, by LiveKit with its first packet; somebody
// whose socket is lost before they were active is given up by LiveKit after a second, by costage when they may no longer resume.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { LocalVideoTrack, Room, TrackPublishOptions, TrackSource, VideoBufferType, VideoFrame, VideoSource, dispose }
  from '@livekit/rtc-node';
import { WebhookReceiver } from 'livekit-server-sdk';
import WebSocket from 'ws';
import { join, roomService } from '../interop/livekit.mjs';
import { publishTone } from '../interop/sound.mjs';
import { apiKey, apiSecret, startServer, testedServer } from '../support/server.mjs';
import { joinToken, newRoomName, signClaims } from '../support/tokens.mjs';
import { eventOf, until } from '../support/wait.mjs';
import { receiveWebhooks } from '../support/webhooks.mjs';

const [show, lost, deleted] = [newRoomName(), newRoomName(), newRoomName()];
let hooks, server, service;

// Opens a socket only: its media never connects.
async function openSocket(room, identity, query = '') {
  const token = await joinToken(room, identity);
  const socket = new WebSocket(`${server.ws}/rtc?access_token=${token}&protocol=16${query}`);
  await eventOf(socket, 'message');
  return socket;
}
const leaveRequest = Buffer.from([0x42, 0x00]);  // SignalRequest.leave, empty

async function publishPicture(room, [width, height] = [640, 360]) {
  const source = new VideoSource(width, height);
  const track = LocalVideoTrack.createVideoTrack('picture', source);
  const grey = new Uint8Array(width * height * 4).fill(120);
  const frames = setInterval(() => source.captureFrame(new VideoFrame(grey, width, height, VideoBufferType.RGBA)), 50);
  const options = new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast: true });
  await room.localParticipant.publishTrack(track, options);
  return async () => { clearInterval(frames); await track.close(); };
}

async function publishAndUnpublish(ada) {
  const tone = await publishTone(ada, { dtx: false, red: false });
  await hooks.event(show, 'track_published', ({ track }) => track.name === 'tone');
  await service.mutePublishedTrack(show, 'ada', tone.publication.sid, true);
  await ada.localParticipant.unpublishTrack(tone.publication.sid);
  await hooks.event(show, 'track_unpublished', ({ track }) => track.name === 'tone');
  await tone.stop();
  const stopPicture = await publishPicture(ada);
  await hooks.event(show, 'track_published', ({ track }) => track.name === 'picture');
  const layers = async () => (await service.getParticipant(show, 'ada')).tracks[0]?.layers ?? [];
  const bothArrived = async () => (await layers()).filter((layer) => layer.ssrc).length === 2;
  await until(bothArrived, 'both layers').catch(() => {});  // the test of the track's fields says what is missing
  await service.updateParticipant(show, 'ada', { metadata: 'later', attributes: { mood: 'glad' } });
  for (const { sid } of [...ada.localParticipant.trackPublications.values()]) await ada.localParticipant.unpublishTrack(sid);
  await hooks.event(show, 'track_unpublished', ({ track }) => track.name === 'picture');
  await stopPicture();
}

async function joinAndBeRemoved() {
  await join(server, show, 'ben');
  await hooks.event(show, 'participant_joined', ({ participant }) => participant.identity === 'ben');
  await service.removeParticipant(show, 'ben');
  await hooks.event(show, 'participant_left', ({ participant }) => participant.identity === 'ben');
}

// The second takes the first one's place.
async function twoOfOneName() {
  const video = { roomJoin: true, room: show, canPublishSources: ['camera', 'microphone'] };
  const exp = Math.floor(Date.now() / 1000) + 600;
  const agent = signClaims({ iss: apiKey, sub: 'agent', exp, kind: 'agent', kindDetails: ['cloud_agent'], video });
  await new Room().connect(server.ws, agent, {});
  const second = await join(server, show, 'agent');
  await hooks.event(show, 'participant_joined', ({ participant }) => participant.name === 'Name of agent');
  await second.disconnect();
}

async function neverActive() {
  const never = await openSocket(show, 'never', '&sdk=js&client_protocol=1&capabilities=CAP_COMPRESSION_DEFLATE_RAW');
  never.send(leaveRequest);
  await hooks.event(show, 'participant_connection_aborted');
}

before(async () => {
  hooks = await receiveWebhooks();
  server = await startServer(testedServer, { webhooks: [hooks.url] });
  service = roomService(server);
  (await openSocket(lost, 'lost')).terminate();
  await service.createRoom({ name: show, emptyTimeout: 30, departureTimeout: 1, maxParticipants: 9, metadata: 'plan' });
  const ada = await join(server, show, 'ada', { canUpdateOwnMetadata: true }, { metadata: 'now', attributes: { seat: '1' } });
  await publishAndUnpublish(ada);
  await service.updateRoomMetadata(show, 'new plan');
  await joinAndBeRemoved();
  await twoOfOneName();
  await neverActive();
  await ada.disconnect();
  await join(server, deleted, 'zoe');
  await hooks.event(deleted, 'participant_joined');
  await service.deleteRoom(deleted);
  await Promise.all([hooks.event(show, 'room_finished'), hooks.event(deleted, 'room_finished')]);
}, { timeout: 90_000 });
after(async () => {
  await dispose();
  await server?.stop();
  await hooks?.close();
});

function withoutDifferences({ ...event }) {
  const { turnPassword, enabledCodecs, numParticipants, numPublishers, ...room } = event.room;
  const { sid, identity } = event.participant ?? {};
  event.room = event.track ? { sid: room.sid, name: room.name } : room;
  if (event.track) event.participant = { sid, identity };
  const layers = (of) => of.layers && { layers: of.layers.map(({ repairSsrc, ...layer }) => layer) };
  if (event.track) event.track = { ...event.track, ...layers(event.track) };
  for (const [i, codec] of (event.track?.codecs ?? []).entries()) event.track.codecs[i] = { ...codec, ...layers(codec) };
  if (event.event === 'track_published') delete event.track.simulcast;
  return event;
}

// Like deepEqual, where functions and expressions of the shape accept values. All that is wrong is listed at once.
function mismatches(value, shape, path) {
  if (typeof shape === 'function') return shape(value) ? [] : [`${path}: ${JSON.stringify(value)}`];
  if (shape instanceof RegExp) return mismatches(value, (text) => typeof text === 'string' && shape.test(text), path);
  if (typeof shape !== 'object') return value === shape ? [] : [`${path}: ${JSON.stringify(value)} is not ${shape}`];
  if (typeof value !== 'object') return [`${path} is missing`];
  const unexpected = Object.keys(value).filter((key) => !(key in shape)).map((key) => `${path}.${key} is not expected`);
  return Object.keys(shape).flatMap((key) => mismatches(value[key], shape[key], `${path}.${key}`)).concat(unexpected);
}

function assertShape(event, shape) {
  const common = { event: event.event, id: /^EV_\w{12}$/, createdAt: isNow };
  assert.deepEqual(mismatches(withoutDifferences(event), { ...common, ...shape }, event.event), []);
}

const isNow = (seconds) => typeof seconds === 'string' && Math.abs(Number(seconds) - Date.now() / 1000) < 120;
const isNowMs = (ms) => typeof ms === 'string' && isNow(String(ms / 1000));
const isNowMicro = (micro) => typeof micro === 'string' && isNow(String(micro / 1e6));
const isCount = (value) => Number.isInteger(value) && value > 0;
const ssrc = isCount;

const roomShape = (name, more) => ({ sid: /^RM_\w{12}$/, name, creationTime: isNow, creationTimeMs: isNowMs, ...more });
const rights = { canSubscribe: true, canPublish: true, canPublishData: true };
const person = (identity, more) => ({ sid: /^PA_\w{12}$/, identity, name: `Name of ${identity}`, state: 'ACTIVE', joinedAt: isNow,
  joinedAtMs: isNowMs, version: isCount, permission: rights, ...more });
const gone = (identity, disconnectReason, more) => person(identity, { state: 'DISCONNECTED', disconnectReason, ...more });
const planned = (metadata) => roomShape(show, { emptyTimeout: 30, departureTimeout: 1, maxParticipants: 9, metadata });
const unplanned = (name) => roomShape(name, { emptyTimeout: 300, departureTimeout: 20 });
const about = (identity) => ({ room: { sid: /^RM_/, name: show }, participant: { sid: /^PA_/, identity } });
const named = (name) => ({ track }) => track.name === name;
const of = (who) => ({ participant }) => participant.identity === who;

test('every event is a signed POST whose token vouches for the body', async () => {
  for (const { method, url, headers, body, json } of hooks.received) {
    assert.deepEqual([method, url, headers['content-type']], ['POST', '/hook', 'application/webhook+json']);
    assert.equal(headers.host, new URL(hooks.url).host);
    const claims = JSON.parse(Buffer.from(headers.authorization.split('.')[1], 'base64url'));
    const sha256 = createHash('sha256').update(body).digest('base64');
    assert.deepEqual(claims, { iss: apiKey, iat: claims.nbf, nbf: claims.nbf, exp: claims.nbf + 300, sha256 });
    const event = await new WebhookReceiver(apiKey, apiSecret).receive(body, headers.authorization);
    assert.equal(event.id, json.id);
  }
});

test('the events of a show, in order', () => {
  assert.deepEqual(hooks.of(show).map(({ json }) => json.event), ['room_started', 'participant_joined', 'track_published',
    'track_unpublished', 'track_published', 'track_unpublished', 'participant_joined', 'participant_left', 'participant_joined',
    'participant_left', 'participant_joined', 'participant_left', 'participant_connection_aborted', 'participant_left', 'room_finished']);
});

test('room_started', async () => {
  const created = await hooks.event(show, 'room_started');
  assertShape(created, { room: planned('plan') });
  const mimes = created.room.enabledCodecs?.map((codec) => codec.mime) ?? [];
  for (const mime of ['audio/opus', 'video/VP8', 'video/rtx']) assert.ok(mimes.includes(mime), `${mime} in ${mimes}`);
  assertShape(await hooks.event(deleted, 'room_started'), { room: unplanned(deleted) });
});

test('participant_joined', async () => {
  const permission = { ...rights, canUpdateMetadata: true };
  assertShape(await hooks.event(show, 'participant_joined', of('ada')),
    { room: planned('plan'), participant: person('ada', { permission, metadata: 'now', attributes: { seat: '1' } }) });
  assertShape(await hooks.event(show, 'participant_joined', of('ben')), { room: planned('new plan'), participant: person('ben') });
});

test('participant_joined of an agent', async () => {
  const { name, ...shape } = person('agent', { kind: 'AGENT', kindDetails: ['CLOUD_AGENT'],
    permission: { ...rights, canPublishSources: ['CAMERA', 'MICROPHONE'] } });
  assertShape(await hooks.event(show, 'participant_joined', of('agent')), { room: planned('new plan'), participant: shape });
});

const audio = (more) => ({ sid: /^TR_AM\w+$/, name: 'tone', source: 'MICROPHONE', mimeType: 'audio/opus', mid: /^\d+$/,
  codecs: [{ mimeType: 'audio/opus', mid: /^\d+$/, cid: /^[\w-]+$/, videoLayerMode: 'ONE_SPATIAL_LAYER_PER_STREAM' }],
  disableDtx: true, disableRed: true, stream: 'camera', version: { unixMicro: isNowMicro }, audioFeatures: ['TF_NO_DTX'],
  backupCodecPolicy: 'SIMULCAST', ...more });

test('track_published and track_unpublished of audio', async () => {
  assertShape(await hooks.event(show, 'track_published', named('tone')), { ...about('ada'), track: audio() });
  assertShape(await hooks.event(show, 'track_unpublished', named('tone')), { ...about('ada'), track: audio({ muted: true }) });
});

const layerShapes = ([first, second]) => [{ width: 640, height: 360, bitrate: 450_000, rid: 'q', ...first },
  { quality: 'MEDIUM', width: 640, height: 360, bitrate: 800_000, spatialLayer: 1, rid: 'h', ...second }];
const video = (ssrcs, more) => ({ sid: /^TR_VC\w+$/, type: 'VIDEO', name: 'picture', width: 640, height: 360, source: 'CAMERA',
  layers: layerShapes(ssrcs), mimeType: 'video/VP8', mid: /^\d+$/, stream: 'camera', version: { unixMicro: isNowMicro },
  codecs: [{ mimeType: 'video/VP8', mid: /^\d+$/, cid: /^[\w-]+$/, layers: layerShapes(ssrcs), videoLayerMode: 'ONE_SPATIAL_LAYER_PER_STREAM' }],
  ...more });

test('track_published and track_unpublished of simulcast video', async () => {
  const published = await hooks.event(show, 'track_published', named('picture'));
  const known = published.track.layers.map((layer) => (layer.ssrc ? { ssrc } : {}));  // of the layers that flow by then
  assert.ok(known.some((layer) => layer.ssrc), 'the SSRC of the layer whose packet came first');
  assertShape(published, { ...about('ada'), track: video(known) });
  assertShape(await hooks.event(show, 'track_unpublished', named('picture')),
    { ...about('ada'), track: video([{ ssrc }, { ssrc }], { simulcast: true }) });
});

test('participant_left says why', async () => {
  const left = (who, accept = () => true) => hooks.event(show, 'participant_left', (event) => of(who)(event) && accept(event));
  const room = planned('new plan');
  assertShape(await left('ben'), { room, participant: gone('ben', 'PARTICIPANT_REMOVED') });
  assertShape(await left('agent', ({ participant }) => participant.name), { room, participant: gone('agent', 'CLIENT_INITIATED') });
  const { participant: replaced } = await left('agent', ({ participant }) => !participant.name);
  assert.deepEqual([replaced.state, replaced.disconnectReason, replaced.kind], ['DISCONNECTED', 'DUPLICATE_IDENTITY', 'AGENT']);
  assertShape(await hooks.event(deleted, 'participant_left'), { room: unplanned(deleted), participant: gone('zoe', 'ROOM_DELETED') });
});

test('participant_left of somebody who has published, with what was changed meanwhile', async () => {
  assertShape(await hooks.event(show, 'participant_left', of('ada')), { room: planned('new plan'),
    participant: gone('ada', 'CLIENT_INITIATED', { isPublisher: true, metadata: 'later', attributes: { seat: '1', mood: 'glad' },
      permission: { ...rights, canUpdateMetadata: true } }) });
});

test('participant_connection_aborted says why', async () => {
  assertShape(await hooks.event(show, 'participant_connection_aborted'), { room: planned('new plan'),
    participant: gone('never', 'CLIENT_INITIATED', { clientProtocol: 1, capabilities: ['CAP_COMPRESSION_DEFLATE_RAW'] }) });
  assertShape(await hooks.event(lost, 'participant_connection_aborted'),
    { room: unplanned(lost), participant: gone('lost', 'SIGNAL_CLOSE') });
});

test('room_finished', async () => {
  assertShape(await hooks.event(show, 'room_finished'), { room: planned('new plan') });
  assertShape(await hooks.event(deleted, 'room_finished'), { room: unplanned(deleted) });
});
