// The guide of several nodes, followed word by word: its files and commands, with addresses, ports and folders of this machine in the
// place of those it names.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { startNats } from '../support/nats.mjs';
import { startPostgres } from '../support/postgres.mjs';
import { apiKey, apiSecret, binaryOf, freePort, repository, startProcess, startServer, temporaryFolder } from '../support/server.mjs';
import { signClaims } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const guide = readFileSync(join(repository, 'docs/guides/17-several-nodes.md'), 'utf8');
const blocks = (language) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text]) => text);
const [alone, shared] = blocks('yaml');
const [prepare, move, start] = blocks('sh');
const [proxy] = blocks('nginx');
const nginx = '/usr/sbin/nginx';

const folder = temporaryFolder('nodes-guide');
const running = [];
let postgres, nats, livekit, ports, database;
before(async () => {
  [postgres, nats, livekit] = await Promise.all([startPostgres(['fsync=off']), startNats(), startServer('livekit')]);
  ports = { one: await freePort('tcp'), two: await freePort('tcp'), proxy: await freePort('tcp') };
  database = postgres.newDatabase();
});
after(async () => {
  for (const one of running.reverse()) await one.terminate();
  await Promise.all([postgres, nats, livekit].map((one) => one?.stop()));
  folder.remove();
});

const here = (text) => [
  ['wss://livekit.example.org', livekit.ws],
  ['apiKey: costage', `apiKey: ${apiKey}`],
  ['another-secret-of-at-least-32-characters', apiSecret],
  ['postgresql://costage@db.example.org/costage', database],
  ['nats://nats.example.org', nats.url],
  ['wss://live.example.org', `ws://127.0.0.1:${ports.proxy}`],
  ['bind: 0.0.0.0', 'bind: 127.0.0.1'],
  ['/var/lib/costage', join(folder.path, 'data')],
  ['node-1.example.org:7880', `127.0.0.1:${ports.one}`],
  ['node-2.example.org:7880', `127.0.0.1:${ports.two}`],
  ['listen 443 ssl;', `listen 127.0.0.1:${ports.proxy};`],
  [/ssl_certificate.*\n/g, ''],
].reduce((all, [from, to]) => all.replaceAll(from, to), text);

const words = (command) => here(command).trim().split(/\s+/).slice(1);
const secret = /my-app: ([^}]+)}/.exec(alone)[1];
const tokenOf = (id) => signClaims({ iss: 'my-app', sub: id, name: id, exp: Math.floor(Date.now() / 1000) + 600 }, { secret });
const userOf = (id, port) => new User({ http: `http://127.0.0.1:${port}`, ws: `ws://127.0.0.1:${port}` }, { userId: id, name: id, token: tokenOf(id) });
async function startNode(port) {
  const node = startProcess(binaryOf('costage'), [...words(start), '--port', `${port}`], { cwd: folder.path });
  running.push(node);
  await until(async () => node.exit || (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null))?.ok, () => `a node to answer: ${node.output}`);
  assert.equal(node.exit, null, node.output);
  return node;
}
const write = (name, text) => writeFileSync(join(folder.path, name), here(text));

let room, position;

test('before: one program on its own database', async () => {
  assert.match(prepare, /createdb costage\nnats-server/);
  write('costage.yaml', alone);
  const costage = await startNode(ports.one);
  const host = userOf('hanna', ports.one);
  room = await host.createRoom('Moved');
  const realtime = await host.realtime();
  position = await realtime.subscribe(`room/${room.roomId}`);
  await realtime.close();
  await host.call('PATCH', `/v1/rooms/${room.roomId}`, { title: 'Moved, and renamed' });
  await costage.terminate();
});

test('the database is moved over, and two nodes go on where it was', async () => {
  const moved = execFileSync(binaryOf('costage'), words(move), { encoding: 'utf8', cwd: folder.path });
  assert.match(moved, /1 rooms, 2 events moved and checked/);
  write('costage.yaml', shared);
  await Promise.all([ports.one, ports.two].map(startNode));
  for (const port of [ports.one, ports.two]) {
    const host = userOf('hanna', port);
    assert.equal((await host.get(`/v1/rooms/${room.roomId}`)).title, 'Moved, and renamed');
    const realtime = await host.realtime();
    const resumed = await realtime.subscribe(`room/${room.roomId}`, { epoch: position.epoch, seq: position.seq });
    assert.equal(resumed.type, 'resumed', 'a page goes on where it was');
    await realtime.event('room.updated');
    await realtime.close();
  }
});

test('behind the proxy one is enough', { skip: !existsSync(nginx) && 'SKIPPED: nginx is not installed' }, async () => {
  writeFileSync(join(folder.path, 'nginx.conf'), `daemon off; pid ${folder.path}/nginx.pid; error_log stderr; events {} http { access_log off; ${here(proxy)} }`);
  running.push(startProcess(nginx, ['-p', folder.path, '-c', 'nginx.conf']));
  const host = userOf('hanna', ports.proxy);
  await until(() => host.get('/v1/me').then(() => true, () => false), 'the proxy to answer');
  const realtime = await host.realtime();
  await realtime.subscribe(`room/${room.roomId}`);
  await running[running.length - 2].kill();
  for (let n = 0; n < 6; n++) await host.call('PATCH', `/v1/rooms/${room.roomId}`, { title: `Behind the proxy ${n}` });
  const again = await host.realtime();
  const { seq } = await again.subscribe(`room/${room.roomId}`);
  assert.equal(seq, 8);
});
