// The studio in a frame of another site, whose browser lets it store nothing; and a page that fails.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser, openPage } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { serveFiles } from '../support/site.mjs';
import { findings } from './axe.mjs';
import { appears, testId } from './studio.mjs';

let server, browser, user;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  user = await User.create(server, 'Hanna');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// Runs in the page before its own scripts.
function forbidStorage() {
  for (const name of ['sessionStorage', 'localStorage']) {
    Object.defineProperty(globalThis, name, {
      get() { throw new DOMException(`Failed to read the '${name}' property from 'Window'`, 'SecurityError'); },
    });
  }
}

test('in a frame of another site, with storage blocked, the studio is there and a show runs', async () => {
  const src = `${server.http}/#token=${user.token}`;
  const site = await serveFiles({ '/': `<!doctype html><title>Shop</title><iframe src="${src}" width="1000" height="700" allow="camera; microphone"></iframe>` });
  try {
    const page = await openPage(browser);
    await page.context().addInitScript(forbidStorage);
    const complaints = [];
    page.on('console', (message) => { if (/Policy/.test(message.text())) complaints.push(message.text()); });
    await page.goto(site.url.replace('127.0.0.1', 'localhost'));
    const frame = page.frameLocator('iframe');
    await frame.getByTestId('start-title').fill('From the shop', { timeout: 10_000 });
    await frame.getByTestId('start-show').click();
    await frame.getByTestId('go-live').click();
    await frame.locator('[data-testid=room-status][data-status=live]').waitFor();
    await frame.getByTestId('toggle-microphone').click();
    await frame.locator('[data-testid=toggle-microphone][aria-pressed=false]').waitFor();
    assert.deepEqual(page.failures, []);
    assert.deepEqual(complaints, [], 'the browser understands the security headers');
    await page.context().close();
  } finally {
    await site.close();
  }
});

test('in a frame that is nobody\'s (sandbox without allow-same-origin), the studio is there', async () => {
  const src = `${server.http}/#token=${user.token}`;
  const site = await serveFiles({ '/': `<!doctype html><title>Shop</title><iframe sandbox="allow-scripts allow-forms" src="${src}" width="1000" height="700"></iframe>` });
  try {
    const page = await openPage(browser, { url: site.url.replace('127.0.0.1', 'localhost') });
    await page.frameLocator('iframe').getByTestId('start-title').fill('From nowhere', { timeout: 10_000 });
    await page.frameLocator('iframe').getByTestId('start-show').click();
    await page.frameLocator('iframe').getByTestId('go-live').waitFor();
    assert.deepEqual(page.failures, []);
    await page.context().close();
  } finally {
    await site.close();
  }
});

test('a page that fails says so in words, and trying again works', async () => {
  const page = await openPage(browser);
  await page.context().addInitScript(() => {
    const { toLocaleUpperCase } = String.prototype;
    String.prototype.toLocaleUpperCase = () => { throw new Error('broken on purpose'); };
    globalThis.repair = () => { String.prototype.toLocaleUpperCase = toLocaleUpperCase; };
  });
  await page.goto(user.studioUrl('none').replace('/rooms/none', '/'));
  await appears(page, 'page-failed');
  assert.match(await testId(page, 'page-failed').textContent(), /went wrong/);
  assert.deepEqual(await findings(page, 'a page that failed'), []);
  await page.evaluate(() => globalThis.repair());
  await page.keyboard.press('Enter');
  await appears(page, 'start-title');
  await page.context().close();
});
