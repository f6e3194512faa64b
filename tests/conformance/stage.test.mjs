// What a show needs of its media, whichever engine carries it: rights, departures, devices, the end.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose, TrackKind } from '../interop/rtc_node.mjs';
import { startServer } from '../support/server.mjs';
import { claimsOf, joinToken } from '../support/tokens.mjs';
import { never, until } from '../support/wait.mjs';
import { Person, serviceOf, showsOn } from './show.mjs';

const kOnce = 1_000;  // how long somebody without a seat may be heard, ms

let server;
before(async () => { server = await startServer('costage'); });
after(async () => {
  await server?.stop();
  await dispose();
});

const show = showsOn(() => server);
const service = () => serviceOf(server);

show('clients are sent to the engine, and to no other', async (it) => {
  const { url } = await it.host.user.viewer(it.roomId);
  assert.equal(url, (server.livekit ?? server).ws);
  const { status } = await fetch(`${server.http}/rtc/validate`);
  assert.equal(status, server.livekit ? 404 : 401);
});

show('the first track of the host makes the show live, silence does not', async (it) => {
  await it.host.prepare(it.roomId);
  await it.seatIs(it.host, { state: 'preparing' });
  assert.equal((await it.status()).status, 'idle');
  await it.host.speak();
  await it.statusIs('live');
  await it.seatIs(it.host, { state: 'onAir', microphone: 'on', camera: 'off' });
  await it.host.film();
  await it.seatIs(it.host, { camera: 'on' });
});

show('a viewer sees and hears who is on stage, and can send nothing', async (it) => {
  await it.goLive();
  await it.host.film();
  const vera = await it.join('Vera');
  await vera.watch(it.roomId);
  const heard = await vera.listen(it.host);
  await until(() => heard.frames > 10, 'sound of the host');
  await until(() => vera.publications(it.host, TrackKind.KIND_VIDEO)[0]?.track, 'the picture of the host');
  assert.equal(claimsOf((await vera.user.viewer(it.roomId)).token).video.canPublish, false);
  const { permission } = await service().getParticipant(it.roomId, vera.room.localParticipant.identity);
  assert.equal(permission.canPublish, false);
});

show('a co-host is on air with the first track, and is heard by host and viewers', async (it) => {
  await it.goLive();
  const vera = await it.join('Vera');
  await vera.watch(it.roomId);
  const cosmo = await it.coHost('Cosmo');
  for (const listener of [it.host, vera]) {
    const heard = await listener.listen(cosmo);
    await until(() => heard.frames > 10, `${listener.id} to hear the co-host`);
  }
});

// S-057: an application that connected somebody by their user id before.
show('who is connected by their user id is promoted in place', async (it) => {
  await it.goLive();
  const cosmo = await it.join('Cosmo');
  const { url } = await cosmo.user.viewer(it.roomId);
  await cosmo.connect(url, await joinToken(it.roomId, cosmo.id, { canPublish: false }));
  await it.invite(cosmo);
  await cosmo.user.broadcaster(it.roomId);
  const participant = await until(async () => {
    const info = await service().getParticipant(it.roomId, cosmo.id).catch(() => undefined);
    return info?.permission.canPublish && info;
  }, 'the right to publish');
  const { role, leaseId } = JSON.parse(participant.metadata);
  assert.equal(role, 'coHost');
  assert.equal(leaseId, (await it.seat(cosmo)).leaseId);
  await cosmo.speak();
  await it.seatIs(cosmo, { state: 'onAir', microphone: 'on' });
  assert.equal(cosmo.reason, undefined, 'over the same connection');
});

// S-066, D13
show('who is removed is not heard any more, and cannot come back with the old token', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  const heard = await it.host.listen(cosmo);
  await until(() => heard.frames > 10, 'the host to hear the co-host');
  const removed = performance.now();
  await it.remove(cosmo);
  await until(() => !cosmo.isConnected, 'the co-host to be put out');
  await it.hasNoSeat(cosmo);
  assert.ok(heard.lastAt - removed < kOnce, `heard for ${Math.round(heard.lastAt - removed)} ms more`);

  const again = new Person(cosmo.user);
  it.people.push(again);
  const { url, token } = cosmo.credentials;
  const back = performance.now();
  // The server's list says how long they stayed: the SDK of somebody who is put out while it publishes waits 10 s for an answer.
  await again.connect(url, token).then(() => { again.speak().catch(() => {}); }, () => {});
  const inside = async () => (await service().listParticipants(it.roomId)).some(({ identity }) => identity === cosmo.id);
  await until(async () => !(await inside()), 'who came back to be put out', 3_000);
  const stayed = performance.now() - back;
  await never(async () => (await it.seat(cosmo)) !== undefined, 'a seat by an old token');
  await until(() => !again.isConnected, 'who came back to know it', 15_000);
  assert.equal(await inside(), false);
  assert.ok(stayed < 3 * kOnce, `stayed for ${Math.round(stayed)} ms`);
});

show('what the host switches off is known of the seat', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  await it.host.user.post(`/v1/rooms/${it.roomId}/stage/${cosmo.id}/switch-off`, { microphone: true });
  await it.seatIs(cosmo, { microphone: 'muted' });
});

show('what is no longer sent is off', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  await cosmo.film();
  await it.seatIs(cosmo, { camera: 'on' });
  await cosmo.room.localParticipant.unpublishTrack(cosmo.camera.publication.sid);
  await it.seatIs(cosmo, { camera: 'off', microphone: 'on' });
});

// S-068..S-070
show('who is gone keeps the seat for a while, and comes back to it', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  const { leaseId } = await it.seat(cosmo);
  await cosmo.hangUp();
  await it.seatIs(cosmo, { state: 'reconnecting' });
  await cosmo.goOnAir(it.roomId);
  await it.seatIs(cosmo, { state: 'onAir', leaseId });
});

show('who does not come back loses the seat', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  await cosmo.hangUp();
  await it.seatIs(cosmo, { state: 'reconnecting' });
  await it.hasNoSeat(cosmo);
}, { reconnectGraceSeconds: 10 });

show('a show whose host is gone waits, and goes on', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  await it.host.hangUp();
  await it.statusIs('waitingReconnect');
  await it.seatIs(cosmo, { state: 'onAir' });
  await it.host.goOnAir(it.roomId);
  await it.statusIs('live');
});

show('the end puts everybody out', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  const vera = await it.join('Vera');
  await vera.watch(it.roomId);
  await it.host.user.post(`/v1/rooms/${it.roomId}/stop`);
  await until(() => [it.host, cosmo, vera].every((one) => !one.isConnected), 'everybody to be out');
  const names = async () => (await service().listRooms()).map(({ name }) => name);
  await until(async () => !(await names()).includes(it.roomId), 'the room to be gone from the media server');
});

show('a banned viewer is put out of every window', async (it) => {
  await it.goLive();
  const vera = await it.join('Vera');
  const second = new Person(vera.user);
  it.people.push(second);
  await Promise.all([vera.watch(it.roomId), second.watch(it.roomId)]);
  await it.host.user.post(`/v1/rooms/${it.roomId}/people/${vera.id}/ban`, {});
  await until(() => !vera.isConnected && !second.isConnected, 'both connections to end');
  await assert.rejects(vera.user.viewer(it.roomId), { code: 'banned' });
});

show('metadata says role and lease; data of people on stage arrives', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  const vera = await it.join('Vera');
  await vera.watch(it.roomId);
  const seen = await until(() => vera.room.remoteParticipants.get(cosmo.id), 'the co-host');
  assert.equal(JSON.parse(seen.metadata).leaseId, (await it.seat(cosmo)).leaseId);
  assert.equal(seen.name, 'Cosmo');
  await cosmo.room.localParticipant.publishData(Buffer.from('hello'), { reliable: true, topic: 't' });
  await until(() => vera.received.some(({ text, from, topic }) => text === 'hello' && from === cosmo.id && topic === 't'), 'data');
});

show('who leaves the stage watches on', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  await cosmo.user.post(`/v1/rooms/${it.roomId}/stage/leave`);
  await until(() => !cosmo.isConnected, 'the stage connection to end');
  await cosmo.watch(it.roomId);
  const heard = await cosmo.listen(it.host);
  await until(() => heard.frames > 10, 'sound of the host');
});
