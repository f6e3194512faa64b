// A co-host whose connection drops again and again (S-073): the picture is sent smaller, both are told, and it can be made full again.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser, mediaStats } from '../support/browser.mjs';
import { leadThrough, startLink } from '../support/link.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import { acceptAndJoin, appears, attributeIs, choose, goLive, goes, invite, openStudio, seesAndHears, startShow, statusIs, testId } from './studio.mjs';

let server, browser, link;
let hanna, cosmo;
let host, guest;
let roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  link = await startLink(server);
  [hanna, cosmo] = await Promise.all(['Hanna', 'Cosmo'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna, null, { reducedMotion: 'reduce' });
  roomId = await startShow(host, 'It holds');
  guest = await openStudio(browser, cosmo, roomId, { reducedMotion: 'reduce' });
  await leadThrough(guest.context(), link);
  await guest.reload();
  await goLive(host);
  await statusIs(guest, 'live');
  await invite(host, guest);
  await acceptAndJoin(guest);
  // Who is large is sent in full.
  await choose(host, cosmo.userId, 'spotlight');
  await seesAndHears(host, [hanna, cosmo], 'the host');
});
after(async () => {
  await browser?.close();
  await link?.close();
  await server?.stop();
});

// The largest of the layers that are sent just now.
let layers = [];
async function sentHeight() {
  const last = layers;
  layers = (await mediaStats(guest)).filter(({ direction, kind }) => direction === 'sent' && kind === 'video');
  const grows = ({ rid, frames }) => frames > (last.find((one) => one.rid === rid)?.frames ?? Infinity);
  return Math.max(0, ...layers.filter(grows).map(({ height }) => height));
}
const sends = (isRight, what) => until(async () => isRight(await sentHeight()), () => `${what} to be sent: ${JSON.stringify(layers)}`, 40_000, 500);
const phaseIs = (value) => attributeIs(guest, 'stage', 'data-phase', value, 60_000);
const seat = async () => (await hanna.get(`/v1/rooms/${roomId}/stage`)).seats.find((one) => one.userId === cosmo.userId);

test('a connection that holds sends its picture in full', async () => {
  await sends((height) => height > 360, 'more than 360 lines');
  assert.equal(await testId(guest, 'video-lowered').count(), 0);
});

test('cut off three times it sends it smaller, says so, and the host sees it', async () => {
  for (let losses = 1; losses <= 3; losses++) {
    link.cut(true);
    await phaseIs('reconnecting');
    await until(async () => (await seat())?.state === 'reconnecting', `loss ${losses}`, 40_000);
    link.cut(false);
    await phaseIs('connected');
    await until(async () => (await seat())?.state === 'onAir', 'the co-host to be on air again', 40_000);
  }
  await appears(guest, 'video-lowered');
  assert.match(await testId(guest, 'video-lowered').innerText(), /drops again and again/);
  await appears(host, `unsteady-${cosmo.userId}`);
  await sends((height) => height > 0 && height <= 360, 'at most 360 lines');
  await seesAndHears(host, [hanna, cosmo], 'the host');
});

test('what is said breaks no rule of accessibility', async () => {
  assert.deepEqual([...(await findings(guest, 'a lowered picture')), ...(await findings(host, 'an unsteady co-host'))], []);
});

test('a press sends it in full again', async () => {
  await testId(guest, 'send-full-picture').click();
  await goes(guest, 'video-lowered');
  await sends((height) => height > 360, 'more than 360 lines');
  assert.deepEqual([host, guest].flatMap((page) => page.failures), []);
});
