// node bench/chat.mjs [--viewers 5000] [--rounds 20] [--burst 10] [--near 1000] [--binary FILE] [--no-peer] [--json FILE]
// What a chat's message to many costs the server: deliveries per CPU-second in bursts and singly, how soon the last of
// a room has it, how long somebody else's request waits meanwhile, memory of an idle viewer; beside npm `ws` doing the
// same on this machine.
import { fork, spawn } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { binaryOf, repository, startServer } from '../tests/support/server.mjs';
import { tokenOf, watcherToken } from './presence_tokens.mjs';

const { values: options } = parseArgs({
  options: {
    viewers: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '20' },
    burst: { type: 'string', default: '10' },
    near: { type: 'string', default: '1000' },  // viewers of the latency
    binary: { type: 'string' },
    'no-peer': { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const viewers = Number(options.viewers), rounds = Number(options.rounds), burst = Number(options.burst), near = Number(options.near);
const binary = options.binary ?? binaryOf('costage');
const crowdBinary = process.env.COSTAGE_CHAT_CROWD ?? join(dirname(binary), 'chat_crowd');
const kWriters = 400;  // one may write once a second
const agent = new Agent({ keepAlive: true, maxSockets: 10 });

function post(url, token, body) {
  return new Promise((done, failed) => {
    const text = JSON.stringify(body);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let answer = '';
      response.on('data', (part) => { answer += part; });
      response.on('end', () => (response.statusCode < 300 ? done(JSON.parse(answer)) : failed(new Error(`POST ${url}: ${response.statusCode} ${answer}`))));
    });
    sent.on('error', failed);
    sent.end(text);
  });
}

// CPU time of all threads of a process, in s.
function cpuOf(pid) {
  const threads = readdirSync(`/proc/${pid}/task`).map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]));
  return threads.reduce((sum, ns) => sum + ns, 0) / 1e9;
}
const residentOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);  // KiB

// `count` viewers in a process that counts (chat/main.cpp says how it is spoken to).
async function gather(peer, count) {
  const child = spawn(crowdBinary, ['--port', String(peer.port), ...peer.wants], { stdio: ['pipe', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the crowd has ended');
    return JSON.parse(value);
  };
  const ask = (line) => { child.stdin.write(`${line}\n`); return next(); };
  child.stdin.write(Array.from({ length: count }, (_, n) => `${peer.target(n)}\n`).join('') + '\n');
  await next();
  return { ask, count, leave: () => new Promise((done) => { child.once('close', done); child.stdin.end(); }) };
}

const percentile = (sorted, share) => sorted[Math.floor(share * sorted.length)];

// How long the answer to a small request takes, one after another until `stop`: the sorted times in ms.
function askOften(url) {
  const one = new Agent({ keepAlive: true, maxSockets: 1 });
  const times = [];
  let stopped = false;
  const answer = () => new Promise((done, failed) => {
    request(url, { agent: one }, (response) => response.resume().once('end', done)).once('error', failed).end();
  });
  const asking = (async () => {
    while (!stopped) {
      const begun = performance.now();
      await answer();
      times.push(performance.now() - begun);
      await pause(2);
    }
  })();
  return async () => {
    stopped = true;
    await asking;
    one.destroy();
    return times.sort((a, b) => a - b);
  };
}

let written = 0;
const say = (peer, text) => post(peer.post, peer.writers[written++ % kWriters], { text });

// Messages go out `at once` together, again and again as soon as everybody has the last of them.
async function deliver(peer, crowd, atOnce) {
  const before = await crowd.ask('tally'), cpu = cpuOf(peer.pid), begun = performance.now();
  let expected = before.events;
  for (let n = 0; n < rounds; ++n) {
    expected += atOnce * crowd.count;
    const [tally] = await Promise.all([crowd.ask(`until ${expected}`), ...Array.from({ length: atOnce }, () => say(peer, `Message ${written}`))]);
    if (tally.events < expected) throw new Error(`${peer.name}: ${expected - tally.events} deliveries are missing, ${tally.closed} sockets were closed`);
    await pause(20);
  }
  const spent = cpuOf(peer.pid) - cpu;
  return { perCpuSecond: rounds * atOnce * crowd.count / spent, perSecond: rounds * atOnce * crowd.count / ((performance.now() - begun) / 1000) };
}

async function latencies(peer, crowd) {
  const kMessages = 200;
  let { events } = await crowd.ask('tally');
  await crowd.ask('latencies');
  for (let n = 0; n < kMessages; ++n) {
    events += crowd.count;
    await Promise.all([crowd.ask(`until ${events}`), say(peer, `@${process.hrtime.bigint()}@`)]);
    await pause(10);
  }
  const sorted = (await crowd.ask('latencies')).map((ns) => ns / 1e6).sort((a, b) => a - b);
  return { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), n: sorted.length };
}

async function measure(start) {
  const peer = await start();
  try {
    const some = await gather(peer, near);
    const soon = await latencies(peer, some);
    await some.leave();
    await pause(500);
    const empty = residentOf(peer.pid);
    const crowd = await gather(peer, viewers);
    await pause(1500);
    const memory = (residentOf(peer.pid) - empty) / viewers;
    const bursts = await deliver(peer, crowd, burst);
    const singly = await deliver(peer, crowd, 1);
    const stop = askOften(peer.other);
    await deliver(peer, crowd, 1);
    const waits = await stop();
    const other = { p50: percentile(waits, 0.5), p99: percentile(waits, 0.99), most: waits.at(-1), n: waits.length };
    const after = (residentOf(peer.pid) - empty) / viewers;
    await crowd.leave();
    const figures = { soon, memory, after, bursts, singly, other };
    console.log(`${peer.name}: ${JSON.stringify(figures)}`);
    return figures;
  } catch (error) {
    throw new Error(`${error.message}\n${peer.said()}`);
  } finally {
    await peer.stop();
  }
}

async function ours() {
  const server = await startServer('costage', { binary });
  const { roomId } = await post(`${server.http}/v1/rooms`, tokenOf('backend', 'Backend', { admin: true }), { title: 'Show', hostId: 'host', hostName: 'Host' });
  return {
    name: 'costage', pid: server.pid, port: server.port, stop: server.stop, said: () => `${JSON.stringify(server.exit)} ${server.output.slice(-2000)}`,
    wants: ['--hello', JSON.stringify({ id: 's', type: 'subscribe', topic: `chat/${roomId}` }), '--ready', '"type":"snapshot"'],
    target: (n) => `/v1/realtime?access_token=${watcherToken(n)}`,
    post: `${server.http}/v1/rooms/${roomId}/chat/messages`, other: `${server.http}/v1/server`,
    writers: Array.from({ length: kWriters }, (_, n) => tokenOf(`writer-${n}`)),
  };
}

async function theirs() {
  const child = fork(new URL('chat_peer.mjs', import.meta.url));
  const port = await new Promise((done, failed) => { child.once('message', done); child.once('exit', failed); });
  child.removeAllListeners('exit');
  const stop = () => new Promise((done) => { child.once('exit', done); child.kill(); });
  return { name: 'ws', pid: child.pid, port, stop, said: () => '', wants: [], target: () => '/', post: `http://127.0.0.1:${port}/`, other: `http://127.0.0.1:${port}/`, writers: Array(kWriters).fill('none') };
}

const costage = await measure(ours);
const ws = options['no-peer'] ? undefined : await measure(theirs);
const number = (value) => (value === undefined ? '-' : Number(value.toPrecision(3)).toLocaleString('en'));
function row(label, unit, pick, better) {
  const our = pick(costage), their = ws && pick(ws);
  const ratio = their === undefined ? '' : `${(better === 'more' ? our / their : their / our).toFixed(2)}x`;
  console.log([label.padEnd(58), number(our).padStart(10), number(their).padStart(10), unit.padEnd(12), ratio].join(' '));
}
console.log(`load ${loadavg().map((one) => one.toFixed(1)).join(' ')}; ratios: better by`);
console.log(['figure'.padEnd(58), 'costage'.padStart(10), 'ws'.padStart(10)].join(' '));
row(`${viewers} viewers, ${burst} at once: deliveries per CPU-second`, '', (r) => r.bursts.perCpuSecond, 'more');
row(`${viewers} viewers, ${burst} at once: deliveries per second`, '', (r) => r.bursts.perSecond, 'more');
row(`${viewers} viewers, singly: deliveries per CPU-second`, '', (r) => r.singly.perCpuSecond, 'more');
row(`${near} viewers: sent -> the last has it, p50`, 'ms', (r) => r.soon.p50, 'less');
row(`${near} viewers: sent -> the last has it, p99`, 'ms', (r) => r.soon.p99, 'less');
row(`${viewers} viewers: another request meanwhile, p50`, 'ms', (r) => r.other.p50, 'less');
row(`${viewers} viewers: another request meanwhile, p99`, 'ms', (r) => r.other.p99, 'less');
row(`memory per idle viewer`, 'KiB', (r) => r.memory, 'less');
row(`memory per viewer after the load`, 'KiB', (r) => r.after, 'less');
if (options.json) writeFileSync(options.json, JSON.stringify({ costage, ws }, null, 1));
process.exit(0);
