// <costage-show> in the plain page of a shop on another site: watching, coming on stage and the end, with what the page is told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser, openPage, videoPlays } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { serveFiles } from '../support/site.mjs';
import { until } from '../support/wait.mjs';
import { goLive, openStudio, pictureOf, startShow, testId } from './studio.mjs';

let server, browser, site, hanna, cosmo, host, roomId;

// As a shop writes it. What happens is kept for the test.
const shop = (attributes) => `<!doctype html><title>Shop</title>
  <script src="${server.http}/embed.js" async></script>
  <h1>Bowls</h1>
  <costage-show ${attributes} style="height: 700px"></costage-show>
  <script>
    window.told = [];
    for (const type of ['live', 'ended', 'invited', 'joined', 'left', 'tokenexpiring', 'failed'])
      document.querySelector('costage-show').addEventListener(type, (event) => window.told.push(event.detail));
  </script>`;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  [hanna, cosmo] = await Promise.all(['Hanna', 'Cosmo'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna);
  roomId = await startShow(host, 'In a shop');
  await goLive(host);
  site = await serveFiles({
    '/': shop(`room="${roomId}" token="${cosmo.token}"`),
    '/dark': shop(`room="${roomId}" theme="dark"`),
    '/none': shop('room="room_none"'),
  });
});
after(async () => {
  await browser?.close();
  await site?.close();
  await server?.stop();
});

// Another site than the server's, as a shop is.
const open = (path) => openPage(browser, { url: site.url.replace('127.0.0.1', 'localhost') + path });
const told = (page) => page.evaluate(() => window.told.map(({ type }) => type));
const isTold = (page, types) => until(async () => (await told(page)).join() === types.join(), async () => `the shop to be told ${types}, it was told ${await told(page)}`, 20_000);
const frameOf = (page) => page.frameLocator('costage-show iframe');

// The picture inside the frame, as its own page sees it.
async function plays(page, user) {
  const picture = pictureOf(user.userId);
  await frameOf(page).locator(picture).waitFor({ state: 'visible', timeout: 20_000 });
  const inside = page.frames().find((one) => one.url().startsWith(`${server.http}/embed/`));
  await videoPlays(inside, picture, `the shop shows ${user.name}`);
}

test('a viewer watches in the shop, comes on stage from there, and the shop is told', async () => {
  const page = await open('/');
  await plays(page, hanna);
  const frame = frameOf(page);
  assert.equal(await frame.locator('.cs-topbar').count(), 0, 'the shop has bars of its own');
  await isTold(page, ['live']);
  await hanna.call('POST', `/v1/rooms/${roomId}/invitations`, { userId: cosmo.userId });
  await isTold(page, ['live', 'invited']);
  const [, invited] = await page.evaluate(() => window.told);
  assert.deepEqual([invited.roomId, invited.inviterName], [roomId, 'Hanna']);
  await frame.getByTestId('accept').click();
  await frame.getByTestId('join-stage').click();
  await isTold(page, ['live', 'invited', 'joined']);
  await testId(host, `tile-${cosmo.userId}`).locator('video').waitFor({ state: 'visible' });
  await frame.getByTestId('leave-stage').click();
  await frame.getByTestId('confirm-leave').click();
  await isTold(page, ['live', 'invited', 'joined', 'left']);
  assert.deepEqual(page.failures, []);
  await page.context().close();
});

test('without a token for a while, people are let in as the server lets them; the theme is the one that the page names', async () => {
  const page = await open('/dark');
  const frame = frameOf(page);
  await frame.getByTestId('name-input').fill('Gwen');
  await frame.getByTestId('name-continue').click();
  await plays(page, hanna);
  const scheme = await frame.locator('.cs-room').evaluate((element) => getComputedStyle(element).colorScheme);
  assert.equal(scheme, 'dark');
  await page.context().close();
});

test('a show that is not there is said to the shop, by name', async () => {
  const page = await open('/none');
  await page.evaluate((token) => (document.querySelector('costage-show').token = token), cosmo.token);
  await isTold(page, ['failed']);
  assert.equal(await page.evaluate(() => window.told[0].code), 'room_not_found');
  await page.context().close();
});

test('the end is told', async () => {
  const page = await open('/');
  await isTold(page, ['live']);
  await hanna.call('POST', `/v1/rooms/${roomId}/stop`);
  await isTold(page, ['live', 'ended']);
  await frameOf(page).getByTestId('ended-page').waitFor();
  await page.context().close();
});
