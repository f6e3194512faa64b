// Starts the server under test on free loopback ports with a temporary data folder, and ends it again.
// COSTAGE_TEST_SERVER=livekit runs a real LiveKit server instead (binary in COSTAGE_LIVEKIT): what passes there is
// known to be a fair demand.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startFaultProxy } from './fault_proxy.mjs';
import { startLivekitCluster } from './livekit_cluster.mjs';
import { databaseFor } from './postgres.mjs';
import { until } from './wait.mjs';

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const apiKey = 'devkey';
export const apiSecret = 'secret';
export const testedServer = process.env.COSTAGE_TEST_SERVER ?? 'costage';
// COSTAGE_TEST_ENGINE=livekit: costage with a LiveKit server of its own behind it, one for each that is started; =cluster: with two of
// them that share a Redis, behind a load balancer.
export const testedEngine = process.env.COSTAGE_TEST_ENGINE ?? 'embedded';

// COSTAGE_TEST_DATABASE=postgres: costage on a PostgreSQL server of the test's own.
const testedDatabase = process.env.COSTAGE_TEST_DATABASE ?? 'embedded';

const costageBinary = process.env.COSTAGE_BINARY ?? join(repository, 'build/release/costage');
const livekitBinary = process.env.COSTAGE_LIVEKIT ?? join(repository, 'build/peers/livekit-server');

// Without it the program looks for the studio's files beside itself.
export const webOption = process.env.COSTAGE_WEB ? ['--web', process.env.COSTAGE_WEB] : [];

export function binaryOf(kind = testedServer) {
  return kind === 'livekit' ? livekitBinary : costageBinary;
}

export function canStart(kind) {
  return existsSync(binaryOf(kind));
}

function bindable(kind, port) {
  return new Promise((done) => {
    const socket = kind === 'udp' ? createSocket('udp4') : createServer();
    socket.once('error', () => done(false));
    const opened = () => socket.close(() => done(true));
    if (kind === 'udp') socket.bind(port, '127.0.0.1', opened);
    else socket.listen(port, '127.0.0.1', opened);
  });
}

// Below the range from which the kernel takes ports for outgoing connections, so that none is lost between this look
// and the server's start. Every fourth: media loops, two at most, have those behind it.
const ranges = { tcp: [27300, 27500], udp: [27500, 27600] };
const given = new Set();  // to servers that may not have begun to listen yet
export async function freePort(kind) {
  const [from, to] = ranges[kind];
  for (let attempt = 0; attempt < 200; ++attempt) {
    const port = from + 4 * Math.floor(Math.random() * (to - from) / 4);
    if (given.has(port)) continue;
    given.add(port);
    setTimeout(() => given.delete(port), 3_000).unref();
    const all = await Promise.all([port, port + 1, port + 2].map((one) => bindable(kind, one)));
    if (all.every(Boolean)) return port;
  }
  throw new Error(`no free ${kind} port in ${from}..${to}`);
}

export function temporaryFolder(purpose) {
  const path = mkdtempSync(join(tmpdir(), `costage-${purpose}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

// costage takes its webhooks from a configuration file only.
function webhookOption(folder, urls) {
  if (!urls) return [];
  const file = join(folder, 'webhooks.yaml');
  writeFileSync(file, `livekit: {webhooks: ${JSON.stringify(urls)}}\n`);
  return ['--config', file];
}

async function commandFor(kind, folder, extra) {
  const port = extra.port ?? (await freePort('tcp'));
  const mediaPort = extra.mediaPort ?? (await freePort('udp'));
  if (kind === 'costage') {
    const args = ['--dev', '--port', port, '--media-port', mediaPort, '--data', folder, ...(extra.web ? ['--web', extra.web] : webOption),
      ...webhookOption(folder, extra.webhooks), ...(extra.args ?? [])];
    return { port, mediaPort, args: args.map(String) };
  }
  const config = join(folder, 'livekit.yaml');
  const lines = [`port: ${port}`, 'bind_addresses: [127.0.0.1]', 'rtc:', `  udp_port: ${mediaPort}`, '  tcp_port: 0',
    '  node_ip: 127.0.0.1', '  enable_loopback_candidate: true', '  ips: {includes: [127.0.0.1/32]}',
    `  use_ice_lite: ${extra.iceLite ?? false}`, 'logging: {level: warn}'];
  if (extra.redis) lines.push(`redis: {address: '${extra.redis}'}`, "ingress: {rtmp_base_url: 'rtmp://127.0.0.1:1935/live', whip_base_url: 'http://127.0.0.1:8080/w'}");
  if (extra.webhooks) lines.push(`webhook: {api_key: ${apiKey}, urls: ${JSON.stringify(extra.webhooks)}}`);
  writeFileSync(config, lines.join('\n') + '\n');
  return { port, mediaPort, args: ['--dev', '--config', config] };
}

// A running program: its output, its end, and the two ways to end it.
export function startProcess(binary, args, options = {}) {
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const running = { child, pid: child.pid, output: '', exit: null };
  const keep = (chunk) => (running.output = (running.output + chunk).slice(-200_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  running.ended = new Promise((done) => {
    const finish = (code, signal) => done((running.exit ??= { code, signal }));
    child.once('error', (error) => { keep(String(error)); finish(null, 'error'); });
    child.once('close', finish);
  });
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  running.ended.then(() => process.removeListener('exit', killAtExit));
  running.kill = () => { child.kill('SIGKILL'); return running.ended; };
  running.terminate = () => {
    child.kill('SIGTERM');
    const last = setTimeout(() => child.kill('SIGKILL'), 10_000);
    return running.ended.finally(() => clearTimeout(last));
  };
  return running;
}

async function answers(url) {
  const response = await fetch(url).catch(() => null);
  await response?.arrayBuffer();
  return response?.ok ?? false;
}

// Where a LiveKit server tells costage what happens.
const webhookPath = '/v1/media/webhook';

// A LiveKit server or cluster for the costage that will listen on `port`: the environment that names it, and its end. With `faults` what
// the two say to each other passes `api` and `hooks` (support/fault_proxy).
async function startEngine(kind, port, { faults }) {
  const own = `http://127.0.0.1:${port}`;
  const hooks = faults && await startFaultProxy(own);
  const webhooks = [(hooks?.http ?? own) + webhookPath];
  const livekit = await (kind === 'cluster' ? startLivekitCluster({ webhooks }) : startServer('livekit', { webhooks }));
  const api = faults && await startFaultProxy(livekit.http);
  const env = { COSTAGE_MEDIA_ENGINE: 'livekit', COSTAGE_MEDIA_URL: livekit.ws, COSTAGE_MEDIA_API_KEY: apiKey, COSTAGE_MEDIA_API_SECRET: apiSecret,
    ...(api && { COSTAGE_MEDIA_API_URL: api.http }) };
  const engine = { livekit, api, hooks };
  return { engine, env, stop: () => Promise.all([engine.livekit.stop(), api?.stop(), hooks?.stop()]) };
}

// extra: {binary, port, mediaPort, data, database, web, args, env, iceLite, redis, webhooks, engine, faults}; `data` names a folder that outlives the server, `iceLite`
// and `redis` concern LiveKit only, `webhooks` are the URLs that are told what happens.
export async function startServer(kind = testedServer, extra = {}) {
  const engine = kind === 'costage' ? (extra.engine ?? testedEngine) : 'none';
  if (engine === 'livekit' || engine === 'cluster') return startWithEngine(engine, extra);
  const folder = extra.data ? { path: extra.data, remove() {} } : temporaryFolder('test');
  const command = await commandFor(kind, folder.path, extra);
  const database = kind === 'costage' && (extra.database ?? testedDatabase) === 'postgres' && { COSTAGE_DATABASE: await databaseFor(folder.path) };
  const server = startProcess(extra.binary ?? binaryOf(kind), command.args, { env: { ...process.env, ...database, ...extra.env } });
  const http = `http://127.0.0.1:${command.port}`;
  const health = kind === 'costage' ? `${http}/healthz` : http;
  await until(async () => server.exit !== null || (await answers(health)), `${kind} to answer`, 20_000);
  if (server.exit !== null) throw new Error(`${kind} ended at its start: ${server.output}`);
  const stop = async () => { const exit = await server.terminate(); folder.remove(); return exit; };
  return Object.assign(server, { kind, http, ws: http.replace('http', 'ws'), ...command, data: folder.path, stop });
}

async function startWithEngine(kind, extra) {
  const port = extra.port ?? (await freePort('tcp'));
  const { engine, env, stop: stopEngine } = await startEngine(kind, port, extra);
  const server = await startServer('costage', { ...extra, port, engine: 'embedded', env: { ...env, ...extra.env } }).catch(async (cause) => {
    await stopEngine();
    throw cause;
  });
  const { stop } = server;
  return Object.assign(server, { ...engine, engineEnv: env, stop: async () => { const exit = await stop(); await stopEngine(); return exit; } });
}

// The server of this test run: the one that the runner started, or an own one when a test file is run alone.
export async function sharedServer() {
  const http = process.env.COSTAGE_TEST_URL;
  if (!http) return startServer();
  return { kind: testedServer, http, ws: http.replace('http', 'ws'), stop: async () => {} };
}
