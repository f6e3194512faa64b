// The green room: those on stage and getting ready talk, the audience hears nothing of it; the call to the stage, 3-2-1, and places
// that are taken back (S-089..S-091).
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { closeContexts, launchBrowser, mediaGrows } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { never, until } from '../support/wait.mjs';
import { appears, attributeIs, goLive, goes, invite, openStudio, seesAndHears, startShow, statusIs, testId } from './studio.mjs';

let server, browser;
before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
});
afterEach(() => closeContexts(browser));
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function people() {
  const [hanna, cosmo, vera] = await Promise.all(['Hanna', 'Cosmo', 'Vera'].map((name) => User.create(server, name)));
  const host = await openStudio(browser, hanna);
  const roomId = await startShow(host, 'Behind the curtain');
  const [guest, viewer] = await Promise.all([cosmo, vera].map((user) => openStudio(browser, user, roomId)));
  return { hanna, cosmo, vera, host, guest, viewer, roomId };
}

async function accept(guest) {
  await testId(guest, 'accept').click();
  await appears(guest, 'preparing');
  await attributeIs(guest, 'green-room', 'data-phase', 'in');
}

const isHeard = (page, user, heard) => attributeIs(page, `green-${user.userId}`, 'data-heard', String(heard));
const soundsPlayed = (page) => page.locator('audio').count();

test('before the show host and guest hear and see each other; together they go live in 3-2-1', async () => {
  const { hanna, cosmo, host, guest, viewer } = await people();
  await invite(host, guest);
  await accept(guest);
  await attributeIs(host, `green-${cosmo.userId}`, 'data-there', 'true');
  await testId(host, 'green-talk').click();
  await isHeard(guest, hanna, true);
  await testId(guest, 'green-talk').click();
  await testId(guest, 'green-camera').click();
  await isHeard(host, cosmo, true);
  await until(() => host.locator(`[data-testid="green-${cosmo.userId}"] video`).evaluate((v) => v.videoWidth > 0).catch(() => false), "the guest's picture at the host");
  await mediaGrows(host, 'the host hears', { direction: 'in', kind: 'audio' }, 1);
  assert.equal(await soundsPlayed(viewer), 0, 'the audience hears nothing');
  await statusIs(viewer, 'idle');
  await testId(guest, 'join-when-called').click();
  await testId(host, 'start-together').click();
  await Promise.all([appears(host, 'countdown'), appears(guest, 'called')]);
  await Promise.all([host, guest, viewer].map((page) => statusIs(page, 'live')));
  await seesAndHears(viewer, [hanna, cosmo], 'the viewer');
});

test('on air the host talks to who gets ready, and the audience does not hear it', async () => {
  const { hanna, cosmo, vera, host, guest, viewer, roomId } = await people();
  await goLive(host);
  await statusIs(viewer, 'live');
  await invite(host, guest);
  await accept(guest);
  await testId(host, 'enter-green-room').click();
  await attributeIs(host, 'green-room', 'data-phase', 'in');
  await testId(host, 'green-talk').click();
  await isHeard(guest, hanna, true);
  await attributeIs(viewer, `tile-${hanna.userId}`, 'data-microphone', 'muted');
  await never(async () => (await soundsPlayed(viewer)) > 1, 1500, 'a second sound at the viewer');
  await testId(host, 'green-talk').click();
  await isHeard(guest, hanna, false);
  await attributeIs(viewer, `tile-${hanna.userId}`, 'data-microphone', 'on');
  const refused = await vera.request('POST', `/v1/rooms/${roomId}/green-room`);
  assert.deepEqual([refused.status, refused.json.code], [403, 'not_invited']);
  const { seats } = await cosmo.get(`/v1/rooms/${roomId}/stage`);
  assert.equal(seats.length, 1, 'to be in the green room is not to be on stage');
});

test('the host calls; who is not sure to be ready is told, and goes on stage by a press', async () => {
  const { hanna, cosmo, host, guest, viewer } = await people();
  await goLive(host);
  await invite(host, guest);
  await accept(guest);
  await testId(host, `call-${cosmo.userId}`).click();
  await appears(guest, 'called');
  await attributeIs(guest, 'called', 'data-seconds', '0');
  await never(async () => (await testId(guest, 'preparing').count()) === 0, 1500, 'the guest goes on air unasked');
  await testId(guest, 'join-stage').click();
  await goes(guest, 'preparing');
  await seesAndHears(viewer, [hanna, cosmo], 'the viewer');
});

test('a place is taken back before it is used: the guest reads why, and is out of the green room', async () => {
  const { hanna, cosmo, host, guest, roomId } = await people();
  await goLive(host);
  await invite(host, guest);
  await accept(guest);
  await testId(guest, 'green-talk').click();
  await testId(host, 'enter-green-room').click();
  await isHeard(host, cosmo, true);
  await testId(host, `take-back-${cosmo.userId}`).click();
  await appears(guest, 'place-taken-back');
  await goes(guest, 'preparing');
  await goes(host, `green-${cosmo.userId}`);
  const refused = await cosmo.request('POST', `/v1/rooms/${roomId}/green-room`);
  assert.equal(refused.status, 403);
  const again = await hanna.invite(roomId, cosmo.userId);
  assert.equal(again.status, 'pending');
});
