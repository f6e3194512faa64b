// Every screen of the studio, in its light and its dark form, against axe-core's rules (WCAG 2.2 A and AA, good practice); at every
// width, at 200 %, in both directions; and as it is kept in e2e/screens.
// Runs alone: screens are compared as they come to rest.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { inBothSchemes } from './axe.mjs';
import { Screens } from './screens.mjs';
import { appears, goLive, invite, openStudio, startShow, statusIs, testId } from './studio.mjs';

let server, browser, screens;
let host, guest, viewer;
let roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  screens = await Screens.open(browser);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const open = (user, room) => openStudio(browser, user, room, { reducedMotion: 'reduce' });

// Collected, so that one finding does not hide those of later screens.
const findings = [];
const inspect = async (page, screen) => findings.push(...(await inBothSchemes(page, screen)), ...(await screens.findings(page, screen)));
// Their ids give people the same colours each time.
const person = (name) => User.create(server, name, `${name.toLowerCase()}-of-the-screens`);

// The lines of what was checked are of another length while it is.
const isChecked = (page) => page.locator('[data-testid=readiness-connection]:not([data-mark=waiting])').waitFor();

test('coming in: the question for a name', async () => {
  const newcomer = await open({ server, token: '' }, null);
  await appears(newcomer, 'name-input');
  await inspect(newcomer, 'name');
  await newcomer.context().close();
});

test('home without a show, and an address of no show', async () => {
  viewer = await open(await person('Vera'), 'none');
  await appears(viewer, 'room-failed');
  await inspect(viewer, 'room failed');
  host = await open(await person('Hanna'), null);
  await appears(host, 'start-title');
  await inspect(host, 'home');
});

test('before the show: lobby with the invitation by id, home with a show, waiting', async () => {
  roomId = await startShow(host, 'Two at the microphone');
  await appears(host, 'go-live');
  await testId(host, 'invite-by-id-input').fill('nobody-of-this-name');
  await testId(host, 'invite-by-id-send').click();
  await appears(host, 'problem');
  await isChecked(host);
  await inspect(host, 'host lobby with a refusal');
  guest = await open(await person('Cosmo'), null);
  await appears(guest, `room-card-${roomId}`);
  await inspect(guest, 'home with a show');
  await testId(guest, `room-card-${roomId}`).locator('a').click();
  await statusIs(guest, 'idle');
  await inspect(guest, 'waiting for the show');
});

test('on air: the host, a viewer, the invitation, getting ready', async () => {
  await goLive(host);
  await statusIs(guest, 'live');
  await appears(host, `invite-${guest.user.userId}`);
  await testId(host, 'change-devices').click();
  await inspect(host, 'host on air, choosing a device');
  await inspect(guest, 'watching');
  await invite(host, guest);
  await inspect(host, 'invitation pending');
  await inspect(guest, 'invitation');
  await testId(guest, 'accept').click();
  await appears(guest, 'preparing');
  await isChecked(guest);
  await inspect(guest, 'getting ready');
});

test('together: host, co-host, the questions, being removed', async () => {
  await testId(guest, 'join-stage').click();
  await appears(guest, 'leave-stage');
  await appears(host, `tile-${guest.user.userId}`);
  await inspect(host, 'host together');
  await inspect(guest, 'co-host together');
  await testId(guest, 'leave-stage').click();
  await appears(guest, 'confirm-leave');
  await inspect(guest, 'leave?');
  await guest.keyboard.press('Escape');
  await testId(host, `remove-${guest.user.userId}`).click();
  await appears(host, 'confirm-remove');
  await inspect(host, 'remove?');
  await testId(host, 'confirm-remove').click();
  await appears(guest, 'removed-notice');
  await inspect(guest, 'removed');
});

test('settings that are on, and coming in by the link', async () => {
  for (const setting of ['setting-guests', 'setting-both-devices']) {
    await testId(host, setting).click();
    await testId(host, setting).and(host.locator('[data-selected]')).waitFor();
  }
  await inspect(host, 'settings on');
  const newcomer = await open({ server, token: '' }, null);
  // As a server that gives no tokens for a name.
  await newcomer.context().route('**/v1/server', (route) =>
    route.fulfill({ json: { name: 'costage', version: '0', dev: false, loginUrl: 'https://shop.example/login' } }));
  await newcomer.goto(`${server.http}/rooms/${roomId}`);
  await appears(newcomer, 'as-guest');
  await inspect(newcomer, 'as a guest');
  await newcomer.context().close();
});

test('the end', async () => {
  await testId(host, 'stop-show').click();
  await appears(host, 'confirm-stop');
  await inspect(host, 'end?');
  await testId(host, 'confirm-stop').click();
  await Promise.all([host, guest].map((page) => appears(page, 'ended-page')));
  await inspect(host, 'ended, host');
  await inspect(guest, 'ended, viewer');
});

test('no screen breaks a rule', () => {
  assert.equal(findings.length, 0, `\n${findings.join('\n')}`);
});
