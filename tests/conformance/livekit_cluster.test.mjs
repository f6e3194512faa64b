// A LiveKit cluster: two nodes that share a Redis. What a show notices of a node that dies and of a Redis that is away.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { dispose } from '../interop/rtc_node.mjs';
import { redisOrWhyNot } from '../support/livekit_cluster.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { Person, serviceOf, showsOn } from './show.mjs';

const skip = redisOrWhyNot() ?? false;
const kBackOnAir = 30_000;  // within which who rejoins after the death of a node is on air, ms

let server, cluster;
before(async () => {
  if (skip) return;
  server = await startServer('costage', { engine: 'cluster' });
  cluster = server.livekit;
});
after(async () => {
  await server?.stop();
  await dispose();
});

const show = showsOn(() => server, { skip, restore: () => { cluster.balancer.only = null; } });
const service = () => serviceOf(server);
const isListed = async (it, person) => (await service().listParticipants(it.roomId)).some(({ identity }) => identity === person.id);
// What the node says that somebody is on, which alone can answer: ListParticipants and GetParticipant tell what Redis remembers.
const status = (it, person) => service().updateSubscriptions(it.roomId, person.id, [], false).then(() => 200, (error) => error.status);
const health = async () => (await fetch(`${server.http}/healthz`)).json();
const onAir = { state: 'onAir', microphone: 'on' };

async function through(node, act) {
  const before = cluster.balancer.opened[node];
  cluster.balancer.only = node;
  const result = await act();
  cluster.balancer.only = null;
  assert.ok(cluster.balancer.opened[node] > before);
  return result;
}
async function hears(listener, speaker) {
  const heard = await listener.listen(speaker);
  await until(() => heard.frames > 10, `${listener.id} to hear ${speaker.id}`);
  return heard;
}
// After a loss the SDK may still show the track of before, which is silent for ever.
function hearsAgain(listener, speaker) {
  const attempt = async () => {
    const heard = await listener.listen(speaker);
    return until(() => heard.frames > 10, 'sound', 2_000);
  };
  return until(() => attempt().catch(() => false), `${listener.id} to hear ${speaker.id} again`, kBackOnAir);
}
// Comes again as often as it takes: a node that died is asked for by the others until they miss it.
async function rejoin(it, person) {
  const begun = performance.now();
  const attempt = async () => {
    await person.hangUp();
    return person.goOnAir(it.roomId).then(() => true, () => false);
  };
  await until(attempt, `${person.id} to be let in`, kBackOnAir);
  await it.seatIs(person, onAir);
  return performance.now() - begun;
}

show('people who come by different nodes see and hear each other', async (it) => {
  await through(0, () => it.goLive());
  const cosmo = await through(1, () => it.coHost('Cosmo'));
  const vera = await it.join('Vera');
  await through(1, () => vera.watch(it.roomId));
  await Promise.all([it.host, cosmo].map((one) => it.seatIs(one, onAir)));
  for (const [listener, speaker] of [[it.host, cosmo], [cosmo, it.host], [vera, it.host], [vera, cosmo]]) await hears(listener, speaker);
});

// Kills the node that carries this show while `act` runs; gives what `act` gives.
async function withoutItsNode(it, act) {
  const home = await cluster.nodeOf(it.roomId);
  await cluster.nodes[home].kill();
  try {
    return await act(home);
  } finally {
    await cluster.startNode(home);
  }
}

show('the node that carries a show is killed: who rejoins is on air again within 30 s', async (it, t) => {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  await withoutItsNode(it, async (home) => {
    const took = [await rejoin(it, it.host), await rejoin(it, cosmo)];
    t.diagnostic(`on air again after ${took.map(Math.round).join(' and ')} ms`);
    assert.ok(Math.max(...took) < kBackOnAir);
    assert.notEqual(await cluster.nodeOf(it.roomId), home);
    await it.statusIs('live');
    await hears(it.host, cosmo);
  });
}, { reconnectGraceSeconds: 60 });

// A show on a new node, and Greta, who was on the one that died and did not come back.
async function haunted(it, act) {
  await it.goLive();
  const greta = await it.coHost('Greta');
  await withoutItsNode(it, async () => {
    await Promise.all([greta.hangUp(), rejoin(it, it.host)]);
    await act(greta);
  });
}

// What a rule that finds such people can rest on.
show('LiveKit lists for ever who was on a node that died, but nobody answers for them', (it, t) => haunted(it, async (greta) => {
  assert.deepEqual([await status(it, it.host), await status(it, greta)], [200, 503]);
  await assert.rejects(service().removeParticipant(it.roomId, greta.id), { status: 503 });
  assert.ok(await isListed(it, greta));
  t.diagnostic(`costage says: ${(await it.seat(greta)).state}`);
  await service().deleteRoom(it.roomId);
  assert.equal(await isListed(it, greta), false);
}), { reconnectGraceSeconds: 60 });

show('who was on a node that died and does not come back is not on air', (it) => haunted(it, async (greta) => {
  await until(async () => (await it.seat(greta))?.state !== 'onAir', 'the seat to be known to be empty', 30_000);
  await it.hasNoSeat(greta);
  await it.seatIs(it.host, onAir);
}), { reconnectGraceSeconds: 10 });

show('removing them does not hold up what is decided afterwards', (it) => haunted(it, async (greta) => {
  await it.remove(greta);
  await it.host.user.post(`/v1/rooms/${it.roomId}/stop`);
  const names = async () => (await service().listRooms()).map(({ name }) => name);
  // Sooner than LiveKit itself closes a room that everybody has left, which takes 20 s.
  await until(async () => !(await names()).includes(it.roomId), 'the room to be gone from the cluster');
}));

// The opposite: the node of a show hangs until its people went on by the other one. When it goes on it learns that they left, and takes
// them out of Redis by their identities, which are those of the living.
async function forgotten(it, act) {
  await it.goLive();
  const cosmo = await it.coHost('Cosmo');
  const home = await cluster.nodeOf(it.roomId);
  const frozen = cluster.nodes[home].pid;
  const again = new Person(cosmo.user);
  it.people.push(again);
  process.kill(frozen, 'SIGSTOP');
  const left = cosmo.hangUp();  // ends when the node goes on
  try {
    await through(1 - home, () => until(() => again.goOnAir(it.roomId).then(() => true, () => false), 'to be let in by the other node', kBackOnAir));
    await it.seatIs(cosmo, onAir);
  } finally {
    process.kill(frozen, 'SIGCONT');
  }
  await left;
  await until(async () => !(await isListed(it, cosmo)), 'LiveKit to forget who is there', 40_000);
  await act(again);
}

show('whom LiveKit forgets when a node that hung comes back is still there, and is put out when they are removed', (it, t) => forgotten(it, async (cosmo) => {
  assert.ok(cosmo.isConnected);
  assert.equal(await status(it, cosmo), 200);
  t.diagnostic(`costage says: ${(await it.seat(cosmo)).state}`);
  await it.seatIs(cosmo, { state: 'onAir' });
  await it.remove(cosmo);
  await until(() => !cosmo.isConnected, 'who is removed to be put out');
}), { reconnectGraceSeconds: 60 });

// Signalling passes through Redis also where a client is connected to the node of its show: after about 10 s clients begin to
// reconnect, and cannot until Redis is back. The room may be on the other node then, while the first has it as well for some 20 s:
// what is ordered of the room, or of who was in it before, reaches either of the two.
const outages = {
  'is silent': { begin: () => cluster.redis.freeze(), end: () => cluster.redis.thaw() },
  'is killed, and comes back empty': { begin: () => cluster.redis.process.kill(), end: () => cluster.redis.start() },
};
// Longer by hand: COSTAGE_OUTAGE=120.
const kOutage = Number(process.env.COSTAGE_OUTAGE ?? 20);  // s
for (const [what, outage] of Object.entries(outages)) {
  show(`Redis ${what}, for ${kOutage} s: costage says so, and the show goes on afterwards`, async (it, t) => {
    await it.goLive();
    const cosmo = await it.coHost('Cosmo');
    const heard = await hears(it.host, cosmo);
    const home = await cluster.nodeOf(it.roomId);
    const begun = performance.now();
    const after = (seconds) => until(() => performance.now() - begun > seconds * 1000, 'the outage to last', 1000 * kOutage + 10_000);
    await outage.begin();
    try {
      await after(5);
      assert.ok(performance.now() - heard.lastAt < 500, 'sound goes on');
      await until(async () => (await health()).status === 'degraded', 'the outage to be told', 20_000);
      t.diagnostic(`degraded after ${Math.round(performance.now() - begun)} ms: ${(await health()).reason}`);
      await after(kOutage);
      for (const one of [it.host, cosmo]) assert.equal((await it.seat(one)).state, 'onAir', 'seats are kept');
    } finally {
      await outage.end();
    }
    const back = performance.now();
    const since = () => Math.round(performance.now() - back);
    t.diagnostic(`the last sound came ${Math.round(heard.lastAt - begun)} ms after its beginning`);
    await until(async () => (await health()).status === 'ready', 'Redis to be found again', 20_000);
    t.diagnostic(`ready again after ${since()} ms`);
    // After a minute LiveKit's Node SDK gives up; the studio never does.
    if (kOutage > 60) for (const one of [it.host, cosmo]) await rejoin(it, one);
    await until(() => it.host.isConnected && cosmo.isConnected, 'the clients to have reconnected by themselves', kBackOnAir);
    for (const one of [it.host, cosmo]) await it.seatIs(one, onAir);
    await it.statusIs('live');
    await hearsAgain(it.host, cosmo);
    t.diagnostic(`heard again after ${since()} ms, ${(await cluster.nodeOf(it.roomId)) === home ? 'on the same node' : 'on the other node'}`);
    const dora = await it.coHost('Dora');
    await hears(it.host, dora);
    await it.remove(dora);
    await until(() => !dora.isConnected, 'who is removed to be put out');
  }, { reconnectGraceSeconds: 60 });
}
