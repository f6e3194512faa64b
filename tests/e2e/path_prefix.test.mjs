// The whole of it under a path of a larger site, behind a proxy that takes the path off (nginx: location /live/).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser, openPage } from '../support/browser.mjs';
import { startPathProxy } from '../support/path_proxy.mjs';
import { startServer } from '../support/server.mjs';
import { appears, goLive, openStudio, seesAndHears, startShow, testId } from './studio.mjs';

let server, proxy, browser;

before(async () => {
  proxy = await startPathProxy('/shop/live', () => server.http);
  server = await startServer('costage', { args: ['--url', proxy.ws] });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await proxy?.close();
  await server?.stop();
});

test('a show is started, watched and found again', async () => {
  const [hanna, vera] = await Promise.all(['Hanna', 'Vera'].map((name) => User.create(proxy, name)));
  const host = await openStudio(browser, hanna);
  const roomId = await startShow(host, 'Under a path');
  assert.equal(new URL(host.url()).pathname, `/shop/live/rooms/${roomId}`);
  assert.equal(await testId(host, 'room-link').getAttribute('data-link'), `${proxy.http}/rooms/${roomId}`);
  await goLive(host);
  const viewer = await openStudio(browser, vera, roomId);
  await seesAndHears(viewer, [hanna], 'Vera');
  await viewer.reload();
  await seesAndHears(viewer, [hanna], 'Vera');
  await viewer.getByRole('button', { name: 'All shows' }).click();
  await appears(viewer, `room-card-${roomId}`);
  assert.equal(new URL(viewer.url()).pathname, '/shop/live/');
  assert.equal(await testId(viewer, `room-card-${roomId}`).locator('a').getAttribute('href'), `/shop/live/rooms/${roomId}`);
  assert.deepEqual([...host.failures, ...viewer.failures], []);
});

test('its icon and its manifest are found from every page, and its scripts come compressed', async () => {
  const page = await openPage(browser, { url: `${proxy.http}/rooms/none` });
  const files = await page.evaluate(async () => {
    const links = [...document.querySelectorAll('link[href], script[src]')].map((one) => one.href || one.src);
    return Promise.all(links.map(async (link) => {
      const answer = await fetch(link);
      return { link, status: answer.status, encoding: answer.headers.get('content-encoding'), type: answer.headers.get('content-type'), size: (await answer.arrayBuffer()).byteLength };
    }));
  });
  assert.ok(files.length >= 4, JSON.stringify(files));
  for (const { link, status, encoding, type, size } of files) {
    assert.ok(link.startsWith(`${proxy.http}/`), link);
    assert.equal(status, 200, link);
    assert.ok(!type.startsWith('text/html'), `${link} is ${type}`);
    // One packet's worth is sent as it is.
    if (/\.(js|css)$/.test(link) && size >= 1024) assert.match(String(encoding), /^(br|gzip)$/, link);
  }
});
