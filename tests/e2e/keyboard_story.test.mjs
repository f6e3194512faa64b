// The whole story with the keyboard alone: Tab, Enter, Space, arrows and typing. No press of a mouse, nothing focused or pressed by
// the test. After each step something has the focus: nobody starts again at the top of the page.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { appears, attributeIs, goes, openStudio, seesAndHears, statusIs, testId } from './studio.mjs';

let server, browser;
let hanna, cosmo, vera;
let host, guest, viewer;
let roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  [hanna, cosmo, vera] = await Promise.all(['Hanna', 'Cosmo', 'Vera'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// Where the focus is: the test ids around it, innermost first, and what it is itself.
const focus = (page) => page.evaluate(() => {
  const element = document.activeElement ?? document.body;
  const ids = [];
  for (let one = element; one; one = one.parentElement) if (one.dataset.testid) ids.push(one.dataset.testid);
  const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? '';
  return { ids, what: `${element.tagName.toLowerCase()}${ids[0] ? `#${ids[0]}` : ''} "${name}"`, isBody: element === document.body };
});

const kMostTabs = 120;
// Presses Tab (or another key) until the focus is on, or within, this.
async function keyTo(page, name, key, most) {
  const visited = [];
  for (let pressed = 0; pressed <= most; ++pressed) {
    const { ids, what } = await focus(page);
    if (ids.includes(name)) return;
    visited.push(what);
    await page.keyboard.press(key);
  }
  assert.fail(`${page.user.name}: ${most} times ${key} did not lead to ${name}, but over\n${visited.join('\n')}`);
}
const tabTo = (page, name) => keyTo(page, name, 'Tab', kMostTabs);

async function pressOn(page, name, key = 'Enter') {
  await appears(page, name);
  await tabTo(page, name);
  await page.keyboard.press(key);
}

// Through the menu of a tile, as far as this line of it.
async function choose(page, user, action) {
  await pressOn(page, `menu-${user.userId}`);
  await appears(page, `menu-${action}-${user.userId}`);
  await keyTo(page, `menu-${action}-${user.userId}`, 'ArrowDown', 20);
  await page.keyboard.press('Enter');
  await goes(page, `menu-${action}-${user.userId}`);
}

// Something has the focus, and has it still when everything has come to rest; with `names` it is one of these, or within.
const kCalmLooks = 10;
async function keepsFocus(page, what, ...names) {
  let now, calm = 0;
  await until(async () => {
    now = await focus(page);
    calm = !now.isBody && (names.length === 0 || names.some((name) => now.ids.includes(name))) ? calm + 1 : 0;
    return calm === kCalmLooks;
  }, () => `${page.user.name} to have the focus ${names.length ? `in ${names}` : 'anywhere'} after ${what}, it is on ${now?.what}`, 10_000, 30);
}

const hears = (page, words) => until(async () => {
  const said = await page.locator('[role=status], [role=alert], [aria-live=polite]').allInnerTexts();
  return said.some((text) => words.test(text));
}, `a screen reader of ${page.user.name} to say ${words}`, 15_000);

const firstTile = (page) => page.locator('.cs-tiles > li').first().getAttribute('data-testid');

test('the host types a title, starts a show and goes live', async () => {
  await tabTo(host, 'start-title');
  await host.keyboard.type('By keyboard');
  await pressOn(host, 'start-show');
  await appears(host, 'go-live');
  roomId = decodeURIComponent(new URL(host.url()).pathname.split('/')[2]);
  await keepsFocus(host, 'starting the show');
  [guest, viewer] = await Promise.all([cosmo, vera].map((user) => openStudio(browser, user, roomId)));
  await until(() => testId(host, 'go-live').isEnabled(), 'the camera to be there');
  await pressOn(host, 'go-live');
  await Promise.all([host, guest, viewer].map((page) => statusIs(page, 'live')));
  await appears(host, 'stop-show');
  await keepsFocus(host, 'going live');
});

test('a viewer asks to join, with a comment', async () => {
  await pressOn(guest, 'ask-to-join');
  await keepsFocus(guest, 'opening the question', 'ask-comment');
  await guest.keyboard.type('I know about keys');
  await pressOn(guest, 'ask-send');
  await appears(guest, 'ask-place');
  await keepsFocus(guest, 'asking', 'ask');
  await hears(guest, /You asked to join/);
});

test('the host hears of it and invites out of the queue', async () => {
  await hears(host, /Cosmo asks to join/);
  await pressOn(host, `request-invite-${cosmo.userId}`);
  await goes(host, `request-${cosmo.userId}`);
  await keepsFocus(host, 'inviting', 'queue');
});

test('the viewer hears of it where they are, accepts, gets ready and joins', async () => {
  await appears(guest, 'invitation-banner');
  await hears(guest, /Hanna invites you on stage/);
  // They were in the card that has made room for the invitation.
  await keepsFocus(guest, 'the invitation came', 'invitation-banner');
  await pressOn(guest, 'accept');
  await appears(guest, 'preparing');
  await keepsFocus(guest, 'accepting', 'preparing');
  await hears(host, /Cosmo accepted and is getting ready/);
  await pressOn(guest, 'toggle-microphone', 'Space');
  await attributeIs(guest, 'toggle-microphone', 'aria-pressed', 'false');
  await keepsFocus(guest, 'muting', 'toggle-microphone');
  await guest.keyboard.press('Space');
  await attributeIs(guest, 'toggle-microphone', 'aria-pressed', 'true');
  await until(() => testId(guest, 'join-stage').isEnabled(), 'the devices to be ready');
  await pressOn(guest, 'join-stage');
  await appears(guest, 'leave-stage');
  await goes(guest, 'preparing');
  await keepsFocus(guest, 'joining');
  await hears(guest, /You are on stage/);
  await seesAndHears(viewer, [hanna, cosmo], 'the viewer');
});

test('the host mutes the co-host through the menu of the tile, and the co-host hears who did it', async () => {
  await choose(host, cosmo, 'off-microphone');
  await Promise.all([host, guest, viewer].map((page) => attributeIs(page, `tile-${cosmo.userId}`, 'data-microphone', 'muted')));
  await keepsFocus(host, 'muting', `menu-${cosmo.userId}`);
  await hears(guest, /Hanna muted you/);
});

test('the host asks for the sound again, and the co-host switches it on', async () => {
  await choose(host, cosmo, 'ask-microphone');
  await appears(guest, 'switch-on-asked');
  await hears(guest, /You are asked to unmute/);
  await pressOn(guest, 'switch-on');
  await goes(guest, 'switch-on-asked');
  await keepsFocus(guest, 'switching on');
  await Promise.all([host, viewer].map((page) => attributeIs(page, `tile-${cosmo.userId}`, 'data-microphone', 'on')));
});

test('the host moves people on stage through the menu', async () => {
  await until(async () => (await firstTile(host)) === `tile-${hanna.userId}`, 'the host to be first');
  await choose(host, cosmo, 'earlier');
  await Promise.all([host, guest, viewer].map((page) => until(async () => (await firstTile(page)) === `tile-${cosmo.userId}`, 'the co-host to be first')));
  await keepsFocus(host, 'moving', `tile-${cosmo.userId}`);
  await hears(host, /Cosmo now stands at place 1 of 2/);
  await choose(host, cosmo, 'later');
  await Promise.all([host, guest, viewer].map((page) => until(async () => (await firstTile(page)) === `tile-${hanna.userId}`, 'the host to be first again')));
  await keepsFocus(host, 'moving back', `tile-${cosmo.userId}`);
});

test('the host invites somebody out of the list of watchers, who declines', async () => {
  await tabTo(viewer, 'ask-to-join');
  await pressOn(host, `invite-${vera.userId}`);
  await appears(viewer, 'invitation-banner');
  await keepsFocus(host, 'inviting', `viewer-row-${vera.userId}`);
  await hears(viewer, /Hanna invites you on stage/);
  await keepsFocus(viewer, 'the invitation came');
  await pressOn(viewer, 'decline');
  await goes(viewer, 'invitation-banner');
  await keepsFocus(viewer, 'declining');
  await hears(host, /Vera declined/);
  await keepsFocus(host, 'the answer');
});

test('the co-host leaves, and is asked first', async () => {
  await pressOn(guest, 'leave-stage');
  await appears(guest, 'confirm-leave');
  await keepsFocus(guest, 'the question');
  await guest.keyboard.press('Escape');
  await goes(guest, 'confirm-leave');
  await keepsFocus(guest, 'staying', 'leave-stage');
  await guest.keyboard.press('Enter');
  await pressOn(guest, 'confirm-leave');
  await goes(guest, 'leave-stage');
  await Promise.all([host, viewer].map((page) => goes(page, `tile-${cosmo.userId}`)));
  await keepsFocus(guest, 'leaving');
  await hears(guest, /You left the stage/);
  await keepsFocus(host, 'the co-host left');
});

test('the host stops the show, and is asked first', async () => {
  await pressOn(host, 'stop-show');
  await pressOn(host, 'confirm-stop');
  await Promise.all([host, guest, viewer].map((page) => appears(page, 'ended-page')));
  await Promise.all([host, guest, viewer].map((page) => keepsFocus(page, 'the end', 'ended-page')));
});

test('no page had an error', () => {
  assert.deepEqual([host, guest, viewer].flatMap((page) => page.failures), []);
});
