// Several nodes, each with a media server of its own: a show is carried by one of them, and by another one when that is gone.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dispose } from '../interop/rtc_node.mjs';
import { User } from '../support/api.mjs';
import { startNodes } from '../support/nodes.mjs';
import { apiKey, temporaryFolder } from '../support/server.mjs';
import { signClaims } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';
import { showsOn } from './nodes_show.mjs';

const kTaken = 8_000;  // ms from the death of a node until its shows are carried by another one: its lease is 5 s

const kMoved = 3_000;  // ms from the request to end until shows move whether or not they are quiet: half of `within`

const kOutage = Number(process.env.COSTAGE_OUTAGE ?? 8);  // s

let cluster;
const folder = temporaryFolder('drain');
before(async () => {
  writeFileSync(join(folder.path, 'drain.yaml'), `drain: {shows: move, within: ${2 * kMoved / 1000}}\n`);
  cluster = await startNodes(2, { media: 'own', args: ['--config', join(folder.path, 'drain.yaml')] });
});
after(async () => {
  await cluster?.stop();
  folder.remove();
  await dispose();
});

const { show, moveTo, coHostOf } = showsOn(() => cluster);
const urls = () => cluster.nodes.map(({ ws }) => ws);
const room = (it) => it.host.user.get(`/v1/rooms/${it.roomId}`);
const events = async (it) => (await it.host.user.get(`/v1/rooms/${it.roomId}/events?since=0&limit=100`)).items;
const health = async (node) => (await fetch(`${cluster.nodes[node].http}/healthz`)).json();
const validate = async (node, token) => (await fetch(`${cluster.nodes[node].http}/rtc/validate?access_token=${token}`)).status;

// The node that carries the show, and another one.
const carrierOf = ({ url }) => { const at = urls().indexOf(url); return [at, 1 - at]; };

show('whichever node is asked, all come together on one', async (it) => {
  const { url } = await it.host.prepare(it.roomId);
  assert.ok(urls().includes(url), url);
  await it.host.speak();
  await it.statusIs('live');
  const guest = await coHostOf(it, 1);
  assert.equal(guest.credentials.url, url);
  const heard = await guest.listen(it.host);
  await until(() => heard.frames > 20, 'the host to be heard');
  assert.equal((await room(it)).mediaEpoch, 1);
});

show('the other node refuses who comes there, and says why', async (it) => {
  const credentials = await it.host.prepare(it.roomId);
  const [here, elsewhere] = carrierOf(credentials);
  assert.equal(await validate(here, credentials.token), 200);
  assert.equal(await validate(elsewhere, credentials.token), 421);
  const watching = await it.join('Vera');
  const { token } = await watching.user.viewer(it.roomId);
  assert.deepEqual([await validate(here, token), await validate(elsewhere, token)], [200, 421]);
});

show('what is decided by way of one node is carried out at the other', async (it) => {
  const { url } = await it.host.prepare(it.roomId);
  await it.host.speak();
  await it.statusIs('live');
  const [carrier, other] = carrierOf({ url });
  const guest = await coHostOf(it, carrier);
  moveTo(it.host, other);
  await it.remove(guest);
  await until(() => !guest.isConnected, 'the co-host to be put out', 3_000);
  assert.equal(await validate(carrier, guest.credentials.token), 401);
});

show('a node dies: the other one has the show, everybody hears it, and all are on air again', async (it, t) => {
  const credentials = await it.host.prepare(it.roomId);
  await it.host.speak();
  await it.statusIs('live');
  const [carrier, other] = carrierOf(credentials);
  const guest = await coHostOf(it, carrier);
  moveTo(it.host, other);
  moveTo(guest, other);
  const begun = performance.now();
  await cluster.nodes[carrier].kill();
  await until(async () => (await room(it)).mediaEpoch === 2, 'another node to take the show', kTaken, 20);
  t.diagnostic(`taken after ${Math.round(performance.now() - begun)} ms`);
  for (const person of [it.host, guest]) {
    await person.hangUp();
    const { url } = await person.prepare(it.roomId);
    assert.equal(url, urls()[other]);
    await person.speak();
  }
  await it.statusIs('live');
  await it.seatIs(guest, { state: 'onAir', microphone: 'on' });
  const heard = await guest.listen(it.host);
  await until(() => heard.frames > 20, 'the host to be heard again');
  const told = (await events(it)).map(({ type }) => type);
  assert.equal(told.filter((type) => type === 'room.mediaMoved').length, 2, 'the first node, and the second');
  await cluster.startNode(carrier);
});

show('a node that was frozen lets go of what another one has taken', async (it) => {
  const credentials = await it.host.prepare(it.roomId);
  await it.host.speak();
  await it.statusIs('live');
  const [carrier, other] = carrierOf(credentials);
  moveTo(it.host, other);
  process.kill(cluster.nodes[carrier].pid, 'SIGSTOP');
  try {
    await until(async () => (await room(it)).mediaEpoch === 2, 'another node to take the show', kTaken);
  } finally {
    process.kill(cluster.nodes[carrier].pid, 'SIGCONT');
  }
  await until(async () => (await validate(carrier, credentials.token)) === 421, 'it to refuse', 5_000);
  await it.host.hangUp();
  await it.host.prepare(it.roomId);
  await it.host.speak();
  await it.statusIs('live');
  const before = (await events(it)).length;
  await new Promise((done) => setTimeout(done, 4_000));
  const since = (await events(it)).slice(before).map(({ type }) => type);
  assert.ok(!since.some((type) => /reconnecting|waitingReconnect|left/.test(type)), `what it saw before says nothing of who is on stage: ${since}`);
});

// COSTAGE_OUTAGE=600: for ten minutes.
show('database and NATS are away for longer than any lease: sound goes on, and no show moves', { timeout: (kOutage + 60) * 1000 }, async (it, t) => {
  await it.host.prepare(it.roomId);
  await it.host.speak();
  await it.statusIs('live');
  const guest = await coHostOf(it, 1);
  const heard = await guest.listen(it.host);
  await until(() => heard.frames > 20, 'the host to be heard');
  await Promise.all([cluster.postgres.kill(), cluster.nats.kill()]);
  const begun = performance.now();
  let quietest = Infinity;
  for (let frames = heard.frames; performance.now() - begun < kOutage * 1000; frames = heard.frames) {
    await new Promise((done) => setTimeout(done, 1_000));
    quietest = Math.min(quietest, heard.frames - frames);
  }
  const { status, headers } = await it.host.user.request('PATCH', `/v1/rooms/${it.roomId}`, { title: 'Not now' });
  assert.equal(status, 503);
  assert.ok(Number(headers.get('retry-after')) >= 1);
  const back = performance.now();
  await Promise.all([cluster.postgres.start(), cluster.nats.start()]);
  await until(async () => (await it.host.user.request('PATCH', `/v1/rooms/${it.roomId}`, { title: 'Well again' })).status === 200, 'all to be well', 10_000, 50);
  t.diagnostic(`away for ${Math.round((back - begun) / 1000)} s, well ${Math.round(performance.now() - back)} ms after its return; at least ${quietest} frames of sound in each second`);
  await new Promise((done) => setTimeout(done, 8_000));  // until every node's word on who lives counts again
  const { mediaEpoch } = await room(it);
  assert.equal(mediaEpoch, 1, 'it is where it was');
  assert.equal((await it.status()).status, 'live');
  assert.ok(quietest > 10, `${quietest} frames in the quietest second`);
});

show('a node that is asked to end gives its shows away first', async (it, t) => {
  const credentials = await it.host.prepare(it.roomId);
  await it.host.speak();
  await it.statusIs('live');
  const [carrier, other] = carrierOf(credentials);
  const idle = await it.host.user.createRoom('Nobody is there yet');
  await new Promise((done) => setTimeout(done, 1_500));  // it does not begin on the node that will end
  moveTo(it.host, other);
  const begun = performance.now();
  const ended = cluster.nodes[carrier].terminate();
  await until(async () => (await health(carrier)).status === 'draining', 'it to say that it will end');
  await until(async () => (await room(it)).mediaEpoch === 2, 'the show to be given away', kMoved + 2_000, 20);
  t.diagnostic(`moved after ${Math.round(performance.now() - begun)} ms`);
  assert.ok(it.host.isConnected, 'who is there still is, until they have moved');
  const { coHostUrl, coHostToken } = await it.host.user.broadcaster(it.roomId);
  assert.equal(coHostUrl, urls()[other]);
  await it.host.hangUp();
  await it.host.connect(coHostUrl, coHostToken);
  await it.host.speak();
  await it.statusIs('live');
  assert.equal((await it.host.user.viewer(idle.roomId)).url, urls()[other]);
  assert.deepEqual(await ended, { code: 0, signal: null });
  assert.ok(performance.now() - begun < 2 * kMoved + 5_000, 'it has ended within its time');
  await cluster.startNode(carrier);
});

show('an operator asks for the same by HTTP', async (it) => {
  const ask = (user) => user.request('POST', '/v1/server/drain');
  assert.equal((await ask(it.host.user)).status, 403);
  const admin = new User(cluster.nodes[1], { userId: 'backend', token: signClaims({ iss: apiKey, sub: 'backend', admin: true, exp: Math.floor(Date.now() / 1000) + 600 }) });
  const { status, json } = await ask(admin);
  assert.deepEqual([status, json], [200, { status: 'draining' }]);
  assert.equal((await health(1)).status, 'draining');
  await until(async () => (await it.host.user.viewer(it.roomId)).url === urls()[0], 'new shows to begin elsewhere', 3_000);
  await cluster.nodes[1].terminate();
  await cluster.startNode(1);
});
