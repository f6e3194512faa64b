// S-087: what an application developer copies. The SDK for the invitation, a plain livekit-client Room for the media.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { build } from 'esbuild';
import { User } from '../support/api.mjs';
import { launchBrowser, mediaGrows, openPage } from '../support/browser.mjs';
import { repository, startServer } from '../support/server.mjs';
import { serveFiles } from '../support/site.mjs';
import { until } from '../support/wait.mjs';

const program = `
  export { createClient } from '@costage/sdk';
  export { Room, RoomEvent } from 'livekit-client';
`;

let server, browser, site;
before(async () => {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: join(repository, 'web') },
    bundle: true, write: false, format: 'iife', globalName: 'library', logLevel: 'error',
  });
  site = await serveFiles({ '/': '<!doctype html><script src="/library.js"></script>', '/library.js': outputFiles[0].text });
  server = await startServer('costage');
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await site?.close();
  await server?.stop();
});

// A page with a client of this user, on another origin than the server's, as applications are.
async function openApplication(user) {
  const page = await openPage(browser, { url: site.url });
  await page.evaluate(({ url, token }) => { window.client = window.library.createClient({ url, token }); },
    { url: server.http, token: user.token });
  return page;
}

// Runs in the page.
async function broadcast(roomId) {
  const { coHostUrl, coHostToken } = await window.client.getBroadcasterData(roomId);
  const room = new window.library.Room();
  room.on(window.library.RoomEvent.TrackSubscribed, (track) => document.body.append(track.attach()));
  await room.connect(coHostUrl, coHostToken);
  await room.localParticipant.setCameraEnabled(true);
  await room.localParticipant.setMicrophoneEnabled(true);
  window.stage = room;
}

const refusal = (page, roomId) => page.evaluate((id) =>
  window.client.getBroadcasterData(id).then(() => null, ({ code, message }) => ({ code, message })), roomId);

test('host and co-host go live in ten lines', async () => {
  const [hanna, cosmo] = await Promise.all(['Hanna', 'Cosmo'].map((name) => User.create(server, name)));
  const [host, coHost] = await Promise.all([hanna, cosmo].map(openApplication));
  const roomId = await host.evaluate(async () => (await window.client.rooms.create({ title: 'Speed run' })).roomId);
  await host.evaluate(broadcast, roomId);
  await until(async () => (await hanna.get(`/v1/rooms/${roomId}`)).status === 'live', 'the show to be live');

  await coHost.evaluate((id) => { window.watching = window.client.room(id).subscribe(() => {}); }, roomId);
  const watched = async () => (await hanna.get(`/v1/rooms/${roomId}/watchers`)).items.some((one) => one.userId === cosmo.userId);
  await until(watched, 'the co-host to watch');
  const invited = await host.evaluate(([id, userId]) => window.client.room(id).invitations.create(userId).then((one) => one.status),
    [roomId, cosmo.userId]);
  assert.equal(invited, 'pending');

  const accepted = await coHost.evaluate(async (id) => {
    const invitation = await window.client.room(id).invitations.mine();
    return (await invitation.accept()).status;
  }, roomId);
  assert.equal(accepted, 'accepted');
  await coHost.evaluate(broadcast, roomId);

  for (const [page, name] of [[host, 'host'], [coHost, 'co-host']]) {
    await mediaGrows(page, `${name} sees`, { direction: 'in', kind: 'video' });
    await mediaGrows(page, `${name} hears`, { direction: 'in', kind: 'audio' });
  }
  const onAir = async () => (await cosmo.get(`/v1/rooms/${roomId}/stage`)).seats.filter(({ state }) => state === 'onAir').length === 2;
  await until(onAir, 'both to be on air');
  assert.deepEqual([...host.failures, ...coHost.failures], []);
});

test('getBroadcasterData says why not: pending, declined, ended', async () => {  // S-054, S-055, S-056
  const [hanna, cosmo] = await Promise.all(['Hanna', 'Cosmo'].map((name) => User.create(server, name)));
  const [host, guest] = await Promise.all([hanna, cosmo].map(openApplication));
  const { roomId } = await hanna.createRoom('Refusals');
  assert.equal((await refusal(guest, roomId)).code, 'not_invited');
  await host.evaluate(broadcast, roomId);
  await until(async () => (await hanna.get(`/v1/rooms/${roomId}`)).status === 'live', 'the show to be live');
  const watching = await cosmo.watch(roomId);
  const { invitationId } = await hanna.invite(roomId, cosmo.userId);
  const pending = await refusal(guest, roomId);
  await cosmo.answer(invitationId, 'reject');
  const declined = await refusal(guest, roomId);
  await hanna.post(`/v1/rooms/${roomId}/stop`);
  const ended = await refusal(guest, roomId);
  assert.deepEqual([pending, declined, ended].map(({ code }) => code), ['invitation_pending', 'invitation_rejected', 'room_ended']);
  assert.equal(new Set([pending, declined, ended].map(({ message }) => message)).size, 3);
  await watching.close();
});
