// Viewers ask to come on stage (S-026, S-031): the queue of the host, places, declines, an invitation out of it; and what the host
// sees of each person before and after inviting.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { acceptAndJoin, appears, attributeIs, goes, openShow, seesAndHears, testId } from './studio.mjs';

let server, browser;
let hanna, cosmo, vera;
let host, guest, viewer;
let roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  ({ hanna, cosmo, vera, host, guest, viewer, roomId } = await openShow(server, browser, 'Ask me'));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function askToJoin(page, comment) {
  await testId(page, 'ask-to-join').click();
  await testId(page, 'ask-comment').fill(comment);
  await testId(page, 'ask-send').click();
  await appears(page, 'ask-place');
}
const placeIs = (page, place) => attributeIs(page, 'ask-place', 'data-place', String(place));
const queue = () => testId(host, 'queue').locator('li').evaluateAll((rows) => rows.map((row) => row.dataset.testid.replace('request-', '')));
// As soon as their rate and a decline allow it.
const asksAgain = (user) =>
  until(async () => (await user.request('POST', `/v1/rooms/${roomId}/requests`, {})).status === 201, `${user.name} to ask again`, 70_000, 1000);

test('two viewers ask; the host reads who, what and in which order; each sees their place', async () => {
  await askToJoin(guest, 'I make cups, too');
  await askToJoin(viewer, 'Hello');
  await placeIs(guest, 1);
  await placeIs(viewer, 2);
  await appears(host, `request-${vera.userId}`);
  assert.deepEqual(await queue(), [cosmo.userId, vera.userId]);
  assert.match(await testId(host, `request-${cosmo.userId}`).textContent(), /I make cups, too/);
});

test('what one says can be changed without losing the place', async () => {
  await testId(guest, 'ask-change').click();
  await testId(guest, 'ask-comment').fill('And pots');
  await testId(guest, 'ask-send').click();
  await until(async () => /And pots/.test(await testId(host, `request-${cosmo.userId}`).textContent()), 'the newest comment');
  await placeIs(guest, 1);
});

test('who withdraws is out of the queue, and the others move up', async () => {
  await testId(guest, 'ask-withdraw').click();
  await appears(guest, 'ask-to-join');
  await goes(host, `request-${cosmo.userId}`);
  await placeIs(viewer, 1);
});

test('a decline tells its reason, and asking again at once is refused in words', async () => {
  await testId(host, `request-decline-${vera.userId}`).click();
  await testId(host, 'decline-reason').fill('Next week, please');
  await testId(host, 'confirm-decline').click();
  await goes(host, `request-${vera.userId}`);
  await appears(viewer, 'declined-notice');
  assert.match(await testId(viewer, 'ask').textContent(), /Next week, please/);
  await testId(viewer, 'ask-to-join').click();
  await testId(viewer, 'ask-send').click();
  await attributeIs(viewer, 'problem', 'data-code', 'asked_too_soon');
});

test('a closed queue takes nobody', async () => {
  await host.getByTestId('setting-requests-open').click();
  await goes(guest, 'ask-to-join');
  await assert.rejects(cosmo.call('POST', `/v1/rooms/${roomId}/requests`, {}), { code: 'requests_closed' });
  await host.getByTestId('setting-requests-open').click();
  await appears(guest, 'ask-to-join');
});

test('the host invites out of the queue; who asked is told, accepts and is on stage', async () => {
  await askToJoin(guest, 'Now?');
  await testId(host, `request-invite-${cosmo.userId}`).click();
  await appears(guest, 'invitation-banner');
  await goes(guest, 'ask');
  await goes(host, `request-${cosmo.userId}`);
  assert.equal((await cosmo.get(`/v1/rooms/${roomId}/request`)).status, 'invited');
});

test('beside the invitation the host sees how ready the invitee is, before they accept', async () => {
  await attributeIs(host, `readiness-of-${cosmo.userId}`, 'data-connection', 'good', 20_000);
  await testId(guest, 'check-devices').click();
  await attributeIs(host, `readiness-of-${cosmo.userId}`, 'data-camera', 'ready');
  await attributeIs(host, `readiness-of-${cosmo.userId}`, 'data-microphone', 'ready');
  await acceptAndJoin(guest);
  await Promise.all([host, viewer].map((page) => seesAndHears(page, [hanna, cosmo], 'together')));
});

test('somebody who was on stage is known for it, and new faces may come first', async () => {
  await testId(host, `remove-${cosmo.userId}`).click();
  await testId(host, 'confirm-remove').click();
  await appears(guest, 'removed-notice');
  await asksAgain(cosmo);
  const request = await cosmo.get(`/v1/rooms/${roomId}/request`);
  assert.equal(request.appearances, 1);
  await asksAgain(vera);
  await placeIs(viewer, 2);
  await host.getByTestId('setting-new-faces').click();
  await placeIs(viewer, 1);
  await placeIs(guest, 2);
  await until(async () => (await queue())[0] === vera.userId, 'the new face to be first');
});

test('a reload keeps the request and its place', async () => {
  await viewer.reload();
  await placeIs(viewer, 1);
});

test('no page had an error', () => {
  assert.deepEqual([host, guest, viewer].flatMap((page) => page.failures), []);
});
