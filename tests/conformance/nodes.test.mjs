// Two nodes on one PostgreSQL and one NATS: any of them answers anything, and a client of either sees the same history, whatever dies.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { User } from '../support/api.mjs';
import { startNodes } from '../support/nodes.mjs';
import { until } from '../support/wait.mjs';
import { median } from './show.mjs';

let cluster;
before(async () => { cluster = await startNodes(2); });
after(() => cluster?.stop());

const at = (user, node) => new User(cluster.nodes[node], user);
const percentile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const events = (realtime, topic) => realtime.messages.filter((m) => m.type === 'event' && m.topic === topic).map((m) => m.event);
const healthy = async (node) => (await fetch(`${cluster.nodes[node].http}/healthz`).catch(() => null))?.ok === true;

// A host on node 0 and a guest on node 1 who watches the host's room.
async function party(policies = {}) {
  const host = await User.create(cluster.nodes[0], 'Hanna');
  const guest = await User.create(cluster.nodes[1], 'Gus');
  await Promise.all([host.get('/v1/me'), guest.get('/v1/me')]);
  const { roomId } = await host.createRoom('Two nodes', { policies: { inviteWatchersOnly: false, ...policies } });
  return { host, guest, roomId, topic: `room/${roomId}` };
}

test('what is made on one node is there on the other at once', async () => {
  const { host, guest, roomId } = await party();
  const room = await guest.get(`/v1/rooms/${roomId}`);
  assert.equal(room.title, 'Two nodes');
  const { invitationId } = await host.invite(roomId, guest.userId);
  const accepted = await guest.answer(invitationId, 'accept');
  assert.equal(accepted.status, 'accepted');
  assert.equal((await host.get(`/v1/invitations/${invitationId}`)).status, 'accepted');
});

test('an answer on one node reaches the host on the other', async (t) => {
  const { host, guest } = await party();
  const [heard, mine] = [await host.realtime(), await guest.realtime()];
  await mine.subscribe('me');
  const took = [];
  for (let round = 0; round < 40; round++) {
    const { roomId } = await host.createRoom(`Round ${round}`, { policies: { inviteWatchersOnly: false } });
    await heard.subscribe(`room/${roomId}`);
    const { invitationId } = await host.invite(roomId, guest.userId);
    const invited = await mine.event('invitation.created', (event) => event.data.invitation.invitationId === invitationId);
    assert.equal(invited.event.data.invitation.inviteeId, guest.userId);
    const answered = performance.now();
    await guest.answer(invitationId, 'accept');
    await until(() => heard.messages.some((m) => m.type === 'event' && m.event.type === 'invitation.accepted' && m.event.data.invitation.invitationId === invitationId),
      'the answer at the host', 10_000, 1);
    took.push(performance.now() - answered);
    await heard.ask({ type: 'unsubscribe', topic: `room/${roomId}` });
  }
  t.diagnostic(`answer on one node -> event on the other: p50 ${median(took).toFixed(1)} ms, p99 ${percentile(took, 0.99).toFixed(1)} ms`);
});

test('both nodes tell one history, without holes or doubles, while both write', async () => {
  const { host, guest, roomId, topic } = await party();
  const listeners = await Promise.all([at(host, 0), at(host, 1), at(guest, 0), at(guest, 1)].map((user) => user.realtime()));
  await Promise.all(listeners.map((one) => one.subscribe(topic)));
  const rename = (node, n) => at(host, node).call('PATCH', `/v1/rooms/${roomId}`, { title: `Title ${node} ${n}` });
  await Promise.all([0, 1].map(async (node) => { for (let n = 0; n < 60; n++) await rename(node, n); }));
  const last = 1 + 2 * 60;
  for (const one of listeners) {
    await until(() => events(one, topic).at(-1)?.seq === last, 'the last event', 5_000);
    const seen = events(one, topic).map(({ seq }) => seq);
    assert.deepEqual(seen, Array.from({ length: seen.length }, (_, i) => seen[0] + i), 'in order, each once');
  }
  assert.deepEqual(new Set(listeners.map((one) => JSON.stringify(events(one, topic).map((e) => e.data.room?.title).slice(-20)))).size, 1);
});

test('a chat is one chat on both', async () => {
  const { host, guest, roomId } = await party();
  const topic = `chat/${roomId}`;
  const listeners = await Promise.all([at(host, 0), at(guest, 1)].map((user) => user.realtime()));
  await Promise.all(listeners.map((one) => one.subscribe(topic)));
  const say = (user, text) => user.post(`/v1/rooms/${roomId}/chat/messages`, { text });
  for (let n = 0; n < 3; n++) await Promise.all([say(host, `from 0: ${n}`), say(guest, `from 1: ${n}`)]);
  for (const one of listeners) await until(() => events(one, topic).length === 6, () => `6 messages, not ${events(one, topic).length}`);
  const [a, b] = listeners.map((one) => events(one, topic).map(({ seq, data }) => `${seq} ${data.message.text}`));
  assert.deepEqual(a, b);
});

test('watchers of both nodes are one audience', async () => {
  const { host, guest, roomId, topic } = await party({ inviteWatchersOnly: true });
  const seen = await host.realtime();
  await seen.subscribe(topic);
  const watching = await at(guest, 1).watch(roomId);
  const count = () => seen.messages.filter((m) => m.kind === 'presence' && m.topic === topic).at(-1)?.data.watching;
  await until(() => count() === 1, () => `one watcher, not ${count()}`);
  const { items } = await host.get(`/v1/rooms/${roomId}/watchers`);
  assert.deepEqual(items.map((one) => one.userId), [guest.userId]);
  const { invitationId } = await host.invite(roomId, guest.userId);
  assert.ok(invitationId, 'who watches by the other node can be invited');
  const both = await at(guest, 0).watch(roomId);
  await watching.close();
  await pause(1_000);
  assert.equal(count(), 1, 'who watches by two nodes is one');
  await both.close();
  await until(() => count() === 0, () => `nobody, not ${count()}`);
});

test('hearts of one node float over the other', async () => {
  const { host, guest, roomId } = await party();
  const [seen, pressing] = [await host.realtime(), await guest.realtime()];
  await Promise.all([seen, pressing].map((one) => one.subscribe(`chat/${roomId}`)));
  pressing.socket.send(JSON.stringify({ type: 'react', topic: `chat/${roomId}`, kind: 'heart', count: 3 }));
  await seen.message((m) => m.kind === 'reactions', 'the hearts');
});

test('an invitation runs out once, by the time of the database', async () => {
  const { host, guest, roomId, topic } = await party();
  const listeners = await Promise.all([at(host, 0), at(host, 1)].map((user) => user.realtime()));
  await Promise.all(listeners.map((one) => one.subscribe(topic)));
  await host.invite(roomId, guest.userId, { ttlSeconds: 10 });
  const expired = (one) => events(one, topic).filter(({ type }) => type === 'invitation.expired');
  for (const one of listeners) await until(() => expired(one).length > 0, 'the expiry', 15_000);
  await pause(2_500);
  for (const one of listeners) assert.equal(expired(one).length, 1);
});

test('who was on a node that is killed goes on with the other, without a hole', async (t) => {
  const { host, guest, roomId, topic } = await party();
  const left = await at(guest, 1).realtime();
  const { epoch, seq } = await left.subscribe(topic);
  const rename = (n) => host.call('PATCH', `/v1/rooms/${roomId}`, { title: `Title ${n}` });
  for (let n = 0; n < 5; n++) await rename(n);
  await cluster.nodes[1].kill();
  const killed = performance.now();
  for (let n = 5; n < 10; n++) await rename(n);
  const known = events(left, topic);
  const since = { epoch, seq: known.at(-1)?.seq ?? seq };
  const again = await at(guest, 0).realtime();
  const resumed = await again.subscribe(topic, since);
  assert.equal(resumed.type, 'resumed');
  await until(() => events(again, topic).length >= seq + 10 - since.seq, 'what was missed');
  t.diagnostic(`history resumed ${(performance.now() - killed).toFixed(0)} ms after the kill`);
  const all = [...known, ...events(again, topic)].map((event) => event.seq);
  assert.deepEqual(all, Array.from({ length: 10 }, (_, i) => seq + 1 + i));
  await cluster.startNode(1);
});

test('hints that are lost are made good by looking', async (t) => {
  const { host, guest, roomId, topic } = await party();
  const heard = await at(guest, 1).realtime();
  await heard.subscribe(topic);
  cluster.wires[1].bus.cut();
  const begun = performance.now();
  await host.call('PATCH', `/v1/rooms/${roomId}`, { title: 'Unheard of' });
  await until(() => events(heard, topic).some(({ data }) => data.room?.title === 'Unheard of'), 'the event', 5_000, 5);
  t.diagnostic(`without a hint after ${(performance.now() - begun).toFixed(0)} ms`);
  cluster.wires[1].bus.mend();
});

test('a node that was cut off from everything hears all that happened meanwhile', async () => {
  const { host, guest, roomId, topic } = await party();
  const heard = await at(guest, 1).realtime();
  await heard.subscribe(topic);
  const wires = Object.values(cluster.wires[1]);
  wires.forEach((wire) => wire.cut());
  await pause(1_000);
  await host.call('PATCH', `/v1/rooms/${roomId}`, { title: 'Meanwhile' });
  await pause(20_000);  // longer than a look goes back by itself
  assert.equal(events(heard, topic).length, 0, 'it is cut off');
  wires.forEach((wire) => wire.mend());
  await until(() => events(heard, topic).some(({ data }) => data.room?.title === 'Meanwhile'), 'the event', 8_000);
});

for (const [how, away, back] of [
  ['killed', () => cluster.postgres.kill(), () => cluster.postgres.start()],
  ['frozen', () => cluster.postgres.freeze(), () => cluster.postgres.thaw()],
  ['cut off', () => cluster.wires.forEach((one) => one.database.cut()), () => cluster.wires.forEach((one) => one.database.mend())],
]) {
  test(`a database that is ${how} is answered with 503, and nothing acknowledged is lost`, async (t) => {
    const { host, guest, roomId, topic } = await party();
    const heard = await at(guest, 1).realtime();
    const { seq } = await heard.subscribe(topic);
    const acknowledged = [];
    const refused = [];
    let over = false;
    const writer = (async () => {
      for (let n = 0; !over; n++) {
        const answer = await host.request('PATCH', `/v1/rooms/${roomId}`, { title: `Title ${n}` }, { 'idempotency-key': `title-${n}` }).catch(() => null);
        if (answer?.status === 200) acknowledged.push(`Title ${n}`);
        else if (answer) refused.push(answer);
        await pause(20);
      }
    })();
    await until(() => acknowledged.length > 5, 'some writes');
    await away();
    await until(() => refused.length > 3, 'writes to be refused', 15_000);
    assert.ok(refused.every(({ status, headers }) => status === 503 && Number(headers.get('retry-after')) > 0), 'each with 503 and Retry-After');
    assert.equal(heard.closed, null, 'who listens stays connected');
    await back();
    const begun = performance.now();
    const before = acknowledged.length;
    await until(() => acknowledged.length > before, 'writes to go on', 5_000, 10);
    await until(async () => (await Promise.all([healthy(0), healthy(1)])).every(Boolean), 'both nodes to be well', 5_000);
    t.diagnostic(`well ${(performance.now() - begun).toFixed(0)} ms after its return`);
    over = true;
    await writer;
    await until(() => events(heard, topic).some(({ data }) => data.room?.title === acknowledged.at(-1)), 'the last event on the other node', 5_000);
    const titles = events(heard, topic).map(({ data }) => data.room?.title);
    assert.deepEqual(acknowledged.filter((title) => !titles.includes(title)), [], 'every acknowledged write is in the history');
    const seqs = events(heard, topic).map((event) => event.seq);
    assert.deepEqual(seqs, seqs.map((_, i) => seq + 1 + i), 'in order, each once');
  });
}

test('accept, cancel and reject race on two nodes: one wins, the same for all', async (t) => {
  const { host, guest } = await party();
  const outcomes = { accepted: 0, cancelled: 0, rejected: 0 };
  for (let round = 0; round < 100; round++) {
    const { roomId } = await host.createRoom(`Round ${round}`, { policies: { inviteWatchersOnly: false } });
    const { invitationId } = await host.invite(roomId, guest.userId);
    const answers = await Promise.all([at(guest, 1).answer(invitationId, 'accept'), at(guest, 0).answer(invitationId, 'reject'), at(host, 0).answer(invitationId, 'cancel')]
      .map((one) => one.then((value) => value.status, (refusal) => refusal)));
    const [a, b] = await Promise.all([0, 1].map((node) => at(host, node).get(`/v1/invitations/${invitationId}`)));
    assert.equal(a.status, b.status);
    outcomes[a.status]++;
    for (const answer of answers.filter((one) => typeof one === 'string')) assert.equal(answer, a.status);
    assert.ok(answers.some((one) => typeof one === 'string'), 'somebody wins');
  }
  t.diagnostic(JSON.stringify(outcomes));
});
