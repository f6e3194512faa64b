// node bench/run.mjs [--viewers 1,10,100,300] [--seconds 10] [--rounds 20] [--repeats 1] [--no-browser] [--no-node] [--no-go] [--json FILE]
// The same load on this server and on a real LiveKit server, in turn, on loopback; prints a table with ratios.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { acceptToFirstFrame, joinToFirstFrame } from '../tests/e2e/figures.mjs';
import { versions } from '../tests/interop/rtc_node.mjs';
import { goClientOrWhyNot, livekitOrWhyNot } from '../tests/support/go.mjs';
import { binaryOf, canStart, repository, startServer } from '../tests/support/server.mjs';
import { measureGoSdk } from './go_sdk.mjs';
import { mediaRows } from './media_rows.mjs';

const run = promisify(execFile);
const { values: options } = parseArgs({
  options: {
    viewers: { type: 'string', default: '1,10,100,300' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '20' },
    repeats: { type: 'string', default: '1' },  // of the rows of media_rows.mjs, which are medians
    'no-browser': { type: 'boolean', default: false },
    'no-node': { type: 'boolean', default: false },
    'no-go': { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const loadgen = process.env.COSTAGE_LOADGEN ?? join(repository, 'build/release/loadgen');

async function load(kind, scenario, args) {
  const server = await startServer(kind, { iceLite: true });
  try {
    const target = ['--port', server.port, '--server-pid', server.pid, scenario, ...args].map(String);
    const { stdout } = await run(loadgen, target, { timeout: 300_000 });
    return JSON.parse(stdout);
  } finally {
    await server.stop();
  }
}

async function withServer(kind, measure) {
  const server = await startServer(kind);
  try {
    return await measure(server);
  } finally {
    await server.stop();
  }
}

function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => Math.round(10 * sorted[Math.round(share * (sorted.length - 1))]) / 10;
  return { p50: at(0.5), p95: at(0.95), n: sorted.length };
}

// Each row: label, unit, figure of one server; `better` says which direction is.
const rows = [];
function row(label, unit, figures, better) {
  rows.push({ label, unit, better, ...figures });
  const ratio = better === 'more' ? figures.costage / figures.livekit : figures.livekit / figures.costage;
  const number = (value) => (value === undefined ? '-' : Number(value.toPrecision(4)).toLocaleString('en'));
  console.log([label.padEnd(50), number(figures.costage).padStart(12), number(figures.livekit).padStart(12), unit.padEnd(14),
    Number.isFinite(ratio) ? `${ratio.toFixed(2)}x` : ''].join(' '));
}

async function both(kinds, measure) {
  const results = {};
  for (const kind of kinds) {
    results[kind] = await measure(kind).catch((error) => {
      console.log(`FAILED on ${kind}: ${error.message.split('\n').slice(0, 2).join(' ')}`);
      process.exitCode = 1;
    });
  }
  return (pick) => Object.fromEntries(kinds.filter((kind) => results[kind]).map((kind) => [kind, pick(results[kind])]));
}

const missing = await livekitOrWhyNot();
if (missing) console.log(`SKIPPED: no figures of a LiveKit server, ${missing}`);
const kinds = [...(missing ? [] : ['livekit']), 'costage'].filter(canStart);
if (!kinds.length) throw new Error(`there is no ${binaryOf('costage')}; build it first`);

const { model } = cpus()[0];
console.log(`${cpus().length} x ${model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}, Node ${process.version}`);
console.log('loopback; load generator and server share the machine; one publisher with VP8 1.19 Mbit/s and Opus\n');
console.log(['figure'.padEnd(50), 'costage'.padStart(12), 'LiveKit'.padStart(12), 'unit'.padEnd(14), 'better by'].join(' '));

for (const viewers of options.viewers.split(',').map(Number)) {
  const args = ['--viewers', viewers, '--seconds', options.seconds];
  const figures = await both(kinds, (kind) => load(kind, 'fanout', args));
  const people = `${viewers} viewer${viewers === 1 ? '' : 's'}`;
  row(`forwarded per CPU-second, ${people}`, 'packets', figures((r) => r.packetsPerCpuSecond), 'more');
  row(`server CPU per forwarded packet, ${people}`, 'us', figures((r) => r.microsecondsPerPacket), 'less');
  row(`lost, ${people}`, 'per million', figures((r) => (1e6 * r.lost) / (r.packets + r.lost)), 'less');
  row(`memory per viewer, ${people}`, 'KiB', figures((r) => (r.loadedKib - r.idleKib) / viewers), 'less');
  if (viewers === 1) row('memory, idle', 'KiB', figures((r) => r.idleKib), 'less');
}

await mediaRows({ kinds, load, both, row, seconds: options.seconds, repeats: Number(options.repeats) });

const joins = await both(kinds, (kind) => load(kind, 'joins', ['--rounds', options.rounds]));
row('join to first packet, p50', 'ms', joins((r) => r.joinToFirstPacketMs.p50), 'less');
row('join to first packet, p95', 'ms', joins((r) => r.joinToFirstPacketMs.p95), 'less');
row('join to first packets of audio and video, p50', 'ms', joins((r) => r.joinToBothTracksMs.p50), 'less');

const stage = await both(kinds, (kind) => load(kind, 'stage', ['--rounds', options.rounds]));
row('promotion to first packet at another viewer, p50', 'ms', stage((r) => r.promotionToFirstPacketMs.p50), 'less');
row('promotion to first packet at another viewer, p95', 'ms', stage((r) => r.promotionToFirstPacketMs.p95), 'less');
row('removal to last packet, p50', 'ms', stage((r) => r.removalToLastPacketMs.p50), 'less');
row('removal to last packet, p95', 'ms', stage((r) => r.removalToLastPacketMs.p95), 'less');

if (!options['no-browser']) {
  const frames = await both(kinds, (kind) => withServer(kind, async (server) => summary(await joinToFirstFrame(server, 8))));
  row('Chromium: join to first remote frame, p50', 'ms', frames((r) => r.p50), 'less');
  row('Chromium: join to first remote frame, p95', 'ms', frames((r) => r.p95), 'less');
  const accepted = await both(kinds.filter((kind) => kind === 'costage'),
    (kind) => withServer(kind, async (server) => summary(await acceptToFirstFrame(server, 5))));
  row('Chromium: accept to co-host\'s first frame, p50', 'ms', accepted((r) => r.p50), 'less');
}

// Each version in a process of its own, as a process loads one.
async function nodeSdk(version, path) {
  const script = join(repository, 'bench/rtc_node.mjs');
  const measure = async (server) => {
    const env = { ...process.env, COSTAGE_RTC_NODE: version };
    const { stdout } = await run(process.execPath, [script, server.ws, options.rounds], { env, timeout: 300_000 });
    return JSON.parse(stdout.trim().split('\n').at(-1));
  };
  const figures = await both(kinds, (kind) => withServer(kind, measure));
  for (const [name, label] of Object.entries({ joins: 'join to first picture', promotions: 'promotion to first picture' }))
    for (const at of ['p50', 'p95']) row(`Node SDK ${path}: ${label}, ${at}`, 'ms', figures((r) => summary(r[name])[at]), 'less');
}

if (!options['no-node']) for (const [i, version] of versions.entries()) await nodeSdk(version, `v${i}`);

async function goSdk(path, single) {
  const figures = await both(kinds, (kind) => withServer(kind, (server) => measureGoSdk(server, single, Number(options.rounds))));
  for (const [name, label] of Object.entries({ joins: 'join to first packet', bothTracks: 'join to first packets of both tracks',
    promotions: 'promotion to first packet', removals: 'removal to last packet' })) {
    for (const at of ['p50', 'p95']) row(`Go SDK ${path}: ${label}, ${at}`, 'ms', figures((r) => summary(r[name])[at]), 'less');
  }
}

if (!options['no-go']) {
  const why = await goClientOrWhyNot();
  if (why) console.log(`SKIPPED: no figures of the Go SDK, ${why}`);
  for (const [path, single] of why ? [] : [['v0', false], ['v1', true]]) await goSdk(path, single);
}

if (options.json) writeFileSync(options.json, JSON.stringify({ machine: { cpus: cpus().length, model, kernel: release() }, rows }, null, 1));
