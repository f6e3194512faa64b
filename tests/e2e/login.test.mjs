// A link that was copied lets people in: by the application's sign-in page or as guests, or there is no such button.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer, temporaryFolder } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { appears, goLive, openStudio, seesAndHears, startShow, testId } from './studio.mjs';

const kLogin = 'https://shop.example/login?from=studio';
let server, browser, folder;

before(async () => {
  folder = temporaryFolder('login');
  const file = join(folder.path, 'costage.yaml');
  writeFileSync(file, `studio: {loginUrl: '${kLogin}'}\n`);
  server = await startServer('costage', { args: ['--config', file] });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  folder.remove();
});

// As one that gives no tokens for a name; with or without a sign-in page.
const asIfLive = (context, loginUrl) => context.route('**/v1/server', (route) =>
  route.fulfill({ json: { name: 'costage', version: '0', dev: false, ...(loginUrl && { loginUrl }) } }));

test('the server says where to sign in', async () => {
  assert.equal((await (await fetch(`${server.http}/v1/server`)).json()).loginUrl, kLogin);
});

test('without access, the plain address of a show leads to the sign-in page and back', async () => {
  const context = await browser.newContext();
  await asIfLive(context, kLogin);
  await context.route('https://shop.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Sign in</title>' }));
  const page = await context.newPage();
  await page.goto(`${server.http}/rooms/a-show?x=1`);
  await page.getByTestId('login').click();
  await page.waitForURL('https://shop.example/**');
  const { searchParams } = new URL(page.url());
  assert.deepEqual([searchParams.get('from'), searchParams.get('return')], ['studio', `${server.http}/rooms/a-show?x=1`]);
  await context.close();
});

for (const [loginUrl, shown] of [[kLogin, true], [undefined, false]]) {
  test(`the button that copies the link is ${shown ? '' : 'not '}there ${loginUrl ? 'with' : 'without'} a sign-in page`, async () => {
    const host = await User.create(server, 'Hanna');
    const { roomId } = await host.createRoom('Linked');
    const context = await browser.newContext();
    await asIfLive(context, loginUrl);
    const page = await context.newPage();
    await page.goto(host.studioUrl(roomId));
    await page.getByText(shown ? 'Send the link to your viewers' : 'Viewers come in from your application').waitFor();
    assert.equal(await page.getByTestId('room-link').count(), shown ? 1 : 0);
    await context.close();
  });
}

test('where the host lets guests in, the plain address is enough to watch, and no more', async () => {
  const host = await User.create(server, 'Hanna');
  const studio = await openStudio(browser, host, undefined);
  await asIfLive(studio.context(), undefined);
  await studio.reload();
  const roomId = await startShow(studio, 'For everybody');
  assert.equal(await testId(studio, 'room-link').count(), 0);
  await goLive(studio);

  const context = await browser.newContext();
  await asIfLive(context, undefined);
  const guest = await context.newPage();
  await guest.goto(`${server.http}/rooms/${roomId}`);
  await appears(guest, 'no-access');
  await testId(studio, 'setting-guests').click();
  await appears(studio, 'room-link');
  await context.close();

  const watching = await openStudio(browser, { server, token: '', userId: '' }, undefined);
  await asIfLive(watching.context(), kLogin);
  await watching.goto(`${server.http}/rooms/${roomId}`);
  await testId(watching, 'watch-as-guest').click();
  await seesAndHears(watching, [host], 'the guest');
  const row = studio.locator('[data-testid^="viewer-row-guest-"]');
  await row.waitFor();
  assert.equal(await row.getAttribute('data-reason'), 'invitee_is_guest');

  await watching.goto(`${server.http}/`);
  await appears(watching, 'login');
  assert.equal(await testId(watching, 'start-show').count(), 0, 'a guest starts no show');

  await testId(studio, 'setting-guests').click();
  await until(async () => !(await host.get(`/v1/rooms/${roomId}`)).policies.guestsMayWatch, 'the setting to be saved');
  await watching.goto(`${server.http}/rooms/${roomId}`);
  await appears(watching, 'room-failed');
});
