// node bench/state.mjs [--against BINARY] [--seconds 5] [--rounds 200] [--watchers 10,1000,9000]
// What the state of rooms costs: durable writes per second, from accepting to the event at the host, and a join while
// others watch. With --against the same of another build of the program, in turn, and the ratios.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { apiKey, apiSecret, binaryOf, repository, startServer } from '../tests/support/server.mjs';

const { values: options } = parseArgs({
  options: {
    against: { type: 'string' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '200' },
    watchers: { type: 'string', default: '10,1000,9000' },
  },
});
const { WebSocket } = createRequire(join(repository, 'tests/package.json'))('ws');
const kConnections = 64;
const kJoins = 200;

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
function tokenOf(sub, claims = {}) {
  const text = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64({ iss: apiKey, sub, name: sub, exp: Math.floor(Date.now() / 1000) + 3600, ...claims })}`;
  return `${text}.${createHmac('sha256', apiSecret).update(text).digest('base64url')}`;
}
const admin = tokenOf('backend', { admin: true });

const agent = new Agent({ keepAlive: true, maxSockets: kConnections });
const call = (server, method, path, token, body) => new Promise((done, failed) => {
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

const newRoom = (server, host) => call(server, 'POST', '/v1/rooms', admin, { title: 'Show', hostId: host, metadata: { filling: 'x'.repeat(1000) }, policies: { inviteWatchersOnly: false } });

// Titles changed by many at once, in a room each.
async function writesPerSecond(server) {
  const rooms = await Promise.all(Array.from({ length: kConnections }, (_, i) => newRoom(server, `host${i}`)));
  const until = performance.now() + 1000 * Number(options.seconds);
  let count = 0;
  await Promise.all(rooms.map(async ({ roomId }) => {
    for (let n = 0; performance.now() < until; ++n, ++count) await call(server, 'PATCH', `/v1/rooms/${roomId}`, admin, { title: `Show ${n}` });
  }));
  return count / Number(options.seconds);
}

function subscribed(server, token, topic, onEvent = () => {}) {
  return new Promise((done, failed) => {
    const socket = new WebSocket(`${server.http.replace('http', 'ws')}/v1/realtime?access_token=${token}`);
    socket.onerror = () => failed(new Error('a WebSocket failed'));
    socket.onopen = () => socket.send(JSON.stringify({ id: 1, type: 'subscribe', topic }));
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === 'snapshot') done(socket);
      if (message.type === 'event') onEvent(message.event);
    };
  });
}

async function acceptToEvent(server) {
  let heard;
  const times = [];
  for (let n = 0; n < Number(options.rounds); ++n) {
    const [host, guest] = [`host-${n}`, `guest-${n}`];
    const { roomId } = await newRoom(server, host);
    await call(server, 'GET', '/v1/me', tokenOf(guest));
    const socket = await subscribed(server, tokenOf(host), `room/${roomId}`, (event) => { if (event.type === 'invitation.accepted') heard(performance.now()); });
    const { invitationId } = await call(server, 'POST', `/v1/rooms/${roomId}/invitations`, tokenOf(host), { userId: guest });
    const at = new Promise((done) => { heard = done; });
    const begun = performance.now();
    await call(server, 'POST', `/v1/invitations/${invitationId}/accept`, tokenOf(guest));
    times.push(await at - begun);
    socket.close();
  }
  times.sort((a, b) => a - b);
  return [times[Math.floor(times.length / 2)], times[Math.floor(times.length * 0.99)]];
}

// Of the server's process, in ms.
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

// CPU time of the server for one more who comes to watch and goes again, while so many watch.
async function joinCost(server, watchers) {
  const { roomId } = await newRoom(server, 'host');
  const sockets = [];
  const kAtOnce = 100;
  while (sockets.length < watchers)
    sockets.push(...await Promise.all(Array.from({ length: Math.min(kAtOnce, watchers - sockets.length) }, (_, i) =>
      subscribed(server, tokenOf(`viewer-${sockets.length + i}`), `room/${roomId}`))));
  await new Promise((done) => setTimeout(done, 1500));
  const idle = cpuOf(server.pid);
  await new Promise((done) => setTimeout(done, 1000));
  const perSecond = cpuOf(server.pid) - idle;
  const before = cpuOf(server.pid), begun = performance.now();
  for (let n = 0; n < kJoins; ++n) (await subscribed(server, tokenOf(`guest-${n}`), `room/${roomId}`)).close();
  const spent = cpuOf(server.pid) - before - perSecond * (performance.now() - begun) / 1000;
  for (const socket of sockets) socket.close();
  return spent / kJoins;
}

async function measure(binary) {
  const figures = {};
  const within = async (use) => {
    const server = await startServer('costage', { binary });
    try { return await use(server); } finally { await server.stop(); }
  };
  figures['durable writes per second'] = await within(writesPerSecond);
  [figures['accept -> event at the host, p50 ms'], figures['... p99 ms']] = await within(acceptToEvent);
  for (const count of options.watchers.split(',').map(Number))
    figures[`CPU of a join with ${count} watchers, ms`] = await within((server) => joinCost(server, count));
  return figures;
}

const own = await measure(binaryOf('costage'));
const other = options.against ? await measure(options.against) : undefined;
for (const [name, value] of Object.entries(own)) {
  const beside = other ? `   against ${other[name].toFixed(2)}   ratio ${(value / other[name]).toFixed(2)}` : '';
  console.log(`${name.padEnd(44)} ${value.toFixed(2)}${beside}`);
}
process.exit(0);
