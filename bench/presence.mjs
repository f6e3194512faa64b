// node bench/presence.mjs [--watchers 100,1000,10000] [--searches 200] [--joins 1000] [--rounds 200] [--binary FILE]
// What watching costs: the picker's search, one more watcher while many watch, and how fast an invitation gets around.
import { fork } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { binaryOf, startServer } from '../tests/support/server.mjs';
import { watch } from './presence_crowd.mjs';
import { tokenOf } from './presence_tokens.mjs';

const { values: options } = parseArgs({
  options: {
    watchers: { type: 'string', default: '100,1000,10000' },
    searches: { type: 'string', default: '200' },
    joins: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '200' },
    binary: { type: 'string' },
  },
});
const kPerProcess = 4000, kRooms = 20;  // 10 invitations a minute in each
const admin = tokenOf('backend', 'Backend', { admin: true });
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

function call(server, method, path, token, body) {
  return new Promise((done, failed) => {
    const text = body ? JSON.stringify(body) : '';
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const sent = request(`${server.http}${path}`, { method, agent, headers }, (response) => {
      let answer = '';
      response.on('data', (part) => { answer += part; });
      response.on('end', () => (response.statusCode < 300 ? done(JSON.parse(answer)) : failed(new Error(`${method} ${path}: ${answer}`))));
    });
    sent.on('error', failed);
    sent.end(text);
  });
}

const newRoom = (server) => call(server, 'POST', '/v1/rooms', admin, { title: 'Show', hostId: 'host', hostName: 'Host', policies: { inviteWatchersOnly: false } });

// CPU time of all threads of the server, in ms, to the microsecond where the kernel tells it.
function cpuOf(pid) {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]));
  return threads.reduce((sum, ns) => sum + ns, 0) / 1e6;
}
const memoryOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

function figures(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(2);
  return `p50 ${at(0.5)} ms   p95 ${at(0.95)} ms   (n ${sorted.length})`;
}
const row = (label, text) => console.log(`${label.padEnd(58)} ${text}`);

async function crowd(server, topics, count) {
  const processes = [];
  const ready = [];
  for (let from = 0; from < count; from += kPerProcess) {
    const child = fork(new URL('presence_crowd.mjs', import.meta.url), { stdio: 'inherit' });
    processes.push(child);
    ready.push(new Promise((done, failed) => { child.once('message', done); child.once('exit', (code) => failed(new Error(`a crowd ended: ${code}`))); }));
    child.send({ ws: server.ws, from, to: Math.min(count, from + kPerProcess), topics });
  }
  await Promise.all(ready);
  return { leave: () => processes.forEach((child) => { child.removeAllListeners('exit'); child.kill(); }) };
}

// In one burst, so that little else happens meanwhile; with the frames that tell the others the new count. Without the
// pings of those who watch, which come around in 10 s.
async function joinCost(server, room, watchers) {
  await pause(4000);
  const quiet = cpuOf(server.pid);
  await pause(10_000);
  const idle = (cpuOf(server.pid) - quiet) / 10;
  const times = [], joined = [];
  const before = cpuOf(server.pid), begun = performance.now();
  for (let n = 0; n < Number(options.joins); ++n) {
    const one = await watch(server.ws, tokenOf(`late-${n}`), [`room/${room}`]);
    times.push(one.toSnapshot);
    joined.push(one.socket);
  }
  const seconds = (performance.now() - begun) / 1000;
  const spent = cpuOf(server.pid) - before - idle * seconds;
  row(`${watchers} watch: CPU per join with all that follows`, `${(spent / times.length).toFixed(3)} ms   (${times.length} in ${seconds.toFixed(2)} s; idle ${idle.toFixed(1)} ms/s)`);
  row(`${watchers} watch: subscribe -> snapshot`, `${figures(times)}   load ${loadavg()[0].toFixed(1)}`);
  for (const socket of joined) socket.close();
}

async function searchTimes(server, room, watchers) {
  for (const [kind, query] of [['everybody', () => ''], ['a part of a name', (n) => `number ${n % 100}`], ['one person', (n) => `WATCHER-0${1000 + n}`], ['nobody', (n) => `nobody${n}`]]) {
    const times = [];
    for (let n = 0; n < Number(options.searches); ++n) {
      const begun = performance.now();
      await call(server, 'GET', `/v1/rooms/${room}/watchers?query=${encodeURIComponent(query(n))}`, tokenOf('host'));
      times.push(performance.now() - begun);
    }
    row(`${watchers} watch: search, ${kind}`, figures(times));
  }
}

async function whileTheyWatch(watchers) {
  const server = await startServer('costage', { binary: options.binary ?? binaryOf('costage') });
  try {
    const { roomId } = await newRoom(server);
    const empty = memoryOf(server.pid), begun = performance.now();
    const all = await crowd(server, [`room/${roomId}`], watchers);
    row(`${watchers} came to watch`, `in ${((performance.now() - begun) / 1000).toFixed(1)} s, ${(1024 * (memoryOf(server.pid) - empty) / watchers).toFixed(1)} kB each, load ${loadavg()[0].toFixed(1)}`);
    await searchTimes(server, roomId, watchers);
    await joinCost(server, roomId, watchers);
    all.leave();
  } finally {
    await server.stop();
  }
}

// 1,000 are connected, and each watches every room.
async function invitationTimes() {
  const kClients = 1000;
  const server = await startServer('costage', { binary: options.binary ?? binaryOf('costage') });
  try {
    const rooms = [];
    for (let n = 0; n < kRooms; ++n) rooms.push((await newRoom(server)).roomId);
    const topics = rooms.map((room) => `room/${room}`);
    const all = await crowd(server, topics, kClients);
    let hostHears, inviteeHears;
    await watch(server.ws, tokenOf('host'), topics, (event) => { if (event.type === 'invitation.accepted') hostHears(performance.now()); });
    const invited = [], accepted = [];
    for (let n = 0; n < Number(options.rounds); ++n) {
      const guest = `guest-${n}`;
      const { socket } = await watch(server.ws, tokenOf(guest), ['me'], (event) => { if (event.type === 'invitation.created') inviteeHears(performance.now()); });
      const heard = new Promise((done) => { inviteeHears = done; });
      const answered = new Promise((done) => { hostHears = done; });
      const sent = performance.now();
      const { invitationId } = await call(server, 'POST', `/v1/rooms/${rooms[n % kRooms]}/invitations`, tokenOf('host'), { userId: guest });
      invited.push(await heard - sent);
      await pause(20);  // the crowd has read what concerns it
      const accepting = performance.now();
      await call(server, 'POST', `/v1/invitations/${invitationId}/accept`, tokenOf(guest));
      accepted.push(await answered - accepting);
      socket.close();
      await pause(20);
    }
    row(`${kClients} clients in the room: POST invitation -> invitee`, figures(invited));
    row(`${kClients} clients in the room: accept -> host`, `${figures(accepted)}   load ${loadavg()[0].toFixed(1)}`);
    all.leave();
  } finally {
    await server.stop();
  }
}

await invitationTimes();
for (const watchers of options.watchers.split(',').map(Number)) await whileTheyWatch(watchers);
process.exit(0);
