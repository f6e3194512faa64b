// The first command of the README, in Firefox: it gathers no loopback candidate and pairs none with another kind.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { hasFirefox, launchFirefox } from '../support/firefox.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { acceptAndJoin, goLive, invite, openStudio, seesAndHears, startShow } from './studio.mjs';

const skip = hasFirefox ? false : 'firefox-esr is not installed';
let server, browser, firefox;
before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  if (!skip) firefox = await launchFirefox();
});
after(async () => {
  await Promise.all([browser?.close(), firefox?.close()]);
  await server?.stop();
});

const pictureOf = ({ userId }) => `document.querySelector('[data-testid="tile-${userId}"] video')`;
async function sees(tab, user) {
  // Its totalVideoFrames stays 0 for live streams.
  const frames = () => tab.evaluate(`${pictureOf(user)}?.mozPaintedFrames ?? 0`);
  await until(async () => (await frames()) > 0, `Firefox sees ${user.name}`, 30_000);
  const first = await frames();
  await until(async () => (await frames()) > first + 10, 'the picture to move', 30_000);
}

test('Firefox watches a --dev server, comes on stage and is seen in Chromium', { skip }, async () => {
  const [hanna, freya] = await Promise.all(['Hanna', 'Freya'].map((name) => User.create(server, name)));
  const host = await openStudio(browser, hanna);
  const roomId = await startShow(host, 'Two browsers');
  await goLive(host);
  const tab = await firefox.open(freya.studioUrl(roomId));
  await sees(tab, hanna);
  await host.getByTestId(`invite-${freya.userId}`).click();
  await tab.click('accept');
  await tab.click('join-stage');
  await seesAndHears(host, [hanna, freya], 'the host');
  await sees(tab, hanna);
});

test('Firefox hosts, Chromium watches and comes on stage', { skip }, async () => {
  const [freya, victor] = await Promise.all(['Freya', 'Victor'].map((name) => User.create(server, name)));
  const { roomId } = await freya.createRoom('From Firefox');
  const tab = await firefox.open(freya.studioUrl(roomId));
  await tab.click('go-live');
  const viewer = await openStudio(browser, victor, roomId);
  await seesAndHears(viewer, [freya], 'the viewer');
  await freya.invite(roomId, victor.userId);
  await acceptAndJoin(viewer);
  await seesAndHears(viewer, [freya, victor], 'the co-host');
  await sees(tab, victor);
  assert.equal((await freya.get(`/v1/rooms/${roomId}/stage`)).seats.length, 2);
});
