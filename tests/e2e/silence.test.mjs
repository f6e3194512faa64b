// Who has switched camera and microphone off on air stays silent: after a reload, and in a second window.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser, mediaStats } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { never, until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import { acceptAndJoin, appears, attributeIs, goLive, invite, openStudio, seesAndHears, startShow, statusIs, testId } from './studio.mjs';

let server, browser, hanna, cosmo, host, guest, roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  [hanna, cosmo] = await Promise.all(['Hanna', 'Cosmo'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna);
  roomId = await startShow(host, 'Silence');
  guest = await openStudio(browser, cosmo, roomId);
  await goLive(host);
  await until(() => testId(host, `invite-${cosmo.userId}`).isEnabled().catch(() => false), 'the guest to be invitable');
  await invite(host, guest);
  await acceptAndJoin(guest);
  await Promise.all([host, guest].map((page) => seesAndHears(page, [hanna, cosmo], 'together')));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const outgoing = async (page) => (await mediaStats(page)).filter(({ direction }) => direction === 'out').map(({ kind }) => kind).sort();

async function switchOff(page, ...devices) {
  for (const device of devices) {
    await testId(page, `toggle-${device}`).click();
    await attributeIs(page, `toggle-${device}`, 'aria-pressed', 'false');
  }
}

// On stage again: the connection is up, so the devices can be switched.
async function isBack(page) {
  await attributeIs(page, 'stage', 'data-media', 'stage');
  await until(() => testId(page, 'toggle-microphone').isEnabled(), 'the devices to be ready');
}

async function isSilent(page) {
  await isBack(page);
  for (const device of ['camera', 'microphone']) assert.equal(await testId(page, `toggle-${device}`).getAttribute('aria-pressed'), 'false', device);
  assert.deepEqual(await outgoing(page), []);
}

for (const [who, pageOf] of [['co-host', () => guest], ['host', () => host]]) {
  test(`the ${who} switches both off and reloads: back on stage, both are off`, async () => {
    const page = pageOf();
    await switchOff(page, 'camera', 'microphone');
    await page.reload();
    await statusIs(page, 'live');
    await isSilent(page);
  });
}

const seatOf = async (user) => (await user.get(`/v1/rooms/${roomId}/stage`)).seats.find(({ userId }) => userId === user.userId);

test('a second window asks before it takes the seat over, and is as silent', async () => {
  const second = await guest.context().newPage();
  await second.goto(cosmo.studioUrl(roomId));
  await appears(second, 'elsewhere');
  await never(async () => (await seatOf(cosmo)).state !== 'onAir' || !(await testId(guest, 'leave-stage').isVisible()), 'the first window to be disturbed', 2000);
  assert.deepEqual(await findings(second, 'on stage elsewhere'), []);
  await testId(second, 'use-this-window').click();
  await isSilent(second);
  await testId(second, 'toggle-microphone').click();
  await attributeIs(host, `tile-${cosmo.userId}`, 'data-microphone', 'on');
  await appears(guest, 'elsewhere');
  await guest.reload();
  await appears(guest, 'elsewhere');
  await attributeIs(second, 'stage', 'data-media', 'stage');
  await testId(guest, 'use-this-window').click();
  await isBack(guest);
  await attributeIs(guest, 'toggle-microphone', 'aria-pressed', 'true');
  await attributeIs(guest, 'toggle-camera', 'aria-pressed', 'false');
  await second.close();
});

for (const [who, userOf] of [['co-host', () => cosmo], ['host', () => hanna]]) {
  test(`another browser of the ${who}, which knows nothing of the seat, asks and is silent`, async () => {
    const elsewhere = await openStudio(browser, userOf(), roomId);
    await testId(elsewhere, 'use-this-window').click();
    await isSilent(elsewhere);
    await elsewhere.context().close();
  });
}

test('no page had an error', () => {
  assert.deepEqual([host, guest].flatMap((page) => page.failures), []);
});
