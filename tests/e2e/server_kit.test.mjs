// @costage/sdk/server against a real server: what a backend does with it, and what it must not be made to believe.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import WebSocket from 'ws';
import { apiKey, apiSecret, repository, startServer } from '../support/server.mjs';
import { signClaims } from '../support/tokens.mjs';
import { eventOf } from '../support/wait.mjs';
import { receiveWebhooks } from '../support/webhooks.mjs';

const key = { apiKey, apiSecret };
let folder, kit, hooks, server, admin, room;

// As a backend's bundler makes it of the package's source.
async function loadKit() {
  folder = mkdtempSync(join(tmpdir(), 'costage-kit-'));
  const outfile = join(folder, 'kit.mjs');
  await build({ entryPoints: [join(repository, 'web/packages/sdk/src/server/index.ts')], bundle: true, format: 'esm', platform: 'neutral', outfile, logLevel: 'error' });
  return import(pathToFileURL(outfile));
}

before(async () => {
  kit = await loadKit();
  hooks = await receiveWebhooks();
  server = await startServer('costage', { webhooks: [hooks.url] });
  admin = kit.createAdmin({ ...key, url: server.http, userId: 'shop', name: 'The shop' });
  room = await admin.rooms.create({ title: 'Pottery', hostId: 'hanna', hostName: 'Hanna' });
});
after(async () => {
  await server?.stop();
  await hooks?.close();
  if (folder) rmSync(folder, { recursive: true });
});

async function ask(token, path, method = 'GET') {
  const response = await fetch(server.http + path, { method, headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': crypto.randomUUID() } });
  return { status: response.status, ...(await response.json()) };
}

test('a token that was minted here is who it says, until it ends', async () => {
  const token = await kit.mintUserToken({ ...key, userId: 'vera', name: 'Vera Ö.', ttlSeconds: 60 });
  const me = await ask(token, '/v1/me');
  assert.deepEqual([me.status, me.userId, me.name, me.admin], [200, 'vera', 'Vera Ö.', false]);
  const ended = await kit.mintUserToken({ ...key, userId: 'vera', ttlSeconds: 1, now: Date.now() - 3_600_000 });
  assert.equal((await ask(ended, '/v1/me')).code, 'token_expired');
  const forged = await kit.mintUserToken({ apiKey, apiSecret: 'guessed', userId: 'vera' });
  assert.equal((await ask(forged, '/v1/me')).code, 'unauthenticated');
  const guest = await kit.mintUserToken({ ...key, userId: 'guest-1', guestOf: room.roomId });
  assert.equal((await ask(guest, '/v1/me')).guestOf, room.roomId);
});

test('a room is made for its host, and looked after', async () => {
  assert.deepEqual([room.hostId, room.hostName, room.status], ['hanna', 'Hanna', 'idle']);
  await admin.room(room.roomId).update({ title: 'Pottery and glass' });
  const { items } = await admin.rooms.fetch({ limit: 5 });
  assert.equal(items.find(({ roomId }) => roomId === room.roomId).title, 'Pottery and glass');
  const { moderation } = admin.room(room.roomId);
  await admin.nameUser('vera', 'Vera');
  assert.equal((await moderation.ban('vera', 'Rude.')).banned, true);
  const vera = await admin.mintUserToken({ userId: 'vera', name: 'Vera' });
  assert.equal((await ask(vera, `/v1/rooms/${room.roomId}`)).code, 'banned');
  assert.equal((await moderation.unban('vera')).banned, false);
  await assert.rejects(admin.room(room.roomId).stage.remove('nobody'), ({ name, code, status }) => name === 'CostageError' && code !== undefined && status >= 400);
});

test('a webhook of the server is taken, and one that was changed, forged or kept is not', async () => {
  const { url, token } = await ask(await admin.mintUserToken({ userId: 'hanna', name: 'Hanna' }), `/v1/rooms/${room.roomId}/viewer`, 'POST');
  const socket = new WebSocket(`${url}/rtc?access_token=${token}&protocol=16`);
  await eventOf(socket, 'message');
  await hooks.event(room.roomId, 'room_started');
  socket.close();
  const { body, headers } = hooks.of(room.roomId)[0];
  const request = { ...key, body, authorization: headers.authorization };
  const event = await kit.verifyWebhook(request);
  assert.deepEqual([event.event, event.room.name], ['room_started', room.roomId]);

  const refused = (change) => assert.rejects(kit.verifyWebhook({ ...request, ...change }), { code: 'webhook_refused', status: 401 });
  await refused({ body: body.replace('room_started', 'room_finished') });
  await refused({ authorization: undefined });
  const claims = JSON.parse(Buffer.from(headers.authorization.split('.')[1], 'base64url'));
  await refused({ authorization: signClaims(claims, { secret: 'guessed' }) });
  await refused({ now: Date.now() + 7 * 60_000 });
});

test('a room is ended from outside', async () => {
  assert.equal((await admin.room(room.roomId).stop()).status, 'ended');
  assert.equal((await admin.room(room.roomId).get()).status, 'ended');
});
