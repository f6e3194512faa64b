// Shows that end by themselves, with a warning and a sentence; one window or the newest of two, as the room says.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { closeContexts, launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { acceptAndJoin, appears, attributeIs, goLive, goes, invite, openStudio, startShow, statusIs, testId } from './studio.mjs';

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

async function show(policies) {
  const [hanna, vera] = await Promise.all(['Hanna', 'Vera'].map((name) => User.create(server, name)));
  const host = await openStudio(browser, hanna);
  const roomId = await startShow(host, 'How it ends');
  await hanna.call('PATCH', `/v1/rooms/${roomId}`, { policies });
  const viewer = await openStudio(browser, vera, roomId);
  await goLive(host);
  await statusIs(viewer, 'live');
  return { hanna, vera, host, viewer, roomId };
}

test('a show in which nobody is seen or heard warns, goes on with a camera, and else ends with the reason', async () => {
  const { hanna, host, viewer, roomId } = await show({ quietLimitSeconds: 30 });
  await testId(host, 'toggle-camera').click();
  await testId(host, 'toggle-microphone').click();
  await attributeIs(host, 'ending-soon', 'data-why', 'quiet', 25_000);
  assert.equal(await testId(viewer, 'ending-soon').count(), 0, 'viewers can do nothing about it');
  await testId(host, 'toggle-camera').click();
  await goes(host, 'ending-soon');
  await testId(host, 'toggle-camera').click();
  await Promise.all([host, viewer].map((page) => appears(page, 'ended-page', 45_000)));
  for (const page of [host, viewer]) assert.match(await testId(page, 'ended-page').innerText(), /Nobody was seen or heard/);
  const room = await hanna.get(`/v1/rooms/${roomId}`);
  assert.equal(room.endReason, 'quiet');
});

test('before the longest time is over the host is asked, and may go on', async () => {
  const { hanna, host, roomId } = await show({ showLimitSeconds: 60 });
  await attributeIs(host, 'ending-soon', 'data-why', 'longest', 40_000);
  await testId(host, 'go-on-longer').click();
  await goes(host, 'ending-soon');
  const room = await hanna.get(`/v1/rooms/${roomId}`);
  assert.equal(room.policies.showLimitSeconds, 1860);
  assert.equal(Date.parse(room.endsBy) - Date.parse(room.liveAt), 1860_000);
});

test('the host sets the limits in the settings', async () => {
  const { hanna, host, roomId } = await show({});
  // Faster than each is saved: the last one counts.
  for (const seconds of ['300', '1800', '600']) await testId(host, 'setting-quiet').selectOption(seconds);
  await testId(host, 'setting-longest').selectOption('7200');
  await testId(host, 'setting-one-window').click();
  await attributeIs(host, 'setting-one-window', 'data-selected', 'true');
  await until(async () => {
    const { policies } = await hanna.get(`/v1/rooms/${roomId}`);
    return policies.quietLimitSeconds === 600 && policies.showLimitSeconds === 7200 && policies.secondWindow === 'refused';
  }, 'all three to be saved');
  assert.equal(await testId(host, 'setting-quiet').inputValue(), '600');
});

test('where one window is allowed, the second says so and takes nothing; when the first is gone it may', async () => {
  const { vera, host, viewer, roomId } = await show({ secondWindow: 'refused' });
  await invite(host, viewer);
  await acceptAndJoin(viewer);
  const second = await openStudio(browser, vera, roomId);
  await appears(second, 'elsewhere');
  assert.match(await testId(second, 'elsewhere').innerText(), /one window/);
  assert.equal(await testId(second, 'use-this-window').count(), 0);
  const refused = await vera.request('POST', `/v1/rooms/${roomId}/broadcaster`);
  assert.equal(refused.status, 409);
  assert.equal(refused.json.code, 'on_stage_elsewhere');
  await viewer.close();
  await appears(second, 'use-this-window');
  await testId(second, 'use-this-window').click();
  await attributeIs(second, 'stage', 'data-media', 'stage');
});
