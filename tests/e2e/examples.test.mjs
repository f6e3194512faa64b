// The examples do what their guides say, started as these say.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser, openPage } from '../support/browser.mjs';
import { freePort, repository, startProcess, startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';

let server, shop, browser, address;

before(async () => {
  const port = await freePort('tcp');
  address = `http://127.0.0.1:${port}`;
  server = await startServer('costage', { webhooks: [`${address}/webhook`] });
  const folder = join(repository, 'web/examples/shop');
  shop = startProcess(process.execPath, ['server.mjs'], { cwd: folder, env: { ...process.env, COSTAGE_URL: server.http, PORT: String(port) } });
  await until(() => shop.output.includes('is open') || shop.exit, () => `the shop to open: ${shop.output}`);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await shop?.terminate();
  await server?.stop();
});

const saysIn = (page, selector, text) => until(async () => (await page.locator(selector).innerText()).includes(text), `${selector} to say ${text}`, 20_000);

async function signIn(name) {
  const page = await openPage(browser, { url: address });
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Make a show' }).waitFor();
  return page;
}

test('the shop: somebody sells live, a customer watches, both in its page', async () => {
  const seller = await signIn('Hanna');
  await seller.getByRole('button', { name: 'Make a show' }).click();
  await seller.frameLocator('costage-show iframe').getByTestId('go-live').click();
  await saysIn(seller, '#told', 'The show is on.');
  const customer = await signIn('Vera');
  // By webhook.
  await saysIn(customer, '#shows', 'Evening bowls, with Hanna · live');
  await customer.getByRole('button', { name: /Evening bowls/ }).click();
  const video = customer.frameLocator('costage-show iframe').locator('[data-testid^="tile-"] video');
  await video.waitFor({ state: 'visible', timeout: 20_000 });
  await until(() => video.evaluate((element) => element.currentTime > 0), 'the picture to move', 20_000);
  const frame = seller.frameLocator('costage-show iframe');
  await frame.getByTestId('stop-show').click();
  await frame.getByTestId('confirm-stop').click();
  await Promise.all([seller, customer].map((page) => saysIn(page, '#told', 'Thank you for watching!')));
  assert.deepEqual([...seller.failures, ...customer.failures], []);
});

test('the shop believes only the server that has its key', async () => {
  const said = await fetch(`${address}/webhook`, { method: 'POST', body: '{"event":"room_finished","room":{"name":"x"}}', headers: { Authorization: 'Bearer a.b.c' } });
  assert.equal(said.status, 401);
  assert.equal((await fetch(`${address}/token`, { method: 'POST' })).status, 401);
});
