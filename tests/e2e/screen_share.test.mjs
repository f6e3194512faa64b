// Sharing the screen, a real tab with its sound: who sees and hears it, how it is shown, and what ends it.
// Runs alone: large pictures, at twenty a second.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser, mediaGrows, videoPlays } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import { wide } from './chat.mjs';
import { acceptAndJoin, appears, attributeIs, choose, goLive, goes, invite, openStudio, seesAndHears, startShow, statusIs, testId } from './studio.mjs';

const kSlides = 'Slides of the potter';
let server, browser, sharing;
let hanna, cosmo, vera;
let host, guest, viewer, slides;
let roomId;

// Runs in the page: what was captured, to see whether it goes on.
function keepCaptures() {
  window.captured = [];
  const { getDisplayMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getDisplayMedia = async function (...args) {
    const stream = await getDisplayMedia.apply(this, args);
    window.captured.push(...stream.getTracks());
    return stream;
  };
}

// A tab that moves and sounds.
async function openSlides() {
  const page = await guest.context().newPage();
  await page.goto(`${server.http}/healthz`);
  await page.evaluate((title) => {
    document.title = title;
    document.body.innerHTML = '<h1 style="font-size: 20vmin">Slide <span>0</span></h1>';
    let number = 0;
    setInterval(() => (document.querySelector('span').textContent = ++number), 50);
    const context = new AudioContext();
    const tone = context.createOscillator();
    tone.connect(context.destination);
    tone.start();
  }, kSlides);
  await guest.bringToFront();
  return page;
}

before(async () => {
  server = await startServer('costage');
  [browser, sharing] = await Promise.all([launchBrowser({ fps: 20 }), launchBrowser({ sharedTab: kSlides, fps: 20 })]);
  [hanna, cosmo, vera] = await Promise.all(['Hanna', 'Cosmo', 'Vera'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna, null, { reducedMotion: 'reduce' });
  await host.context().addInitScript(keepCaptures);
  await host.reload();
  roomId = await startShow(host, 'Slides');
  [guest, viewer] = await Promise.all([openStudio(sharing, cosmo, roomId), openStudio(browser, vera, roomId, wide)]);
  await guest.context().addInitScript(keepCaptures);
  await guest.reload();
  slides = await openSlides();
  await goLive(host);
  await Promise.all([guest, viewer].map((page) => statusIs(page, 'live')));
  await invite(host, guest);
  await acceptAndJoin(guest);
  await seesAndHears(viewer, [hanna, cosmo], 'the viewer');
});
after(async () => {
  await Promise.all([browser?.close(), sharing?.close()]);
  await server?.stop();
});

const screenOf = (user) => `[data-testid="screen-${user.userId}"] video`;
const layoutIs = (page, value) => attributeIs(page, 'stage', 'data-layout', value);
const firstTile = (page) => page.locator('.cs-tiles > li').first().getAttribute('data-testid');
const isFirst = (page, tile) => until(async () => (await firstTile(page)) === tile, `${tile} to be first`);
const isPressed = (page, value) => attributeIs(page, 'toggle-screen', 'aria-pressed', String(value));
const captures = (page) => page.evaluate(() => window.captured.filter((one) => one.readyState === 'live').map(({ kind }) => kind).sort());
// Others may see it go first: the own page stops capturing when it has hung up.
const capturesNothing = (page) => until(async () => (await captures(page)).length === 0, 'the browser to capture nothing');

test('a co-host shares a tab: everybody sees it large and hears it, and goes on seeing the people', async () => {
  assert.equal(await testId(viewer, 'toggle-screen').count(), 0, 'viewers share nothing');
  await isPressed(guest, false);
  await testId(guest, 'toggle-screen').click();
  await isPressed(guest, true);
  assert.deepEqual(await captures(guest), ['audio', 'video']);
  await Promise.all([host, guest, viewer].map(async (page) => {
    await layoutIs(page, 'screen');
    await isFirst(page, `screen-${cosmo.userId}`);
    await videoPlays(page, screenOf(cosmo), 'the screen');
  }));
  await seesAndHears(viewer, [hanna, cosmo], 'the viewer');
  await mediaGrows(viewer, 'two people and what is shown', { direction: 'in', kind: 'audio' }, 3);
  await mediaGrows(host, 'one person and what is shown', { direction: 'in', kind: 'audio' }, 2);
});

test('nothing of it is cut off, and the people stand beside it without lying over it', async () => {
  const boxes = await viewer.evaluate(([screen, people]) => {
    const box = (css) => document.querySelector(css).getBoundingClientRect().toJSON();
    const video = document.querySelector(screen);
    return { screen: box(screen), people: people.map(box), fit: getComputedStyle(video).objectFit };
  }, [screenOf(cosmo), [hanna, cosmo].map(({ userId }) => `[data-testid="tile-${userId}"]`)]);
  assert.equal(boxes.fit, 'contain');
  for (const person of boxes.people) {
    assert.ok(person.left >= boxes.screen.right || person.top >= boxes.screen.bottom, JSON.stringify(boxes));
    assert.ok(person.width * person.height < boxes.screen.width * boxes.screen.height / 4);
  }
});

// A smaller picture is received smaller: beside the chat of a small window less than all lines are shown.
test('its text arrives sharp: at the size of what is shared', async () => {
  let height;
  await until(async () => {
    height = await viewer.evaluate((css) => document.querySelector(css).videoHeight, screenOf(cosmo));
    return height >= 720;
  }, () => `the tab to be seen with all its lines, there are ${height}`, 40_000);
});

test('each viewer may look at a person or at the screen, whatever the host says', async () => {
  await choose(viewer, hanna.userId, 'pin');
  await layoutIs(viewer, 'spotlight');
  await isFirst(viewer, `tile-${hanna.userId}`);
  await videoPlays(viewer, screenOf(cosmo), 'the screen, small');
  await testId(host, 'layout').selectOption('grid');
  await layoutIs(guest, 'grid');
  await choose(viewer, `screen-${cosmo.userId}`, 'pin');
  await layoutIs(viewer, 'screen');
  await choose(viewer, `screen-${cosmo.userId}`, 'pin');
  await layoutIs(viewer, 'grid');
  await testId(host, 'layout').selectOption('screen');
  await Promise.all([host, guest, viewer].map((page) => layoutIs(page, 'screen')));
});

test('the stage with a shared screen breaks no rule of accessibility', async () => {
  assert.deepEqual(await findings(host, 'a shared screen'), []);
  await videoPlays(host, screenOf(cosmo), 'the screen');
});

test('of two who share the newest is large, the other within reach', async () => {
  await testId(host, 'toggle-screen').click();
  await isPressed(host, true);
  await Promise.all([guest, viewer].map((page) => isFirst(page, `screen-${hanna.userId}`)));
  await videoPlays(viewer, screenOf(hanna), 'the newer screen');
  await videoPlays(viewer, screenOf(cosmo), 'the older screen');
  // The whole screen, in itself, again and again.
  assert.match(await testId(host, `screen-${hanna.userId}`).innerText(), /whole screen/);
  await choose(viewer, `screen-${cosmo.userId}`, 'pin');
  await isFirst(viewer, `screen-${cosmo.userId}`);
  await choose(viewer, `screen-${cosmo.userId}`, 'pin');
});

test('nobody is offered to stop the host', async () => {
  await testId(guest, `menu-screen-${hanna.userId}`).click();
  await appears(guest, `menu-pin-screen-${hanna.userId}`);
  assert.equal(await testId(guest, `menu-off-screen-screen-${hanna.userId}`).count(), 0);
  await guest.keyboard.press('Escape');
});

test('the host stops a co-host sharing, who reads who it was; the browser captures no longer', async () => {
  await choose(host, `screen-${cosmo.userId}`, 'off-screen');
  await appears(guest, 'switched-off-screen');
  assert.match(await testId(guest, 'switched-off-screen').innerText(), /Hanna stopped your screen share/);
  await isPressed(guest, false);
  await Promise.all([host, guest, viewer].map((page) => goes(page, `screen-${cosmo.userId}`)));
  await capturesNothing(guest);
  await seesAndHears(viewer, [hanna, cosmo], 'the viewer still');
  await videoPlays(viewer, screenOf(hanna), 'the host still shares');
});

test('a press on the button ends it, for everybody', async () => {
  await testId(host, 'toggle-screen').click();
  await isPressed(host, false);
  await Promise.all([host, guest, viewer].map((page) => goes(page, `screen-${hanna.userId}`)));
  await capturesNothing(host);
  // The scene says a shared screen, and there is none.
  await layoutIs(viewer, 'two');
});

test('it ends where the browser ends it, and can begin again', async () => {
  await testId(guest, 'toggle-screen').click();
  await videoPlays(viewer, screenOf(cosmo), 'the screen again');
  // As its own "Stop sharing" does: the tracks end.
  await slides.close();
  await goes(viewer, `screen-${cosmo.userId}`);
  await isPressed(guest, false);
  assert.equal(await testId(guest, 'problem').count(), 0);
  slides = await openSlides();
  await testId(guest, 'toggle-screen').click();
  await videoPlays(viewer, screenOf(cosmo), 'the screen once more');
});

test('a closed picker is no error; one that is forbidden says so', async () => {
  await testId(guest, 'toggle-screen').click();
  await isPressed(guest, false);
  const refuse = (message) => guest.evaluate((words) => {
    MediaDevices.prototype.kept ??= MediaDevices.prototype.getDisplayMedia;
    MediaDevices.prototype.getDisplayMedia = () => Promise.reject(new DOMException(words, 'NotAllowedError'));
  }, message);
  await refuse('Permission denied by system');
  await testId(guest, 'toggle-screen').click();
  await attributeIs(guest, 'problem', 'data-code', 'screen_denied');
  await refuse('Permission denied by user');
  await testId(guest, 'toggle-screen').click();
  await goes(guest, 'problem');
  await isPressed(guest, false);
  await guest.evaluate(() => (MediaDevices.prototype.getDisplayMedia = MediaDevices.prototype.kept));
});

test('a screen that is lost with the connection: it is said, and need not be read for ever', async () => {
  await testId(guest, 'toggle-screen').click();
  await videoPlays(viewer, screenOf(cosmo), 'the screen before the loss');
  // What a browser does that freezes a page; livekit-client hangs up then.
  await guest.evaluate(() => window.dispatchEvent(new Event('freeze')));
  await attributeIs(guest, 'problem', 'data-code', 'screen_ended');
  await attributeIs(guest, 'stage', 'data-phase', 'connected', 30_000);
  assert.deepEqual(await findings(guest, 'a screen that was lost'), []);
  await testId(guest, 'problem').getByRole('button', { name: 'Close' }).click();
  await goes(guest, 'problem');
  await until(() => testId(guest, 'toggle-screen').evaluate((one) => one === document.activeElement), 'the focus to go to the button for the screen');
});

test('a co-host who may moderate stops another one', async () => {
  await choose(host, cosmo.userId, 'moderate');
  await invite(host, viewer);
  await acceptAndJoin(viewer);
  await testId(viewer, 'toggle-screen').click();
  await videoPlays(guest, screenOf(vera), 'the screen of the other co-host');
  await choose(guest, `screen-${vera.userId}`, 'off-screen');
  await appears(viewer, 'switched-off-screen');
  assert.match(await testId(viewer, 'switched-off-screen').innerText(), /Cosmo stopped your screen share/);
  await Promise.all([host, guest].map((page) => goes(page, `screen-${vera.userId}`)));
});

test('who leaves the stage shares nothing any more', async () => {
  await testId(guest, 'toggle-screen').click();
  await videoPlays(viewer, screenOf(cosmo), 'the screen for the last time');
  await testId(guest, 'leave-stage').click();
  await testId(guest, 'confirm-leave').click();
  await goes(viewer, `screen-${cosmo.userId}`);
  await capturesNothing(guest);
});

test('where the browser cannot share there is no button', async () => {
  const phone = await openStudio(browser, await User.create(server, 'Petra'), null, { viewport: { width: 360, height: 740 } });
  await phone.context().addInitScript(() => delete MediaDevices.prototype.getDisplayMedia);
  await phone.reload();
  await startShow(phone, 'On the phone');
  await goLive(phone);
  await appears(phone, 'toggle-camera');
  assert.equal(await testId(phone, 'toggle-screen').count(), 0);
  assert.deepEqual([phone, host, guest, viewer].flatMap((page) => page.failures), []);
});
