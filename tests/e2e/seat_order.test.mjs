// The order of the people on stage: dragged by mouse and by finger, moved by keyboard, the same for everybody.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import { acceptAndJoin, appears, attributeIs, choose, goLive, invite, openStudio, seesAndHears, startShow, statusIs, testId } from './studio.mjs';

let server, browser;
let hanna, cosmo, mona, vera;
let host, guest, other, viewer;
let roomId;
const scenes = [];

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  [hanna, cosmo, mona, vera] = await Promise.all(['Hanna', 'Cosmo', 'Mona', 'Vera'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna, null, { hasTouch: true, reducedMotion: 'reduce' });
  host.on('request', (request) => request.method() === 'PUT' && /\/scene$/.test(request.url()) && scenes.push(request.postDataJSON()));
  roomId = await startShow(host, 'In a row');
  [guest, other, viewer] = await Promise.all([cosmo, mona, vera].map((user) => openStudio(browser, user, roomId)));
  await goLive(host);
  for (const page of [guest, other]) {
    await statusIs(page, 'live');
    await invite(host, page);
    await acceptAndJoin(page);
  }
  await seesAndHears(viewer, [hanna, cosmo, mona], 'the viewer');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const everybody = () => [host, guest, other, viewer];
const order = (page) => page.locator('.cs-tiles > li').evaluateAll((all) => all.map((one) => one.dataset.testid.replace('tile-', '')));
const standsAs = (page, users) =>
  until(async () => (await order(page)).join() === users.map(({ userId }) => userId).join(), () => `the order ${users.map(({ name }) => name)}`);
const allSee = (...users) => Promise.all(everybody().map((page) => standsAs(page, users)));
const says = (text) => until(async () => (await testId(host, 'announcer').textContent()).includes(text), `"${text}" to be said`);

async function middleOf(page, user) {
  const { x, y, width, height } = await testId(page, `tile-${user.userId}`).boundingBox();
  return { x: x + width / 2, y: y + height / 2 };
}

async function pull(page, user, to) {
  const from = await middleOf(page, user);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
}

test('dragged by mouse: everybody sees the new order, by one request, and it is said', async () => {
  await allSee(hanna, cosmo, mona);
  await pull(host, mona, await middleOf(host, hanna));
  await attributeIs(host, `tile-${mona.userId}`, 'data-dragged', 'true');
  await attributeIs(host, `tile-${hanna.userId}`, 'data-drop-target', 'true');
  await host.mouse.up();
  await allSee(mona, hanna, cosmo);
  assert.deepEqual(scenes, [{ layout: 'automatic', order: [mona, hanna, cosmo].map(({ userId }) => userId) }]);
  await says('Mona now stands at place 1 of 3');
});

test('letting go elsewhere, Escape and a press that does not move leave all as it was', async () => {
  const before = scenes.length;
  await pull(host, mona, { x: 5, y: 5 });
  await host.mouse.up();
  await pull(host, mona, await middleOf(host, cosmo));
  await host.keyboard.press('Escape');
  await host.mouse.up();
  const { x, y } = await middleOf(host, cosmo);
  await host.mouse.click(x, y);
  assert.equal(await testId(host, `tile-${mona.userId}`).getAttribute('data-dragged'), null);
  await allSee(mona, hanna, cosmo);
  assert.equal(scenes.length, before);
});

// A finger that has let go may have thrown the page, which comes to rest by itself.
async function backToTop() {
  let still = 0;
  await until(async () => {
    const before = await host.evaluate(() => window.scrollY);
    await host.evaluate(() => window.scrollTo(0, 0));
    still = before === 0 ? still + 1 : 0;
    return still === 10;
  }, 'the page to rest at its top');
}

test('dragged by a finger that rests first; one that moves at once scrolls', async () => {
  const finger = await host.context().newCDPSession(host);
  const touch = (type, ...touchPoints) => finger.send('Input.dispatchTouchEvent', { type, touchPoints });
  const start = await middleOf(host, cosmo);
  await touch('touchStart', start);
  for (const by of [20, 40, 60]) await touch('touchMove', { x: start.x, y: start.y - by });
  await until(() => host.evaluate(() => window.scrollY > 0), 'the page to scroll');
  await touch('touchEnd');
  assert.equal(await testId(host, `tile-${cosmo.userId}`).getAttribute('data-dragged'), null);
  await backToTop();
  const [from, to] = [await middleOf(host, cosmo), await middleOf(host, mona)];
  await touch('touchStart', from);
  await attributeIs(host, `tile-${cosmo.userId}`, 'data-dragged', 'true');
  await touch('touchMove', { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
  await touch('touchMove', to);
  await attributeIs(host, `tile-${mona.userId}`, 'data-drop-target', 'true');
  await touch('touchEnd');
  await allSee(cosmo, mona, hanna);
  assert.equal(await host.evaluate(() => window.scrollY), 0, 'a finger that drags does not scroll');
});

test('by keyboard, in the menu, and it is said', async () => {
  await testId(host, `menu-${cosmo.userId}`).focus();
  await host.keyboard.press('Enter');
  await testId(host, `menu-later-${cosmo.userId}`).focus();
  await host.keyboard.press('Enter');
  await allSee(mona, cosmo, hanna);
  await says('Cosmo now stands at place 2 of 3');
});

test('dragged to the place of the large one, somebody is large', async () => {
  await testId(host, 'layout').selectOption('spotlight');
  await allSee(hanna, mona, cosmo);
  await pull(host, cosmo, await middleOf(host, hanna));
  await host.mouse.up();
  await allSee(cosmo, hanna, mona);
  await attributeIs(viewer, 'stage', 'data-layout', 'spotlight');
  await testId(host, 'layout').selectOption('automatic');
});

test('co-hosts and viewers drag nobody, until the host lets them moderate', async () => {
  for (const page of [guest, viewer]) assert.equal(await page.locator('[data-drag-id]').count(), 0);
  await choose(host, cosmo.userId, 'moderate');
  await guest.locator('[data-drag-id]').first().waitFor();
  await pull(guest, mona, await middleOf(guest, cosmo));
  await guest.mouse.up();
  await allSee(mona, cosmo, hanna);
  assert.equal(await viewer.locator('[data-drag-id]').count(), 0);
});

test('pictures and sound go on, no rule of accessibility is broken, no page had an error', async () => {
  await seesAndHears(viewer, [hanna, cosmo, mona], 'the viewer after all that');
  assert.deepEqual(await findings(host, 'a stage to be put in order'), []);
  assert.deepEqual(everybody().flatMap((page) => page.failures), []);
});
