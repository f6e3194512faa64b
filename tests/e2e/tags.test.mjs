// A host gives a show words to find it by; viewers narrow the list to one of them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { appears, openStudio, startShow, testId } from './studio.mjs';

let server, browser;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('tags are saved in the settings, and filter the list of shows', async () => {
  const [host, viewer] = await Promise.all([User.create(server, 'Hanna'), User.create(server, 'Vera')]);
  await host.createRoom('Without');
  const studio = await openStudio(browser, host, undefined);
  const roomId = await startShow(studio, 'Pottery');
  await testId(studio, 'setting-tags').fill('clay, winter, clay');
  await testId(studio, 'save-tags').click();
  await until(async () => (await host.get(`/v1/rooms/${roomId}`)).tags.join() === 'clay,winter', 'the tags to be saved');

  const home = await openStudio(browser, viewer, undefined);
  await appears(home, `room-card-${roomId}`);
  assert.equal(await home.locator('.cs-room-card').count(), 2);
  await testId(home, 'tag-winter').click();
  await until(async () => (await home.locator('.cs-room-card').count()) === 1, 'the other show to go');
  await appears(home, `room-card-${roomId}`);
  await testId(home, 'tag-winter').click();
  await until(async () => (await home.locator('.cs-room-card').count()) === 2, 'all shows to be there again');

  await testId(studio, 'setting-tags').fill('a, b, c, d, e, f, g, h, i');
  await testId(studio, 'save-tags').click();
  await studio.locator('.cs-setting-tags [role=alert]').waitFor();
});
