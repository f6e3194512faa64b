// Recording, restreaming and streaming software, with a LiveKit cluster and what stands in for its egress and ingress services.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { EgressClient, EncodedFileOutput } from 'livekit-server-sdk';
import { dispose } from '../interop/rtc_node.mjs';
import { faults } from '../support/fault_proxy.mjs';
import { livekitServicesOrWhyNot } from '../support/go.mjs';
import { redisOrWhyNot } from '../support/livekit_cluster.mjs';
import { startLivekitServices } from '../support/livekit_services.mjs';
import { apiKey, apiSecret, startServer, temporaryFolder } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { Show, showsOn } from './show.mjs';

const skip = redisOrWhyNot() ?? (await livekitServicesOrWhyNot()) ?? false;

const folder = temporaryFolder('services');
let server, services;
before(async () => {
  if (skip) return;
  writeFileSync(join(folder.path, 'costage.yaml'), JSON.stringify({ media: { recordingTemplate: 'https://page.example' } }));
  server = await startServer('costage', { engine: 'cluster', faults: true, args: ['--config', join(folder.path, 'costage.yaml')], env: { COSTAGE_MEDIA_EGRESS: 'true', COSTAGE_MEDIA_INGRESS: 'true' } });
  services = await startLivekitServices(server.livekit);
});
after(async () => {
  await server?.stop();
  await services?.stop();
  await dispose();
  folder.remove();
});

const show = showsOn(() => server, { skip, restore: () => { server.hooks.fault = faults.pass; } });

const of = (it) => `/v1/rooms/${it.roomId}`;
const start = (it, body = { kind: 'recording' }) => it.host.user.post(`${of(it)}/egresses`, body);
const stop = (it, { egressId }) => it.host.user.call('DELETE', `${of(it)}/egresses/${egressId}`);
const list = async (it) => (await it.host.user.get(`${of(it)}/egresses`)).items;
const egress = async (it, egressId) => (await list(it)).find((one) => one.egressId === egressId);
const isNow = (it, { egressId }, state, patience = 15_000) =>
  until(async () => { const one = await egress(it, egressId); return one?.state === state && one; }, `${egressId} to be ${state}`, patience);
const eventsOf = async (it, prefix) => (await it.host.user.get(`${of(it)}/events`)).items.filter(({ type }) => type.startsWith(prefix));
const open = (it, person, input = 'rtmp') => person.user.call('PUT', `${of(it)}/ingress`, { input });
const ingress = (it, person) => person.user.get(`${of(it)}/ingress`);
const refusedWith = (code) => (error) => error.code === code;

async function listener() {
  const server = createServer((socket) => socket.on('error', () => {}));
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { port: server.address().port, stop: () => new Promise((done) => server.close(done)) };
}

show('a show is recorded: everybody sees that, and the host gets the file', async (it) => {
  await it.goLive();
  const vera = await it.join('Vera');
  const socket = await vera.user.watch(it.roomId);
  const begun = await start(it);
  assert.equal(begun.kind, 'recording');
  assert.equal(begun.startedBy, it.host.id);
  await isNow(it, begun, 'active');
  await until(async () => (await services.state()).egresses[begun.egressId].packets > 20, 'sound to be recorded');
  const seen = () => socket.messages.filter(({ type }) => type === 'event').map(({ event }) => event).filter(({ type }) => type.startsWith('egress.'));
  await until(() => seen().some(({ data }) => data.egress.state === 'active'), 'who watches to be told');
  for (const { data } of seen()) for (const one of [data.egress, ...data.egresses]) assert.deepEqual(Object.keys(one).filter((key) => ['file', 'error', 'destinations'].includes(key)), []);
  const { messages } = await (await it.join('Late')).user.watch(it.roomId);
  const { state } = messages.find(({ type }) => type === 'snapshot');
  assert.deepEqual([state.egressAvailable, state.ingressAvailable, state.egresses.map(({ egressId }) => egressId)], [true, true, [begun.egressId]]);

  assert.ok(['ending', 'active', 'complete'].includes((await stop(it, begun)).state));
  const { file, endedAt } = await isNow(it, begun, 'complete');
  assert.ok(endedAt && file.bytes > 1000, JSON.stringify(file));
  assert.equal(services.recordings().find(({ name }) => file.location.endsWith(name)).bytes, file.bytes);
  assert.equal((await stop(it, begun)).state, 'complete', 'again: as it is');
  assert.deepEqual((await eventsOf(it, 'egress.')).at(-1).data.egresses, []);
  const types = (await eventsOf(it, 'egress.')).map(({ type }) => type);
  assert.equal(types[0], 'egress.started');
  assert.equal(types.filter((type) => type === 'egress.ended').length, 1);
});

show('the host and an admin may, co-hosts and viewers not; one at a time', async (it) => {
  const vera = await it.join('Vera');
  await assert.rejects(start(it), refusedWith('room_not_live'));
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  for (const person of [vera, cosmo]) {
    await assert.rejects(person.user.post(`${of(it)}/egresses`, { kind: 'recording' }), refusedWith('not_permitted'));
    await assert.rejects(person.user.get(`${of(it)}/egresses`), refusedWith('not_permitted'));
  }
  const both = await Promise.allSettled([start(it), start(it)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  assert.equal(both.find(({ status }) => status === 'rejected').reason.code, 'egress_running');
  await assert.rejects(start(it), refusedWith('egress_running'));
  const { value } = both.find(({ status }) => status === 'fulfilled');
  await assert.rejects(cosmo.user.call('DELETE', `${of(it)}/egresses/${value.egressId}`), refusedWith('not_permitted'));
  await assert.rejects(stop(it, { egressId: 'EG_none' }), refusedWith('egress_not_found'));
  await isNow(it, value, 'active');
});

show('the same request twice is one recording', async (it) => {
  await it.goLive();
  const once = () => it.host.user.call('POST', `${of(it)}/egresses`, { kind: 'recording' }, { 'idempotency-key': 'record-1' });
  const { egressId } = await once();
  assert.equal((await once()).egressId, egressId);
  assert.equal((await list(it)).length, 1);
  await assert.rejects(it.host.user.call('POST', `${of(it)}/egresses`, { kind: 'restream', urls: ['rtmp://a/b'] }, { 'idempotency-key': 'record-1' }), refusedWith('idempotency_conflict'));
});

show('a restream goes to platforms; keys are told to nobody, and one that takes nothing is named', async (it) => {
  await it.goLive();
  const platform = await listener();
  const dead = await listener();
  await dead.stop();
  const urls = [`rtmp://127.0.0.1:${platform.port}/live/secretkey-one`, `rtmp://127.0.0.1:${dead.port}/live/secretkey-two`];
  const begun = await start(it, { kind: 'restream', urls });
  const active = await isNow(it, begun, 'active');
  assert.deepEqual(active.destinations.map(({ url }) => Number(new URL(url).port)).sort(), [platform.port, dead.port].sort());
  const failed = async (port) => (await egress(it, begun.egressId)).destinations.find(({ url }) => url.includes(`:${port}/`)).failed;
  await until(() => failed(dead.port), 'the dead one to be named');
  assert.equal(await failed(platform.port), false);
  const told = JSON.stringify([await list(it), await eventsOf(it, 'egress.')]);
  assert.ok(!told.includes('secretkey-one') && !told.includes('secretkey-two'), told);
  await stop(it, begun);
  await isNow(it, begun, 'complete');
  await platform.stop();
  for (const bad of [[], ['http://example.org'], ['rtmp://a/b', 'srt://a:1']])
    await assert.rejects(start(it, { kind: 'restream', urls: bad }), refusedWith('invalid_request'));
});

show('one that cannot begin says why', async (it) => {
  await it.goLive();
  const dead = await listener();
  await dead.stop();
  const begun = await start(it, { kind: 'restream', urls: [`rtmp://127.0.0.1:${dead.port}/live/k`] });
  const { error } = await isNow(it, begun, 'failed');
  assert.match(error, /any destination/);
  await isNow(it, await start(it), 'active');
});

show('a page of one\'s own that is recorded hears how the stage is shown', async (it) => {
  await it.goLive();
  const begun = await start(it);
  await isNow(it, begun, 'active');
  await it.host.user.call('PUT', `${of(it)}/scene`, { layout: 'spotlight' });
  await until(async () => (await services.state()).egresses[begun.egressId].layouts.join() === 'grid,speaker', 'the layout to follow', 10_000);
});

show('a recording whose service died is given up when it is stopped', async (it) => {
  await it.goLive();
  const begun = await start(it);
  await isNow(it, begun, 'active');
  services.pause();
  try {
    assert.equal((await stop(it, begun)).state, 'failed');
    assert.match((await egress(it, begun.egressId)).error, /does not answer/);
  } finally {
    services.goOn();
  }
  await isNow(it, await start(it), 'active');
  const { file } = await isNow(it, begun, 'complete', 60_000);
  assert.ok(file, 'it only hung: it is stopped, and its file is there after all');
});

show('the end of the show ends the recording, and its file is known all the same', async (it) => {
  await it.goLive();
  const begun = await start(it);
  await isNow(it, begun, 'active');
  await until(async () => (await services.state()).egresses[begun.egressId].packets > 5, 'sound to be recorded');
  await it.host.user.post(`${of(it)}/stop`);
  const { file } = await isNow(it, begun, 'complete');
  assert.ok(file.bytes > 0);
});

show('what was started elsewhere is shown, too; whole rooms only', async (it) => {
  await it.goLive();
  const client = new EgressClient(server.livekit.http, apiKey, apiSecret);
  const { egressId } = await client.startRoomCompositeEgress(it.roomId, { file: new EncodedFileOutput({ filepath: 'x.mp4' }) });
  const found = await isNow(it, { egressId }, 'active');
  assert.equal(found.startedBy, undefined);
  await client.stopEgress(egressId);
  await isNow(it, { egressId }, 'complete');
});

show('changes are found where webhooks are lost', async (it) => {
  await it.goLive();
  server.hooks.fault = faults.lose;
  const begun = await start(it);
  await isNow(it, begun, 'active');
  await stop(it, begun);
  await isNow(it, begun, 'complete');
});

show('streaming software is on stage in the place of a browser', async (it) => {
  await it.goLive();
  const cosmo = await it.join('Cosmo');
  await assert.rejects(open(it, cosmo), refusedWith('not_invited'));
  await it.invite(cosmo);
  await assert.rejects(ingress(it, cosmo), refusedWith('ingress_not_found'));
  const made = await open(it, cosmo);
  assert.equal(made.state, 'waiting');
  assert.match(made.url, /^rtmp:/);
  assert.ok(made.streamKey.length > 5);
  await it.seatIs(cosmo, { state: 'preparing' });
  assert.deepEqual(await open(it, cosmo), made, 'who asks again gets the same');
  await services.send(made.streamKey);
  await it.seatIs(cosmo, { state: 'onAir', microphone: 'on' });
  assert.equal((await ingress(it, cosmo)).state, 'publishing');
  await services.stopSending(made.streamKey);
  await it.seatIs(cosmo, { state: 'reconnecting' });
  await services.send(made.streamKey);
  await it.seatIs(cosmo, { state: 'onAir' });
  await services.fail(made.streamKey, 'unsupported codec');
  assert.deepEqual([(await ingress(it, cosmo)).state, (await ingress(it, cosmo)).error], ['failed', 'unsupported codec']);
});

show('who is removed is not heard any more, and the key is dead', async (it) => {
  await it.goLive();
  const cosmo = await it.join('Cosmo');
  await it.invite(cosmo);
  const { streamKey } = await open(it, cosmo);
  await services.send(streamKey);
  await it.seatIs(cosmo, { state: 'onAir' });
  await it.remove(cosmo);
  await it.hasNoSeat(cosmo);
  await until(async () => !(await services.state()).ingresses.includes(streamKey), 'the software to be cut off', 10_000);
  await until(() => services.send(streamKey).then(() => false, () => true), 'the key to be dead', 10_000);
  await it.invite(cosmo);
  const next = await open(it, cosmo, 'whip');
  assert.notEqual(next.streamKey, streamKey);
  assert.match(next.url, /^http:/);
  await services.send(next.streamKey);
  await it.seatIs(cosmo, { state: 'onAir' });
});

show('one changes from software to a browser, and keeps the seat', async (it) => {
  await it.host.user.broadcaster(it.roomId);
  const { streamKey } = await open(it, it.host);
  await services.send(streamKey);
  await it.statusIs('live');
  const { epoch } = await it.seat(it.host);
  const { status } = await it.host.user.request('DELETE', `${of(it)}/ingress`);
  assert.equal(status, 204);
  await until(async () => !(await services.state()).ingresses.includes(streamKey), 'the software to be cut off');
  await assert.rejects(ingress(it, it.host), refusedWith('ingress_not_found'));
  await it.host.goOnAir(it.roomId);
  await it.seatIs(it.host, { state: 'onAir', epoch });
});

show('the end of the show is the end of its keys', async (it) => {
  await it.goLive();
  const cosmo = await it.join('Cosmo');
  await it.invite(cosmo);
  const { streamKey } = await open(it, cosmo);
  await it.host.user.post(`${of(it)}/stop`);
  await until(() => services.send(streamKey).then(() => false, () => true), 'the key to be dead', 10_000);
  await assert.rejects(open(it, cosmo), refusedWith('room_ended'));
});

test('where nobody records, the host is told', { skip }, async (t) => {
  const plain = await startServer('costage', { engine: 'embedded' });
  t.after(() => plain.stop());
  const it = await Show.start(plain);
  t.after(() => it.end());
  await it.goLive();
  await assert.rejects(start(it), refusedWith('egress_unavailable'));
  await assert.rejects(open(it, it.host), refusedWith('ingress_unavailable'));
});
