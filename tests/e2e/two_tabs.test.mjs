// One person in two windows: watching ends nobody, and on stage is one window at a time.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { closeContexts, launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { never, until } from '../support/wait.mjs';
import { acceptAndJoin, appears, attributeIs, framesOf, goLive, goes, invite, openStudio, seesAndHears, startShow, testId } from './studio.mjs';

let server, browser;
before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
});
afterEach(() => closeContexts(browser));
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function show() {
  const [hanna, victor] = await Promise.all(['Hanna', 'Victor'].map((name) => User.create(server, name)));
  const host = await openStudio(browser, hanna);
  const roomId = await startShow(host, 'Two windows');
  await goLive(host);
  const first = await openStudio(browser, victor, roomId);
  const second = await openStudio(browser, victor, roomId);
  return { host, hanna, victor, roomId, first, second };
}

async function goesOn(page, user) {
  const frames = await framesOf(page, user);
  await until(async () => (await framesOf(page, user)) > frames + 10, 'the picture to go on');
}

// Runs in the page: how long the picture was away at most.
function watchPicture(selector) {
  let seen = performance.now();
  window.longestGap = 0;
  setInterval(() => {
    const video = document.querySelector(selector);
    const gap = performance.now() - seen;
    if (video?.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) seen = performance.now();
    else window.longestGap = Math.max(window.longestGap, Math.round(gap));
  }, 20);
}

test('a viewer with two windows sees and hears in both', async () => {
  const { hanna, first, second } = await show();
  await Promise.all([seesAndHears(first, [hanna], 'the first window'), seesAndHears(second, [hanna], 'the second window')]);
  await Promise.all([goesOn(first, hanna), goesOn(second, hanna)]);
  for (const page of [first, second]) assert.equal(await testId(page, 'elsewhere').count(), 0);
});

test('who goes on stage in one window sees the show all the while, and the other window falls silent', async (t) => {
  const { host, hanna, victor, roomId, first, second } = await show();
  await seesAndHears(first, [hanna], 'the first window');
  await seesAndHears(second, [hanna], 'the second window');
  await invite(host, first);
  await first.evaluate(watchPicture, `[data-testid="tile-${hanna.userId}"] video`);
  await acceptAndJoin(first);
  await attributeIs(first, 'stage', 'data-media', 'stage');
  await seesAndHears(first, [hanna, victor], 'the window on stage');
  await seesAndHears(host, [hanna, victor], 'the host');
  t.diagnostic(`longest time without the host's picture while joining: ${await first.evaluate(() => window.longestGap)} ms`);
  await appears(second, 'elsewhere');
  assert.equal(await second.locator('audio').count(), 0, 'no loudspeaker beside an open microphone');
  await never(async () => (await victor.get(`/v1/rooms/${roomId}/stage`)).seats.length !== 2, 1500, 'the seat is lost');

  await testId(first, 'leave-stage').click();
  await testId(first, 'confirm-leave').click();
  await goes(second, 'elsewhere');
  await seesAndHears(second, [hanna], 'the second window again');
  await seesAndHears(first, [hanna], 'the first window again');
});
