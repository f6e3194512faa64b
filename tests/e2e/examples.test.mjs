// The examples do what their guides say, started as these say.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser, openPage, videoPlays } from '../support/browser.mjs';
import { freePort, repository, startProcess, startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';

let browser, server, shop, reactShop;

// Both have a backend of their own, which is told what happens.
async function openShop(folder, args, port) {
  const shop = startProcess(process.execPath, args, { cwd: join(repository, 'web/examples', folder), env: { ...process.env, NO_COLOR: '1', COSTAGE_URL: server.http, PORT: String(port) } });
  const opened = `http://127.0.0.1:${port}`;
  await until(() => shop.output.includes(opened) || shop.exit, () => `${folder} to open: ${shop.output}`, 30_000);
  return Object.assign(shop, { address: opened });
}

async function freePorts(count) {
  const ports = new Set();
  while (ports.size < count) ports.add(await freePort('tcp'));
  return [...ports];
}

before(async () => {
  const [port, ...shops] = await freePorts(3);
  server = await startServer('costage', { port, webhooks: shops.map((one) => `http://127.0.0.1:${one}/webhook`) });
  shop = await openShop('shop', ['server.mjs'], shops[0]);
  reactShop = await openShop('react-shop', [join(repository, 'web/node_modules/vite/bin/vite.js')], shops[1]);
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await Promise.all([shop, reactShop].map((one) => one?.terminate()));
  await server?.stop();
});

const saysIn = (page, selector, text) => until(async () => (await page.locator(selector).innerText()).includes(text), `${selector} to say ${text}`, 20_000);

async function signIn(name, { address } = shop) {
  const page = await openPage(browser);
  // A development server makes each of some 200 modules when it is first asked for.
  page.setDefaultTimeout(90_000);
  await page.goto(address);
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
  const said = await fetch(`${shop.address}/webhook`, { method: 'POST', body: '{"event":"room_finished","room":{"name":"x"}}', headers: { Authorization: 'Bearer a.b.c' } });
  assert.equal(said.status, 401);
  assert.equal((await fetch(`${shop.address}/token`, { method: 'POST' })).status, 401);
});

test('the React shop: its products, and a show in its page and its colours', async () => {
  const seller = await signIn('Hanna', reactShop);
  await seller.getByRole('button', { name: 'Make a show' }).click();
  await seller.getByTestId('go-live').click();
  const customer = await signIn('Vera', reactShop);
  await customer.getByRole('button', { name: 'Evening bowls, with Hanna · live' }).click();
  await videoPlays(customer, '[data-testid^="tile-"] video', 'Vera');
  await customer.getByRole('button', { name: 'Buy Tea bowl' }).click();
  await saysIn(customer, '.basket', 'In your basket: 1, € 19');
  const [ofShop, ofShow] = await customer.evaluate(() => ['.product button', '.cs-chat'].map((part) => getComputedStyle(document.querySelector(part)).getPropertyValue('--cs-accent')));
  assert.equal(ofShow, ofShop);
  assert.notEqual(ofShow, '');
  assert.deepEqual([...seller.failures, ...customer.failures], []);
});
