// node bench/kills.mjs [--kills 1000] [--clients 200] [--writers 8] [--json FILE]
// Nodes killed (-9) one after the other under load: whether an acknowledged write is ever lost or has two effects, whether a client ever
// misses an event or hears one twice, and how soon clients go on with the other node. Two nodes, PostgreSQL with fsync, NATS, LiveKit.
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createRequire } from 'node:module';
import { User } from '../tests/support/api.mjs';
import { startNodes } from '../tests/support/nodes.mjs';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '1000' }, clients: { type: 'string', default: '200' }, writers: { type: 'string', default: '8' }, json: { type: 'string' } } });
const WebSocket = createRequire(new URL('../tests/package.json', import.meta.url))('ws');
const [kills, clientCount, writerCount] = [values.kills, values.clients, values.writers].map(Number);
const percentile = (all, share) => all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;

const cluster = await startNodes(2, { settings: ['max_connections=60'] });
let over = false;

// One listener of one room: always somewhere, and never without `since`.
class Listener {
  seqs = [];
  resumed = [];
  faults = [];
  constructor(host, roomId, node) { Object.assign(this, { host, roomId, node }); this.connect(); }
  connect() {
    const begun = this.lostAt;
    const socket = new WebSocket(`${cluster.nodes[this.node].ws}/v1/realtime?access_token=${this.host.token}`);
    this.socket = socket;
    const since = this.position && { epoch: this.position.epoch, seq: this.position.seq };
    socket.on('open', () => socket.send(JSON.stringify({ id: 's', type: 'subscribe', topic: `room/${this.roomId}`, ...(since && { since }) })));
    socket.on('message', (data) => this.hear(JSON.parse(data), begun));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (over) return;
      this.lostAt ??= performance.now();
      this.node = 1 - this.node;
      setTimeout(() => this.connect(), 20 + Math.random() * 200);
    });
  }
  hear(message, begun) {
    if (message.id === 's' && message.type === 'snapshot') {
      if (this.position) this.faults.push('a snapshot in the middle');
      this.position = { epoch: message.epoch, seq: message.seq };
    }
    if (message.id === 's' && message.type === 'resumed' && begun) { this.resumed.push(performance.now() - begun); this.lostAt = undefined; }
    if (message.type !== 'event') return;
    const { seq } = message.event;
    if (seq !== this.position.seq + 1) this.faults.push(`${seq} after ${this.position.seq}`);
    this.position.seq = seq;
  }
}

const acknowledged = new Map();  // room -> titles
let retries = 0;
async function write(host, roomId) {
  for (let n = 0; !over; n++) {
    const title = `Title ${n}`;
    for (let node = n % 2; ; node = 1 - node) {
      const user = new User(cluster.nodes[node], host);
      const answer = await user.request('PATCH', `/v1/rooms/${roomId}`, { title }, { 'idempotency-key': `${roomId}-${n}` }).catch(() => null);
      if (answer?.status === 200) break;
      retries++;
      await pause(answer ? 100 : 20);
    }
    acknowledged.get(roomId).push(title);
    await pause(10);
  }
}

const host = await User.create(cluster.nodes[0], 'Hanna');
const rooms = [];
for (let i = 0; i < writerCount; i++) rooms.push((await host.createRoom(`Room ${i}`)).roomId);
rooms.forEach((room) => acknowledged.set(room, []));
const listeners = Array.from({ length: clientCount }, (_, i) => new Listener(host, rooms[i % rooms.length], i % 2));
const writers = rooms.map((room) => write(host, room));

for (let i = 0; i < kills; i++) {
  await pause(200 + Math.random() * 300);
  const victim = i % 2;
  await cluster.nodes[victim].kill();
  await cluster.startNode(victim);
  if (i % 50 === 49) console.log(`${i + 1} kills, ${[...acknowledged.values()].flat().length} writes`);
}
await pause(1_000);
over = true;
await Promise.all(writers);

let lost = 0, doubled = 0, behind = 0;
for (const room of rooms) {
  const titles = [];
  for (let since = 0; ;) {
    const { items } = await new User(cluster.nodes[0], host).get(`/v1/rooms/${room}/events?since=${since}&limit=100`);
    if (items.length === 0) break;
    titles.push(...items.filter(({ type }) => type === 'room.updated').map(({ data }) => data.room.title));
    since = items.at(-1).seq;
    if (items.length < 100) {
      await pause(1_500);
      behind += listeners.filter((one) => one.roomId === room && one.position.seq !== since).length;
    }
  }
  lost += acknowledged.get(room).filter((title) => !titles.includes(title)).length;
  doubled += titles.length - new Set(titles).size;
}
const faults = listeners.flatMap((one) => one.faults);
const resumed = listeners.flatMap((one) => one.resumed);
const figures = { kills, clients: clientCount, writes: [...acknowledged.values()].flat().length, retries, lost, doubled, eventsLostOrDoubled: faults.length, behind,
  resumedP50Ms: Math.round(percentile(resumed, 0.5)), resumedP95Ms: Math.round(percentile(resumed, 0.95)) };
console.log(JSON.stringify(figures));
if (faults.length > 0) console.log(faults.slice(0, 10).join('\n'));
if (values.json) writeFileSync(values.json, JSON.stringify(figures, null, 2));
listeners.forEach((one) => one.socket.terminate());
await cluster.stop();
process.exit(lost + doubled + faults.length + behind > 0 ? 1 : 0);
