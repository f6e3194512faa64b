// A LiveKit server that loses webhooks, is slow, refuses, dies and comes back: nothing that was acknowledged is lost, and all is as
// it should be within seconds.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose } from '../interop/rtc_node.mjs';
import { faults } from '../support/fault_proxy.mjs';
import { apiKey, startServer, temporaryFolder } from '../support/server.mjs';
import { signClaims } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';
import { percentile95, median, serviceOf, Show, showsOn } from './show.mjs';

let server;
before(async () => { server = await startServer('costage', { engine: 'livekit', faults: true }); });
after(async () => {
  await server?.stop();
  await dispose();
});

const show = showsOn(() => server, { restore: () => { server.api.fault = server.hooks.fault = faults.pass; } });
const service = () => serviceOf(server);
const isInside = async (it, person) => (await service().listParticipants(it.roomId)).some(({ identity }) => identity === person.id);
const health = async () => (await fetch(`${server.http}/healthz`)).json();
const readMetrics = (claims) => fetch(`${server.http}/metrics`, { headers: { authorization: `Bearer ${signClaims({ iss: apiKey, sub: 'monitor', exp: Math.floor(Date.now() / 1000) + 60, ...claims })}` } });
async function metric(name) {
  const text = await (await readMetrics({ admin: true })).text();
  return Number(new RegExp(`^${name}\\{region=""\\} (\\d+)$`, 'm').exec(text)?.[1]);
}
const milliseconds = async (act) => { const begun = performance.now(); await act(); return performance.now() - begun; };

show('webhooks that are lost are made good by looking, within 10 s', async (it, t) => {
  await it.goLive();
  server.hooks.fault = faults.lose;
  const foundBefore = await metric('costage_livekit_found_total');
  const took = [];
  for (let round = 0; round < 5; round++) {
    const guest = await it.join(`Guest ${round}`);
    await it.invite(guest);
    await guest.goOnAir(it.roomId);
    took.push(await milliseconds(() => it.seatIs(guest, { state: 'onAir', microphone: 'on' })));
    await guest.hangUp();
    took.push(await milliseconds(() => it.seatIs(guest, { state: 'reconnecting' })));
    await it.remove(guest);
  }
  t.diagnostic(`repaired after p50 ${Math.round(median(took))} ms, p95 ${Math.round(percentile95(took))} ms, ${took.length} changes`);
  assert.ok(Math.max(...took) < 10_000);
  assert.ok(await metric('costage_livekit_found_total') >= foundBefore + took.length);
});

test('metrics are for who administers', async () => {
  assert.equal((await fetch(`${server.http}/metrics`)).status, 401);
  assert.equal((await readMetrics({})).status, 403);
  const text = await (await readMetrics({ admin: true })).text();
  for (const name of ['costage_connections', 'costage_storage_failing', 'costage_livekit_calls_total']) assert.match(text, new RegExp(`^# HELP ${name} `, 'm'));
  assert.equal(await metric('costage_livekit_available'), 1);
});

show('webhooks that come twice and in any order end in what is so', async (it) => {
  await it.goLive();
  server.hooks.fault = faults.reorder(2_000);
  const cosmo = await it.coHost('Cosmo');
  await cosmo.film();
  await it.seatIs(cosmo, { camera: 'on' });
  await cosmo.hangUp();
  await it.seatIs(cosmo, { state: 'reconnecting' });
  server.hooks.fault = faults.double;
  await cosmo.goOnAir(it.roomId);
  await it.seatIs(cosmo, { state: 'onAir', microphone: 'on', camera: 'off' });
});

show('a removed co-host who comes back is put out also where webhooks are lost', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  server.hooks.fault = faults.lose;
  await it.remove(cosmo);
  await until(() => !cosmo.isConnected, 'the co-host to be put out');
  await cosmo.connect(cosmo.credentials.url, cosmo.credentials.token);
  await until(() => !cosmo.isConnected, 'who came back to be put out', 5_000);
});

show('a server that takes 2 s for each answer is slow, not away', async (it) => {
  await it.goLive();
  server.api.fault = faults.late(2_000, 2_000);
  const cosmo = await it.coHost('Cosmo');
  await it.remove(cosmo);
  await until(() => !cosmo.isConnected, 'the co-host to be put out', 15_000);
  assert.equal((await health()).status, 'ready');
});

show('while it answers with errors the stage says so; what was decided is carried out afterwards', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  const vera = await it.join('Vera');
  const watching = await vera.user.watch(it.roomId);
  assert.equal(watching.messages.find(({ type }) => type === 'snapshot').state.mediaAvailable, true);
  server.api.fault = faults.refuse(502);
  const says = (mediaAvailable) => watching.message(({ kind, data }) => kind === 'media' && data.mediaAvailable === mediaAvailable, `media ${mediaAvailable}`, 20_000);
  await says(false);
  const { status, reason } = await health();
  assert.equal(status, 'degraded');
  assert.match(reason, /LiveKit server does not answer.*502/);
  await it.remove(cosmo);
  await it.hasNoSeat(cosmo);
  await it.invite(vera);
  server.api.fault = faults.pass;
  await says(true);
  assert.equal((await health()).status, 'ready');
  await until(() => !cosmo.isConnected, 'the removed to be put out', 5_000);
  await vera.goOnAir(it.roomId);
  await it.seatIs(vera, { state: 'onAir' });
  await watching.close();
});

show('it is killed and comes back: seats are kept, and who rejoins is on air again', async (it) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  const { port, mediaPort } = server.livekit;
  await server.livekit.kill();
  await until(async () => (await health()).status === 'degraded', 'the outage to be noticed', 15_000);
  await assert.doesNotReject(cosmo.user.get(`/v1/rooms/${it.roomId}/stage`));
  Object.assign(server.livekit, await startServer('livekit', { port, mediaPort, webhooks: [`${server.hooks.http}/v1/media/webhook`] }));
  await until(async () => (await health()).status === 'ready', 'the server to be found again');
  for (const one of [it.host, cosmo]) {
    await one.hangUp();
    await one.goOnAir(it.roomId);
    await it.seatIs(one, { state: 'onAir', microphone: 'on' });
  }
  await it.statusIs('live');
  assert.ok(await isInside(it, cosmo));
}, { reconnectGraceSeconds: 60 });

test('costage is killed and comes back: who is on stage stays on the air, and what happened meanwhile is known', async (t) => {
  const folder = temporaryFolder('engine');
  const first = await startServer('costage', { engine: 'livekit', data: folder.path });
  const it = await Show.start(first);
  let second;
  t.after(async () => {
    await it.end();
    await second?.terminate();
    await first.stop();
    folder.remove();
  });
  await it.goLive();
  const [cosmo, dora] = [await it.coHost('Cosmo'), await it.coHost('Dora')];
  await first.kill();
  await dora.hangUp();
  second = await startServer('costage', { engine: 'embedded', port: first.port, data: folder.path, env: first.engineEnv });
  await it.statusIs('live');
  await Promise.all([it.host, cosmo].map((one) => it.seatIs(one, { state: 'onAir', microphone: 'on' })));
  await it.seatIs(dora, { state: 'reconnecting' });
  assert.ok(cosmo.isConnected && it.host.isConnected);
});
