// The run of show (S-090): the host and who may moderate put it together, those on stage and those who get ready read what is on and
// what comes next, and hear when it is theirs.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import { acceptAndJoin, appears, attributeIs, goLive, goes, invite, openStudio, startShow, statusIs, testId } from './studio.mjs';

let server, browser;
let hanna, cosmo, mona, vera;
let host, guest, preparing, viewer;
let roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  [hanna, cosmo, mona, vera] = await Promise.all(['Hanna', 'Cosmo', 'Mona', 'Vera'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna);
  roomId = await startShow(host, 'One after the other');
  [guest, preparing, viewer] = await Promise.all([cosmo, mona, vera].map((user) => openStudio(browser, user, roomId)));
  await goLive(host);
  await Promise.all([guest, preparing, viewer].map((page) => statusIs(page, 'live')));
  await invite(host, guest);
  await acceptAndJoin(guest);
  await invite(host, preparing);
  await testId(preparing, 'accept').click();
  await appears(preparing, 'preparing');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const saved = () => hanna.get(`/v1/rooms/${roomId}/run-of-show`);
async function isSaved(expected) {
  let seen;
  await until(async () => isDeepStrictEqual((seen = await saved()), expected), () => `${JSON.stringify(seen)} to be ${JSON.stringify(expected)}`);
}
const titles = (page) => page.locator('.cs-run-items .cs-run-title > bdi:first-child').allTextContents();
const listIs = (page, ...expected) => until(async () => isDeepStrictEqual(await titles(page), expected), () => `the list to be ${expected}`);
async function reads(page, text) {
  let seen;
  await until(async () => (seen = await page.locator('.cs-run-line').innerText({ timeout: 500 }).catch(() => '')).replace(/\s+/g, ' ').trim() === text, () => `"${seen}" to be "${text}"`);
}
const says = (page, text) => until(async () => (await testId(page, 'run-said').textContent()) === text, `"${text}" to be said`);
const hasFocus = (page, name) => until(() => testId(page, name).evaluate((one) => one === document.activeElement), `${name} to have the focus`);
const looksRight = async (page, screen) => assert.deepEqual(await findings(page, screen), []);

async function add(page, title, user) {
  await testId(page, 'run-item-title').fill(title);
  if (user) await testId(page, 'run-item-person').selectOption(user.userId);
  await testId(page, 'run-item-title').press('Enter');
  await until(async () => (await testId(page, 'run-item-title').inputValue()) === '', `${title} to be taken`);
}

const welcome = { title: 'Welcome' };
let glazes, kiln;

test('the host puts it together, with people on stage and getting ready; those read at once what comes first', async () => {
  [glazes, kiln] = [{ title: 'The glazes', userId: cosmo.userId }, { title: 'The kiln', userId: mona.userId }];
  await reads(guest, '');
  await add(host, 'Welcome');
  await hasFocus(host, 'run-item-title');
  await Promise.all([host, guest, preparing].map((page) => reads(page, 'Next: Welcome')));
  await add(host, 'The glazes', cosmo);
  await add(host, 'The kiln', mona);
  await isSaved({ items: [welcome, glazes, kiln] });
  await looksRight(host, 'the editor');
});

test('"Next": everybody reads what is on and what comes then, and who is next is told', async () => {
  assert.equal(await testId(guest, 'run-mine').getAttribute('role'), 'status');
  await testId(host, 'run-next').click();
  await reads(host, 'Now: Welcome · Next: The glazes (Cosmo)');
  await reads(preparing, 'Now: Welcome · Next: The glazes (Cosmo)');
  await reads(guest, 'Now: Welcome · Next: The glazes (You) You are next.');
  await says(host, 'Now: Welcome');
  await testId(host, 'run-next').click();
  await reads(guest, 'Now: The glazes (You) · Next: The kiln');
  await reads(preparing, 'Now: The glazes (Cosmo) · Next: The kiln (You) You are next.');
  await attributeIs(host, 'run-item-1', 'aria-current', 'step');
  await Promise.all([looksRight(guest, 'a co-host'), looksRight(preparing, 'next while getting ready')]);
});

test('viewers see nothing of it, and co-hosts do not edit it', async () => {
  assert.equal(await viewer.locator('.cs-run-line').count(), 0);
  for (const page of [guest, preparing, viewer]) assert.equal(await testId(page, 'run-of-show').count(), 0);
  const refused = await cosmo.request('PUT', `/v1/rooms/${roomId}/run-of-show`, { items: [] });
  assert.deepEqual([refused.status, refused.json.code], [403, 'not_permitted']);
});

test('with the keyboard: the focus goes along with what is moved, and with what happens', async () => {
  await testId(host, 'run-up-2').focus();
  await host.keyboard.press('Enter');
  await hasFocus(host, 'run-up-1');
  await says(host, 'The kiln now stands at place 2 of 3.');
  await host.keyboard.press('Enter');
  await hasFocus(host, 'run-down-0');
  await listIs(host, 'The kiln', 'Welcome', 'The glazes');
  // Pressed faster than it is written.
  await host.keyboard.press('Enter');
  await host.keyboard.press('Enter');
  await hasFocus(host, 'run-up-2');
  await isSaved({ items: [welcome, glazes, kiln], current: 1 });
  await testId(host, 'run-next').focus();
  await host.keyboard.press('Enter');
  await hasFocus(host, 'run-over');
  await reads(host, 'Now: The kiln (Mona)');
  await host.keyboard.press('Enter');
  await hasFocus(host, 'run-next');
  await reads(host, 'Next: Welcome');
  await isSaved({ items: [welcome, glazes, kiln] });
});

test('what is removed is gone for everybody, and the focus stays in the list', async () => {
  await testId(host, 'run-remove-0').focus();
  await host.keyboard.press('Enter');
  await hasFocus(host, 'run-remove-0');
  await listIs(host, 'The glazes', 'The kiln');
  await reads(guest, 'Next: The glazes (You) You are next.');
  await isSaved({ items: [glazes, kiln] });
});

test('what the server does not take is said and stays in the field', async () => {
  await host.route(/run-of-show$/, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', json: { code: 'unavailable', detail: 'Not now.' } }));
  await testId(host, 'run-item-title').fill('Goodbye');
  await host.keyboard.press('Enter');
  await attributeIs(testId(host, 'run-of-show'), 'problem', 'data-code', 'unavailable', 20_000);
  assert.equal(await testId(host, 'run-item-title').inputValue(), 'Goodbye');
  await listIs(host, 'The glazes', 'The kiln');
  await host.unroute(/run-of-show$/);
  await host.keyboard.press('Enter');
  await listIs(host, 'The glazes', 'The kiln', 'Goodbye');
  await goes(testId(host, 'run-of-show'), 'problem');
});

test('a co-host who may moderate edits it too; both see the same', async () => {
  await hanna.call('PUT', `/v1/rooms/${roomId}/stage/${cosmo.userId}/permissions`, { invite: false, moderate: true, products: false });
  await appears(guest, 'run-of-show');
  assert.equal(await testId(guest, 'setting-guests').count(), 0);
  await listIs(guest, 'The glazes', 'The kiln', 'Goodbye');
  await add(guest, 'Questions');
  await testId(guest, 'run-up-3').click();
  await Promise.all([host, guest].map((page) => listIs(page, 'The glazes', 'The kiln', 'Questions', 'Goodbye')));
  await testId(guest, 'run-next').click();
  await reads(host, 'Now: The glazes (Cosmo) · Next: The kiln (Mona)');
  await looksRight(guest, 'a co-host who may moderate');
});

test('it is there after a reload', async () => {
  await host.reload();
  await listIs(host, 'The glazes', 'The kiln', 'Questions', 'Goodbye');
  await attributeIs(host, 'run-item-0', 'aria-current', 'step');
  await reads(host, 'Now: The glazes (Cosmo) · Next: The kiln (Mona)');
});

test('on a narrow screen nothing is cut off, from right to left as well', async () => {
  await add(host, 'Averylongwordwithoutanyspaces'.repeat(3));
  await host.setViewportSize({ width: 360, height: 740 });
  for (const direction of ['ltr', 'rtl']) {
    await host.evaluate((value) => (document.documentElement.dir = value), direction);
    const { scrolls, outside } = await host.evaluate(() => {
      const panel = document.querySelector('[data-testid="run-of-show"]').getBoundingClientRect();
      const boxes = [...document.querySelectorAll('.cs-run-items button, .cs-run-title, .cs-run-form :is(input, select, button)')].map((one) => one.getBoundingClientRect());
      return {
        scrolls: document.documentElement.scrollWidth > window.innerWidth,
        outside: boxes.filter((box) => box.left < panel.left || box.right > panel.right).length,
      };
    });
    assert.deepEqual({ direction, scrolls, outside }, { direction, scrolls: false, outside: 0 });
  }
  await looksRight(host, 'the editor on a phone');
});

test('no page had an error', () => {
  assert.deepEqual([host, guest, preparing, viewer].flatMap((page) => page.failures), []);
});
