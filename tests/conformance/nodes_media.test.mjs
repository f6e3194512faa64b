// Two nodes whose shows a LiveKit server carries: a stage is one stage, and what was decided is carried out whichever node dies.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { dispose } from '../interop/rtc_node.mjs';
import { User } from '../support/api.mjs';
import { startNodes } from '../support/nodes.mjs';
import { until } from '../support/wait.mjs';
import { showsOn } from './nodes_show.mjs';
import { serviceOf } from './show.mjs';

const kLease = 5_000;     // ms; of the node that leads (src/app/nodes.hpp)
const kHintLost = 3_000;  // ms; a look each second, and what is done then

let cluster;
before(async () => { cluster = await startNodes(2); });
after(async () => {
  await cluster?.stop();
  await dispose();
});

const { show, moveTo, coHostOf } = showsOn(() => cluster);
const people = async (it) => (await serviceOf({ livekit: cluster.livekit }).listParticipants(it.roomId)).map(({ identity }) => identity);
const isOut = (it, person, limit) => until(async () => !(await people(it)).includes(person.id), `${person.id} to be put out`, limit);
const milliseconds = async (act) => { const begun = performance.now(); await act(); return Math.round(performance.now() - begun); };

show('a host of one node and a co-host of the other are on stage together', async (it) => {
  await it.goLive();
  const guest = await coHostOf(it, 1);
  const heard = await guest.listen(it.host);
  await until(() => heard.frames > 20, 'the host to be heard');
  for (const node of [0, 1]) {
    moveTo(it.host, node);
    const { seats } = await it.host.user.get(`/v1/rooms/${it.roomId}/stage`);
    assert.deepEqual(seats.map(({ userId, state }) => [userId, state]).sort(), [[guest.id, 'onAir'], [it.host.id, 'onAir']].sort());
  }
});

for (const hints of ['heard', 'lost']) {
  show(`a seat that is ended on one node is ended at the media server, with hints ${hints}`, async (it, t) => {
    await it.goLive();
    const guest = await coHostOf(it, 1);
    if (hints === 'lost') cluster.wires.forEach(({ bus }) => bus.cut());
    moveTo(it.host, 1);
    await it.remove(guest);
    t.diagnostic(`put out after ${await milliseconds(() => isOut(it, guest, kHintLost))} ms`);
    if (hints === 'lost') cluster.wires.forEach(({ bus }) => bus.mend());
    // An old token: whoever comes back with it is put out.
    await guest.connect(guest.credentials.url, guest.credentials.token).catch(() => {});
    await isOut(it, guest, kHintLost);
  });
}

show('the node that leads dies: sound goes on, and the other carries out what is decided', async (it, t) => {
  await it.goLive();
  const guest = await coHostOf(it, 1);
  const heard = await guest.listen(it.host);
  await until(() => heard.frames > 20, 'the host to be heard');
  await cluster.nodes[0].kill();
  moveTo(it.host, 1);
  const before = heard.frames;
  await until(() => heard.frames > before + 50, 'the sound to go on');
  assert.equal((await it.status()).status, 'live', 'nobody noticed');
  await it.remove(guest);
  t.diagnostic(`put out ${await milliseconds(() => isOut(it, guest, kLease + kHintLost))} ms after the leading node had died`);
  await it.host.user.post(`/v1/rooms/${it.roomId}/stop`);
  await isOut(it, it.host, kHintLost);
  await cluster.startNode(0);
});

show('a node that starts while others carry shows disturbs none', async (it) => {
  await it.goLive();
  await cluster.nodes[1].kill();
  await cluster.startNode(1);
  const { items } = await it.host.user.get(`/v1/rooms/${it.roomId}/events?since=0&limit=100`);
  assert.ok(!items.some(({ type }) => type === 'room.interrupted' || type === 'room.waitingReconnect'), JSON.stringify(items.map(({ type }) => type)));
  assert.equal((await it.status()).status, 'live');
});

show('NATS dies and comes back: all goes on, a little later meanwhile', async (it, t) => {
  await it.goLive();
  const realtime = await new User(cluster.nodes[1], it.host.user).realtime();
  await realtime.subscribe(`room/${it.roomId}`);
  const hears = async (title) => {
    await it.host.user.call('PATCH', `/v1/rooms/${it.roomId}`, { title });
    return milliseconds(() => until(() => realtime.messages.some((m) => m.event?.data?.room?.title === title), title, 5_000, 5));
  };
  const before = await hears('before');
  await cluster.nats.kill();
  const without = await hears('without');
  await cluster.nats.start();
  let again = Infinity;
  await until(async () => { again = await hears(`again ${performance.now()}`); return again < 200; }, 'hints to be heard again', 10_000);
  t.diagnostic(`the other node hears after ${before} ms, without NATS ${without} ms, afterwards ${again} ms`);
});
