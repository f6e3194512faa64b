// The program as operators meet it: bad starts, SIGTERM, kill -9.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import WebSocket from 'ws';
import { User } from '../support/api.mjs';
import { binaryOf, freePort, startProcess, startServer, temporaryFolder, webOption } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { eventOf, until } from '../support/wait.mjs';

async function failsToStart(args, env = {}) {
  const started = startProcess(binaryOf('costage'), [...args, ...webOption].map(String), { env: { ...process.env, ...env } });
  await until(() => started.exit !== null, `the program to give up: ${args.join(' ')}`, 10_000);
  const lines = started.output.trim().split('\n');
  assert.equal(started.exit.code, 1, started.output);
  assert.equal(lines.length, 1, `one sentence, not: ${started.output}`);
  return lines[0];
}

async function ports() {
  return { port: await freePort('tcp'), mediaPort: await freePort('udp') };
}

test('a port in use is one sentence and exit code 1', async () => {
  const folder = temporaryFolder('ports');
  const { port, mediaPort } = await ports();
  const other = createServer().listen(port, '127.0.0.1');
  await eventOf(other, 'listening');
  const said = await failsToStart(['--dev', '--port', port, '--media-port', mediaPort, '--data', folder.path]);
  assert.match(said, new RegExp(`${port}`));
  assert.match(said, /in use/);
  other.close();
  folder.remove();
});

test('a folder that cannot be written is one sentence and exit code 1', async () => {
  const folder = temporaryFolder('folder');
  const file = join(folder.path, 'not-a-folder');
  writeFileSync(file, '');
  const { port, mediaPort } = await ports();
  const start = (data) => failsToStart(['--dev', '--port', port, '--media-port', mediaPort, '--data', data]);
  assert.ok((await start(join(file, 'data'))).includes(file));
  if (process.getuid() !== 0) {  // root may write everywhere
    const closed = join(folder.path, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    assert.ok((await start(closed)).includes(closed));
  }
  folder.remove();
});

test('no key, a short secret, a key without form: one sentence and exit code 1', async () => {
  const folder = temporaryFolder('keys');
  const { port, mediaPort } = await ports();
  const args = ['--port', port, '--media-port', mediaPort, '--data', folder.path];
  assert.match(await failsToStart(args, { COSTAGE_KEYS: undefined }), /key/i);
  assert.match(await failsToStart(args, { COSTAGE_KEYS: 'mine: short' }), /mine/);
  assert.match(await failsToStart(args, { COSTAGE_KEYS: 'rubbish' }), /COSTAGE_KEYS/);
  folder.remove();
});

test('an unknown option and a missing configuration file: one sentence and exit code 1', async () => {
  assert.match(await failsToStart(['--nonsense']), /nonsense/);
  assert.match(await failsToStart(['--config', '/nowhere/costage.yaml']), /\/nowhere\/costage\.yaml/);
});

test('--dev listens on loopback only', async () => {
  const { port, mediaPort } = await ports();
  assert.match(await failsToStart(['--dev', '--bind', '0.0.0.0', '--port', port, '--media-port', mediaPort]), /loopback/);
});

for (const [bind, link] of [['localhost', '127.0.0.1'], ['::1', '[::1]']]) {
  test(`--bind ${bind} is taken, and its links work as they are printed`, async (t) => {
    if (bind === '::1' && !networkInterfaces().lo?.some(({ address }) => address === '::1')) return t.skip('this machine has no IPv6');
    const folder = temporaryFolder('bind');
    const { port, mediaPort } = await ports();
    const server = startProcess(binaryOf('costage'), ['--dev', '--bind', bind, '--port', port, '--media-port', mediaPort, '--data', folder.path, ...webOption].map(String));
    await until(() => server.exit !== null || /is ready/.test(server.output), 'the links');
    const [printed] = /http:\/\/\S+/.exec(server.output) ?? [];
    assert.ok(printed?.startsWith(`http://${link}:${port}/`), server.output);
    assert.equal((await fetch(new URL('/healthz', printed))).status, 200);
    assert.match(server.output, new RegExp(`ws://${link.replace(/[[\]]/g, '\\$&')}:${port}`));
    await server.terminate();
    folder.remove();
  });
}

async function startShow(server) {
  const [host, guest] = [await User.create(server, 'Hanna'), await User.create(server, 'Cosmo')];
  const { roomId } = await host.createRoom('Kept', { policies: { inviteWatchersOnly: false, invitationTtlSeconds: 300 } });
  return { host, guest, roomId };
}

test('SIGTERM: clients are told, and the program ends within 5 s with exit code 0', async () => {
  const server = await startServer('costage');
  const { guest, roomId } = await startShow(server);
  const realtime = await guest.watch(roomId);
  const livekit = new WebSocket(`${server.ws}/rtc?access_token=${await joinToken(newRoomName(), 'ada')}&protocol=16`);
  const messages = [];
  livekit.on('message', (data) => messages.push(data));
  await until(() => messages.length > 0, 'the join');
  const closed = eventOf(livekit, 'close');
  const asked = performance.now();
  const exit = await server.stop();
  assert.ok(performance.now() - asked < 5000, `took ${performance.now() - asked} ms`);
  assert.equal(exit.code, 0, server.output.slice(-2000));
  await until(() => realtime.closed !== null, 'the realtime socket to close');
  assert.equal(realtime.closed, 1001);
  await closed;
});

test('kill -9 and a new start: rooms, invitations and history are still there', async () => {
  const folder = temporaryFolder('kill');
  let server = await startServer('costage', { data: folder.path });
  const { host, guest, roomId } = await startShow(server);
  const watching = await guest.watch(roomId);
  const { invitationId } = await host.invite(roomId, guest.userId);
  const before = await host.get(`/v1/rooms/${roomId}/events`);
  await server.kill();
  await until(() => watching.closed !== null, 'the socket to break');

  server = await startServer('costage', { data: folder.path });
  for (const user of [host, guest]) user.server = server;
  const room = await host.get(`/v1/rooms/${roomId}`);
  assert.deepEqual([room.title, room.status], ['Kept', 'idle']);
  const invitation = await guest.get(`/v1/rooms/${roomId}/invitation`);
  assert.deepEqual([invitation.invitationId, invitation.status], [invitationId, 'pending']);
  const after = await host.get(`/v1/rooms/${roomId}/events`);
  assert.deepEqual(after.items.slice(0, before.items.length), before.items);
  assert.equal((await guest.answer(invitationId, 'accept')).status, 'accepted');
  await server.stop();
  folder.remove();
});
