// A token ends in the middle of a show: the show does not. The server gives tokens a minute of leeway, so one that ended 38 s
// ago opens doors for 22 s more.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { apiKey, startServer } from '../support/server.mjs';
import { signClaims } from '../support/tokens.mjs';
import { never, until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import { appears, attributeIs, framesOf, goLive, goes, openStudio, seesAndHears, startShow, testId } from './studio.mjs';

const kOldSeconds = 38;
let server, browser;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const signed = (user, secondsLeft) =>
  signClaims({ iss: apiKey, sub: user.userId, name: user.name, exp: Math.floor(Date.now() / 1000) + secondsLeft });

// The same server as one that gives no tokens for a name.
async function withoutDevelopmentMode(page) {
  await page.context().route('**/v1/server', (route) => route.fulfill({ json: { name: 'costage', version: '0', dev: false } }));
  await page.context().route('**/v1/dev/tokens', (route) => route.fulfill({ status: 404, json: {} }));
}

// A host on air whose token ends so soon, and somebody who watches.
async function onAir(name, secondsLeft, prepare = async () => {}) {
  const [hanna, vera] = await Promise.all([name, 'Vera'].map((one) => User.create(server, one)));
  const host = await openStudio(browser, { ...hanna, server, token: '' });
  await prepare(host);
  const tokens = new Set();
  host.on('websocket', (socket) => {
    const { pathname, searchParams } = new URL(socket.url());
    if (pathname === '/v1/realtime') tokens.add(searchParams.get('access_token'));
  });
  await host.goto(`${server.http}/#token=${signed(hanna, secondsLeft)}`);
  const roomId = await startShow(host, `The show of ${name}`);
  await goLive(host);
  const viewer = await openStudio(browser, vera, roomId);
  await seesAndHears(viewer, [hanna], 'the viewer');
  const seat = async () => (await vera.get(`/v1/rooms/${roomId}/stage`)).seats[0];
  const before = await seat();
  return { host, viewer, hanna, vera, roomId, seat, before, reconnected: () => tokens.size > 1 };
}

async function stillOnAir({ host, viewer, hanna, seat, before }) {
  const { leaseId, epoch, state } = await seat();
  assert.deepEqual([leaseId, epoch, state], [before.leaseId, before.epoch, 'onAir']);
  const frames = await framesOf(viewer, hanna);
  await until(async () => (await framesOf(viewer, hanna)) > frames + 10, 'the picture to go on');
  assert.equal(await testId(host, 'access-ended').count(), 0);
  await attributeIs(host, 'stage', 'data-media', 'stage');
}

test('on a development server the same person goes on, and nobody notices', async () => {
  const show = await onAir('Dev', -kOldSeconds);
  const { host, vera } = show;
  const noticed = () => host.locator('[data-testid=access-banner], [data-testid=access-ended], [data-testid=connection-banner], [data-testid=problem]').count();
  await never(async () => (await noticed()) > 0, 'a word about the access', (60 - kOldSeconds) * 1000 + 2000, 250);
  await until(show.reconnected, 'the connection with the fresh token', 20_000);
  await stillOnAir(show);
  await until(() => testId(host, `invite-${vera.userId}`).isEnabled().catch(() => false), 'the host to be able to invite');
  await testId(host, `invite-${vera.userId}`).click();
  await appears(show.viewer, 'invitation-banner');
  assert.deepEqual(host.failures, []);
  await Promise.all([host, show.viewer].map((page) => page.context().close()));
});

test('elsewhere the show goes on without access, with clear words, and a new link in the page opens the doors again', async () => {
  const show = await onAir('Prod', -kOldSeconds, withoutDevelopmentMode);
  const { host, hanna, vera } = show;
  await attributeIs(host, 'access-banner', 'data-phase', 'ended');
  await until(async () => (await fetch(`${server.http}/v1/me`, { headers: { authorization: `Bearer ${await kept(host)}` } })).status === 401,
    'the server to refuse the token', 30_000, 500);
  await never(async () => (await testId(host, 'stage').count()) === 0, 'the stage to go', 4000, 250);
  await stillOnAir(show);
  await testId(host, 'new-link').fill(`${server.http}/#token=${signed(vera, 600)}`);
  await testId(host, 'use-new-link').click();
  assert.match(await testId(host, 'access-banner').textContent(), /somebody else/);
  assert.deepEqual(await findings(host, 'the access has ended'), []);
  await testId(host, 'new-link').fill(`${server.http}/#token=${signed(hanna, 600)}`);
  await testId(host, 'use-new-link').click();
  await goes(host, 'access-banner');
  await stillOnAir(show);
  await until(() => testId(host, `invite-${vera.userId}`).isEnabled().catch(() => false), 'the host to be able to invite', 20_000);
  await testId(host, `invite-${vera.userId}`).click();
  await appears(show.viewer, 'invitation-banner');
  assert.deepEqual(host.failures, []);
  await Promise.all([host, show.viewer].map((page) => page.context().close()));
});

const kept = (page) => page.evaluate(() => sessionStorage.getItem('costage.token'));

test('the end is announced, with the time that is left; the link opened in the same tab is enough', async () => {
  const show = await onAir('Early', 24, withoutDevelopmentMode);
  const { host, hanna } = show;
  await attributeIs(host, 'access-banner', 'data-phase', 'expiring', 25_000);
  assert.match(await testId(host, 'access-banner').textContent(), /\d+ seconds left/);
  assert.deepEqual(await findings(host, 'the access ends soon'), []);
  await host.evaluate((token) => { location.hash = `#token=${token}`; }, signed(hanna, 600));
  await goes(host, 'access-banner');
  await stillOnAir(show);
  assert.equal(new URL(host.url()).hash, '');
  assert.deepEqual(host.failures, []);
  await Promise.all([host, show.viewer].map((page) => page.context().close()));
});
