// node bench/run.mjs [--viewers 1,10,100,300] [--seconds 10] [--rounds 20] [--repeats 1] [--no-browser] [--json FILE]
// The same load on this server and on a real LiveKit server, in turn, on loopback; prints a table with ratios.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { acceptToFirstFrame, joinToFirstFrame } from '../tests/e2e/figures.mjs';
import { binaryOf, canStart, repository, startServer } from '../tests/support/server.mjs';
import { mediaRows } from './media_rows.mjs';

const run = promisify(execFile);
const { values: options } = parseArgs({
  options: {
    viewers: { type: 'string', default: '1,10,100,300' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '20' },
    repeats: { type: 'string', default: '1' },  // of the rows of media_rows.mjs, which are medians
    'no-browser': { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const loadgen = process.env.COSTAGE_LOADGEN ?? join(repository, 'build/release/loadgen');
const livekitModule = 'github.com/livekit/livekit-server/cmd/server@v1.13.5';

async function livekitOrWhyNot() {
  if (canStart('livekit')) return null;
  const go = ['/usr/local/go/bin/go', '/usr/bin/go'].find(existsSync);
  if (!go) return `there is no Go to build ${livekitModule} with`;
  const folder = join(repository, 'build/peers');
  mkdirSync(folder, { recursive: true });
  console.log(`building ${livekitModule} into build/peers, once; this takes two minutes`);
  const env = { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'auto' };
  const failed = await run(go, ['install', livekitModule], { env, timeout: 900_000 }).then(() => null, (e) => e);
  if (failed) return `${livekitModule} does not build: ${failed.message.split('\n').slice(0, 3).join(' ')}`;
  renameSync(join(folder, 'server'), binaryOf('livekit'));
  return null;
}

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

async function inBrowser(kind, measure) {
  const server = await startServer(kind);
  try {
    return summary(await measure(server));
  } finally {
    await server.stop();
  }
}

function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.round(share * (sorted.length - 1))]);
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
  const frames = await both(kinds, (kind) => inBrowser(kind, (server) => joinToFirstFrame(server, 8)));
  row('Chromium: join to first remote frame, p50', 'ms', frames((r) => r.p50), 'less');
  row('Chromium: join to first remote frame, p95', 'ms', frames((r) => r.p95), 'less');
  const accepted = await both(kinds.filter((kind) => kind === 'costage'),
    (kind) => inBrowser(kind, (server) => acceptToFirstFrame(server, 5)));
  row('Chromium: accept to co-host\'s first frame, p50', 'ms', accepted((r) => r.p50), 'less');
}

if (options.json) writeFileSync(options.json, JSON.stringify({ machine: { cpus: cpus().length, model, kernel: release() }, rows }, null, 1));
