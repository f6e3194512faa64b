// What the host does about others on stage, and lets them do (S-012, S-082); who stands in when the host is gone (D12).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { acceptAndJoin, appears, attributeIs, choose, goes, invite, openShow, openStudio, seesAndHears, statusIs, testId } from './studio.mjs';

let server, browser;
let hanna, cosmo, vera;
let host, guest, viewer;
let roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  ({ hanna, cosmo, vera, host, guest, viewer, roomId } = await openShow(server, browser, 'Together', { reconnectGraceSeconds: 10 }));
  await invite(host, guest);
  await acceptAndJoin(guest);
  await seesAndHears(viewer, [hanna, cosmo], 'the viewer');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('the host mutes the co-host, and can only ask for the sound to come back', async () => {
  await choose(host, cosmo.userId, 'off-microphone');
  await Promise.all([host, guest, viewer].map((page) => attributeIs(page, `tile-${cosmo.userId}`, 'data-microphone', 'muted')));
  await choose(host, cosmo.userId, 'ask-microphone');
  await appears(guest, 'switch-on-asked');
  assert.equal(await testId(viewer, 'switch-on-asked').count(), 0);
  assert.equal(await testId(guest, `tile-${cosmo.userId}`).getAttribute('data-microphone'), 'muted', 'nobody unmutes another');
  await testId(guest, 'switch-on').click();
  await goes(guest, 'switch-on-asked');
  await Promise.all([host, viewer].map((page) => attributeIs(page, `tile-${cosmo.userId}`, 'data-microphone', 'on')));
});

test('the camera likewise', async () => {
  await choose(host, cosmo.userId, 'off-camera');
  await Promise.all([host, viewer].map((page) => attributeIs(page, `tile-${cosmo.userId}`, 'data-camera', 'muted')));
  await choose(host, cosmo.userId, 'ask-camera');
  await testId(guest, 'switch-on').click();
  await seesAndHears(viewer, [hanna, cosmo], 'the viewer again');
});

const firstTile = (page) => page.locator('.cs-tiles > li').first().getAttribute('data-testid');
const isFirst = (page, user) => until(async () => (await firstTile(page)) === `tile-${user.userId}`, `${user.name} to be first`);

test('the host says how the stage is shown, to everybody; a viewer looks at whom they like', async () => {
  const layoutIs = (value) => Promise.all([host, guest, viewer].map((page) => attributeIs(page, 'stage', 'data-layout', value)));
  await testId(host, 'layout').selectOption('sideBySide');
  await layoutIs('sideBySide');
  await choose(host, cosmo.userId, 'earlier');
  await Promise.all([host, guest, viewer].map((page) => isFirst(page, cosmo)));
  await choose(host, cosmo.userId, 'spotlight');
  await layoutIs('spotlight');
  await choose(viewer, hanna.userId, 'pin');
  await isFirst(viewer, hanna);
  await isFirst(guest, cosmo);
  await choose(viewer, hanna.userId, 'pin');
  await isFirst(viewer, cosmo);
  await viewer.reload();
  await attributeIs(viewer, 'stage', 'data-layout', 'spotlight');
  await isFirst(viewer, cosmo);
  await testId(host, 'layout').selectOption('automatic');
  await layoutIs('two');
  await seesAndHears(viewer, [hanna, cosmo], 'the viewer after all that');
});

test('a co-host whom the host lets invite sees the queue and invites out of it', async () => {
  await assert.rejects(cosmo.call('POST', `/v1/rooms/${roomId}/invitations`, { userId: vera.userId }), { code: 'not_permitted' });
  await testId(viewer, 'ask-to-join').click();
  await testId(viewer, 'ask-send').click();
  await appears(viewer, 'ask-place');
  assert.equal(await testId(guest, 'queue').count(), 0);
  await choose(host, cosmo.userId, 'invite');
  await appears(guest, `request-${vera.userId}`);
  await testId(guest, `request-invite-${vera.userId}`).click();
  await appears(viewer, 'invitation-banner');
  assert.match(await testId(viewer, 'invitation-banner').textContent(), /Cosmo invites you/);
  await testId(viewer, 'decline').click();
  await attributeIs(host, `invitation-${vera.userId}`, 'data-status', 'rejected');
  await choose(host, cosmo.userId, 'invite');
  await goes(guest, 'queue');
});

test('the host is gone: who stands in carries the show on, and cannot end it before the grace is over', async () => {
  await choose(host, cosmo.userId, 'successor');
  await host.waitForTimeout(100);
  assert.equal((await hanna.get(`/v1/rooms/${roomId}`)).successorId, cosmo.userId);
  await host.close();
  await appears(guest, 'stands-in');
  await attributeIs(viewer, 'stands-in', 'data-user', cosmo.userId);
  await appears(guest, 'queue');
  await testId(guest, 'stop-show').click();
  await testId(guest, 'confirm-stop').click();
  await attributeIs(guest, 'problem', 'data-code', 'host_may_return');
  await guest.keyboard.press('Escape');
  await Promise.all([guest, viewer].map((page) => statusIs(page, 'live')));
  await goes(viewer, `tile-${hanna.userId}`, 20_000);
  await seesAndHears(viewer, [cosmo], 'the show goes on');
});

test('the host takes the show back with one press', async () => {
  host = await openStudio(browser, hanna, roomId);
  await testId(host, 'return-to-stage').click();
  await seesAndHears(viewer, [hanna, cosmo], 'both again');
  await Promise.all([guest, viewer].map((page) => goes(page, 'stands-in')));
  await goes(guest, 'queue');
});

test('no page had an error', () => {
  assert.deepEqual([host, guest, viewer].flatMap((page) => page.failures), []);
});
