// The data folder as operators break it: a full disk, flipped bytes, a second program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { User } from '../support/api.mjs';
import { binaryOf, freePort, startProcess, startServer, temporaryFolder, webOption } from '../support/server.mjs';
import { until } from '../support/wait.mjs';

async function refusal(data) {
  const args = ['--dev', '--port', await freePort('tcp'), '--media-port', await freePort('udp'), '--data', data, ...webOption];
  const started = startProcess(binaryOf('costage'), args.map(String));
  await until(() => started.exit !== null, 'the program to give up', 10_000);
  assert.equal(started.exit.code, 1, started.output);
  const lines = started.output.trim().split('\n');
  assert.equal(lines.length, 1, `one sentence, not: ${started.output}`);
  return lines[0];
}

const count = (text, what) => text.split(what).length - 1;
const health = async (server) => {
  const response = await fetch(`${server.http}/healthz`);
  return { httpStatus: response.status, ...(await response.json()) };
};

// A file system of 2 MB, or why there is none.
function smallDisk(path) {
  mkdirSync(path);
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'costage-test', path], { encoding: 'utf8' });
  return mount.status === 0 ? null : `mounting needs more rights: ${(mount.stderr || String(mount.error)).trim()}`;
}

test('a full disk is said once, in the log and by /healthz, and is over when there is room', async (t) => {
  const folder = temporaryFolder('full');
  const disk = join(folder.path, 'disk');
  const whyNot = smallDisk(disk);
  if (whyNot) return t.skip(whyNot);
  const server = await startServer('costage', { data: disk });
  try {
    const host = await User.create(server, 'Hanna');
    const { roomId } = await host.createRoom('Before');
    const ballast = join(disk, 'ballast');
    try {
      writeFileSync(ballast, Buffer.alloc(4 * 1024 * 1024));
    } catch (error) {
      assert.equal(error.code, 'ENOSPC');
    }
    const room = () => host.request('POST', '/v1/rooms', { title: 'x'.repeat(200), metadata: { text: 'm'.repeat(16_000) } });
    await until(async () => (await room()).status === 503, 'a refused write');
    for (let i = 0; i < 5; ++i) await room();
    const sick = await health(server);
    assert.deepEqual([sick.httpStatus, sick.status], [503, 'failing']);
    assert.match(sick.reason, /disk is full.*Make room/);
    assert.equal(count(server.output, ' error The database'), 1, server.output);
    assert.equal((await host.get(`/v1/rooms/${roomId}`)).title, 'Before', 'what was written is read');

    rmSync(ballast);
    await until(async () => (await health(server)).httpStatus === 200, 'health without anybody writing', 10_000);
    assert.equal((await room()).status, 201);
    assert.equal(count(server.output, 'can be written again'), 1, server.output);
  } finally {
    await server.stop();
    spawnSync('umount', [disk]);
    folder.remove();
  }
});

// A show's database with this change to its bytes.
async function damagedFolder(change) {
  const folder = temporaryFolder('damaged');
  const server = await startServer('costage', { data: folder.path });
  const host = await User.create(server, 'Hanna');
  const rooms = [await host.createRoom('MarkedRoom'), await host.createRoom('Sound')];
  await server.stop();
  const file = join(folder.path, 'costage.db');
  const bytes = readFileSync(file);
  change(bytes);
  writeFileSync(file, bytes);
  return { ...folder, rooms };
}

test('text that is not UTF-8 concerns its room alone, and is said once', async () => {
  const folder = await damagedFolder((bytes) => {
    for (let at = bytes.indexOf('MarkedRoom'); at >= 0; at = bytes.indexOf('MarkedRoom')) bytes[at] = 0xff;
  });
  const server = await startServer('costage', { data: folder.path });
  const host = await User.create(server, 'Hanna');
  const [marked, sound] = folder.rooms;
  const refused = await host.request('GET', `/v1/rooms/${marked.roomId}`);
  assert.deepEqual([refused.status, refused.json.code], [500, 'record_damaged']);
  assert.equal((await host.request('GET', `/v1/rooms/${marked.roomId}`)).status, 500);
  assert.equal((await host.get(`/v1/rooms/${sound.roomId}`)).title, 'Sound');
  assert.deepEqual((await host.get('/v1/rooms')).items.map((room) => room.title), ['Sound']);
  assert.equal(count(server.output, `${marked.roomId}: `), 1, server.output);
  assert.equal((await health(server)).status, 'ready');
  await server.stop();
  folder.remove();
});

test('a damaged database, one of another program and none at all: one sentence with what to do', async () => {
  const damages = [
    [/is damaged\. Put a backup/, (bytes) => bytes.fill(0x55, 4096, 12_288)],
    [/is damaged\. Put a backup/, (bytes) => bytes.fill(0x55, 0, 100)],
    [/another program/, (bytes) => bytes.writeUInt32BE(12345, 68)],  // application_id
  ];
  for (const [sentence, change] of damages) {
    const folder = await damagedFolder(change);
    const said = await refusal(folder.path);
    assert.match(said, sentence);
    assert.ok(said.includes(folder.path), said);
    folder.remove();
  }
});

test('a folder in use is refused, by name of its holder, and free after kill -9', async () => {
  const folder = temporaryFolder('in-use');
  const first = await startServer('costage', { data: folder.path });
  assert.match(await refusal(folder.path), new RegExp(`another costage \\(process ${first.pid}\\) is using it`));
  await first.kill();
  const second = await startServer('costage', { data: folder.path });
  await second.stop();
  folder.remove();
});
