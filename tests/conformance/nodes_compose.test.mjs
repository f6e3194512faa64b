// deploy/compose without containers: its nodes, started as compose.yaml says, and its proxy, with addresses and ports of this machine in
// the place of those it names.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { dispose } from '../interop/rtc_node.mjs';
import { User } from '../support/api.mjs';
import { startNats } from '../support/nats.mjs';
import { startPostgres } from '../support/postgres.mjs';
import { binaryOf, freePort, repository, startProcess, temporaryFolder } from '../support/server.mjs';
import { signClaims } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';
import { Person } from './show.mjs';

const nginx = '/usr/sbin/nginx';
const skip = !existsSync(nginx) && 'SKIPPED: nginx is not installed';
const file = (name) => readFileSync(join(repository, 'deploy/compose', name), 'utf8');
const compose = parse(file('compose.yaml'), { merge: true });
const folder = temporaryFolder('compose');
const secret = 'a-secret-of-this-test-with-32-characters';

// Clients bind no socket to loopback.
const ownAddress = () => Object.values(networkInterfaces()).flat().find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';

const running = new Map();
let postgres, nats, ports, here;
before(async () => {
  if (skip) return;
  [postgres, nats] = await Promise.all([startPostgres(['fsync=off']), startNats()]);
  const database = postgres.newDatabase();
  const port = await Promise.all(Array.from({ length: 5 }, () => freePort('tcp')));
  const media = await Promise.all([freePort('udp'), freePort('udp')]);
  ports = { 'node-1': port[0], 'node-2': port[1], proxy: port[2] };
  const replaced = [
    [/postgresql:\/\/costage:\$\{DATABASE_SECRET\}@postgres\/costage/g, database],
    [/nats:\/\/nats\b/g, nats.url],
    ['${APP_SECRET}', secret],
    ['${PUBLIC_ADDRESS}', ownAddress()],
    ['wss://${DOMAIN}', `ws://127.0.0.1:${ports.proxy}`],
    ['/etc/costage.yaml', join(folder.path, 'costage.yaml')],
    ['7882', `${media[0]}`], ['7881', `${port[3]}`], ['7892', `${media[1]}`], ['7891', `${port[4]}`],
    ['node-1:7880', `127.0.0.1:${ports['node-1']}`],
    ['node-2:7880', `127.0.0.1:${ports['node-2']}`],
    [/server \{\n\s+listen 80;[\s\S]*?\n {2}\}/, ''],
    ['listen 443 ssl;', `listen 127.0.0.1:${ports.proxy};`],
    [/ssl_certificate.*\n/g, ''],
  ];
  here = (text) => replaced.reduce((all, [from, to]) => all.replaceAll?.(from instanceof RegExp && !from.flags.includes('g') ? new RegExp(from, 'g') : from, to), text);
  writeFileSync(join(folder.path, 'costage.yaml'), here(file('costage.yaml')));
  writeFileSync(join(folder.path, 'nginx.conf'), `daemon off; pid ${folder.path}/nginx.pid; error_log stderr;\n${here(file('nginx.conf')).replace('http {', 'http { access_log off;')}`);
  await Promise.all(['node-1', 'node-2'].map(startNode));
  running.set('proxy', startProcess(nginx, ['-p', folder.path, '-c', 'nginx.conf']));
});
after(async () => {
  await dispose();
  await running.get('proxy')?.terminate();  // it ends its workers
  for (const one of running.values()) await one.kill();
  await Promise.all([postgres?.stop(), nats?.stop()]);
  folder.remove();
});

async function startNode(name) {
  const { command, environment } = compose.services[name];
  const env = Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, here(value)]));
  const node = startProcess(binaryOf('costage'), [...command.map(here), '--port', `${ports[name]}`], { env: { ...process.env, ...env } });
  running.set(name, node);
  await until(async () => node.exit || (await fetch(`http://127.0.0.1:${ports[name]}/healthz`).catch(() => null))?.ok, () => `${name} to answer: ${node.output}`);
  assert.equal(node.exit, null, node.output);
}
const person = (id) => {
  const token = signClaims({ iss: 'app', sub: id, name: id, exp: Math.floor(Date.now() / 1000) + 600 }, { secret });
  return new Person(new User({ http: `http://127.0.0.1:${ports.proxy}`, ws: `ws://127.0.0.1:${ports.proxy}` }, { userId: id, name: id, token }));
};

test('the files are what their programs read', { skip }, () => {
  assert.deepEqual(Object.keys(compose.services).sort(), ['nats', 'node-1', 'node-2', 'postgres', 'proxy']);
  execFileSync(nginx, ['-t', '-p', folder.path, '-c', 'nginx.conf'], { stdio: 'pipe' });
  const wanted = file('compose.yaml').match(/\$\{(\w+)\}/g).map((one) => one.slice(2, -1));
  for (const name of wanted) assert.match(file('example.env'), new RegExp(`^${name}=`, 'm'), `${name} is explained`);
});

test('a show by way of the proxy, and on when its node dies', { skip }, async () => {
  const [host, viewer] = [person('hanna'), person('vera')];
  await until(() => Promise.all([host, viewer].map((one) => one.user.get('/v1/me'))).then(() => true, () => false), 'the proxy to answer');
  const { roomId } = await host.user.createRoom('By compose');
  const { url } = await host.goOnAir(roomId);
  const carrier = /\/(node-\d)$/.exec(url)[1];
  await until(async () => (await host.user.get(`/v1/rooms/${roomId}`)).status === 'live', 'the show to be on');
  await viewer.watch(roomId);
  const heard = await viewer.listen(host);
  await until(() => heard.frames > 20, 'the host to be heard');
  await running.get(carrier).kill();
  const ask = (work) => until(() => work().catch(() => null), 'an answer', 5_000);
  await until(async () => (await ask(() => host.user.get(`/v1/rooms/${roomId}`))).mediaEpoch === 2, 'the other node to have the show', 9_000);
  await Promise.all([host, viewer].map((one) => one.hangUp()));
  assert.notEqual((await host.goOnAir(roomId)).url, url);
  await viewer.watch(roomId);
  const again = await viewer.listen(host);
  await until(() => again.frames > 20, 'the host to be heard again');
  await Promise.all([host, viewer].map((one) => one.hangUp()));
});
