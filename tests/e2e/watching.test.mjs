// How somebody watches on their own page: how good the pictures are, how loud each person is, over the whole screen or other windows,
// the screen that stays on; and how they hear of an invitation while they look elsewhere.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser, mediaStats } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { inBothSchemes } from './axe.mjs';
import { acceptAndJoin, appears, choose, openShow, openStudio, pictureOf, seesAndHears, testId } from './studio.mjs';

let server, browser, show;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser({ cameras: 2 });
  show = await openShow(server, browser, 'A matter of taste');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const choosePictures = async (page, pictures) => {
  await testId(page, 'view').click();
  await testId(page, `pictures-${pictures}`).click();
  await page.keyboard.press('Escape');
};
const widthOf = (page) => page.locator(pictureOf(show.hanna.userId)).evaluate((video) => video.videoWidth);
const videoTracks = async (page) => (await mediaStats(page)).filter(({ direction, kind }) => direction === 'in' && kind === 'video').length;

test('pictures are small for who saves data, none for who only listens, and the choice outlives the page', async () => {
  const { viewer, hanna } = show;
  await seesAndHears(viewer, [hanna], 'in full');
  await until(async () => (await widthOf(viewer)) >= 640, 'a large picture', 30_000);
  await choosePictures(viewer, 'low');
  await until(async () => (await widthOf(viewer)) <= 360, 'a small picture', 30_000);
  await choosePictures(viewer, 'none');
  await viewer.locator(pictureOf(hanna.userId)).waitFor({ state: 'hidden' });
  await viewer.reload();
  await appears(viewer, `tile-${hanna.userId}`);
  await until(async () => (await mediaStats(viewer)).some(({ direction, kind, energy }) => direction === 'in' && kind === 'audio' && energy > 0), 'sound');
  assert.equal(await videoTracks(viewer), 0);
  await choosePictures(viewer, 'auto');
  await seesAndHears(viewer, [hanna], 'again');
});

test('each person is as loud as one likes, by keyboard too', async () => {
  const { viewer, hanna } = show;
  await choose(viewer, hanna.userId, 'volume');
  const thumb = viewer.getByRole('slider');
  await thumb.focus();
  await viewer.keyboard.press('Home');
  const volumes = () => viewer.evaluate(() => [...document.querySelectorAll('audio')].map((one) => one.volume));
  await until(async () => (await volumes()).every((one) => one === 0), 'silence');
  for (let step = 0; step < 4; step++) await viewer.keyboard.press('ArrowRight');
  await until(async () => (await volumes()).every((one) => Math.abs(one - 0.2) < 0.01), 'a fifth');
  assert.match(await thumb.getAttribute('aria-valuetext') ?? '', /20/);
  assert.deepEqual(await inBothSchemes(viewer, 'the volume'), []);
  await testId(viewer, 'volume-close').click();
});

test('the stage fills the screen with its menus, and its picture floats', async () => {
  const { viewer } = show;
  await testId(viewer, 'view').click();
  await testId(viewer, 'full-screen').click();
  await until(() => viewer.evaluate(() => document.fullscreenElement?.contains(document.querySelector('[data-testid=stage]')) === true), 'the full screen');
  await testId(viewer, 'view').click();
  assert.match(await testId(viewer, 'full-screen').innerText(), /Leave/);
  await testId(viewer, 'full-screen').click();
  await until(() => viewer.evaluate(() => document.fullscreenElement === null), 'the page again');
  if (!(await viewer.evaluate(() => document.pictureInPictureEnabled))) return;
  await testId(viewer, 'view').click();
  await testId(viewer, 'picture-in-picture').click();
  await until(() => viewer.evaluate(() => document.pictureInPictureElement !== null), 'the floating picture');
  await viewer.evaluate(() => document.exitPictureInPicture());
});

test('the screen stays on while somebody watches', async () => {
  const { viewer } = show;
  const browserSession = await browser.newBrowserCDPSession();
  const { targetInfo } = await (await viewer.context().newCDPSession(viewer)).send('Target.getTargetInfo');
  await browserSession.send('Browser.grantPermissions', { origin: server.http, browserContextId: targetInfo.browserContextId, permissions: ['wakeLockScreen', 'audioCapture', 'videoCapture'] });
  await viewer.addInitScript(() => {
    window.locks = 0;
    const request = navigator.wakeLock.request.bind(navigator.wakeLock);
    navigator.wakeLock.request = async (type) => {
      const lock = await request(type);
      window.locks++;
      lock.addEventListener('release', () => window.locks--);
      return lock;
    };
  });
  await viewer.reload();
  await until(() => viewer.evaluate(() => window.locks === 1), 'the lock');
  await viewer.locator('.cs-brand').click();
  await until(() => viewer.evaluate(() => window.locks === 0), 'the lock to go with the show');
  await viewer.goBack();
});

// A browser without a window shows every page: whether this one is looked at is said for it.
const look = (page, isSeen) => page.evaluate((state) => {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
  document.dispatchEvent(new Event('visibilitychange'));
}, isSeen ? 'visible' : 'hidden');

test('who looks elsewhere hears of an invitation by the tab and, if they wish, by the system', async () => {
  const { guest, host, cosmo } = show;
  await guest.context().grantPermissions(['camera', 'microphone', 'notifications']);
  await guest.evaluate(() => {
    window.notes = [];
    window.Notification = class extends EventTarget {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor(title, { body }) { super(); this.text = `${title}: ${body}`; window.notes.push(this); }
      close() { this.closed = true; }
    };
  });
  await testId(guest, 'account').click();
  await testId(guest, 'notify').locator('..').click();
  await testId(guest, 'account-close').click();
  await look(guest, false);
  await testId(host, `invite-${cosmo.userId}`).click();
  await until(async () => /^\(1\) Hanna invites you/.test(await guest.title()), 'the title of the tab');
  await until(() => guest.evaluate(() => window.notes[0]?.text === 'Hanna invites you on stage: A matter of taste'), 'the note');
  await look(guest, true);
  await until(async () => /^A matter of taste/.test(await guest.title()), 'the title of the show');
  assert.equal(await guest.evaluate(() => window.notes[0].closed), true);
  await acceptAndJoin(guest);
});

test('in the hand there is a button for the other camera', async () => {
  const { guest, cosmo, viewer, roomId } = show;
  assert.equal(await testId(guest, 'turn-camera').count(), 0, 'not with a mouse');
  const phone = await openStudio(browser, cosmo, roomId, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await testId(phone, 'use-this-window').click();
  // Another device begins with nothing on.
  for (const device of ['camera', 'microphone']) await testId(phone, `toggle-${device}`).click();
  await seesAndHears(viewer, [cosmo], 'from the phone');
  const used = () => phone.evaluate(() => document.querySelector('.cs-tile[data-self=true] video').srcObject?.getVideoTracks()[0]?.getSettings().deviceId);
  let before;
  await until(async () => (before = await used()), 'the first camera');
  await testId(phone, 'turn-camera').click();
  await until(async () => ![undefined, before].includes(await used()), 'the other camera');
  // No further: after a change from one of Chromium's fake cameras to the other it encodes nothing, without any server too.
  assert.deepEqual(phone.failures, []);
});

test('no page had an error', () => {
  for (const page of [show.host, show.guest, show.viewer]) assert.deepEqual(page.failures, []);
});
