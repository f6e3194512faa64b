// A laptop that sleeps on stage for longer than a seat is kept: every process of its browser stands still.
// Runs alone: pages are frozen, and time goes on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { children, withDescendants } from '../support/processes.mjs';
import { startServer } from '../support/server.mjs';
import { never, until } from '../support/wait.mjs';
import { acceptAndJoin, appears, attributeIs, goLive, invite, joinStage, openStudio, seesAndHears, startShow, testId } from './studio.mjs';

const kGraceSeconds = 10;
let server, browser, laptop, hanna, cosmo, host, guest, roomId, laptopProcesses;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  const others = children();
  laptop = await launchBrowser();
  const roots = children().filter((pid) => !others.includes(pid));
  laptopProcesses = () => withDescendants(roots);
  [hanna, cosmo] = await Promise.all(['Hanna', 'Cosmo'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna);
  roomId = await startShow(host, 'Asleep');
  await hanna.call('PATCH', `/v1/rooms/${roomId}`, { policies: { reconnectGraceSeconds: kGraceSeconds } });
  guest = await openStudio(laptop, cosmo, roomId);
  await goLive(host);
  await until(() => testId(host, `invite-${cosmo.userId}`).isEnabled().catch(() => false), 'the guest to be invitable');
  await invite(host, guest);
  await acceptAndJoin(guest);
  await seesAndHears(host, [hanna, cosmo], 'together');
});
after(async () => {
  for (const pid of laptopProcesses?.() ?? []) process.kill(pid, 'SIGCONT');
  await laptop?.close();
  await browser?.close();
  await server?.stop();
});

const guestSeat = async () => (await hanna.get(`/v1/rooms/${roomId}/stage`)).seats.find(({ userId }) => userId === cosmo.userId);

test('who wakes up after the seat was given back watches, and is not on air', async () => {
  const asleep = laptopProcesses();
  assert.ok(asleep.length > 1);
  for (const pid of asleep) process.kill(pid, 'SIGSTOP');
  await until(async () => (await guestSeat()) === undefined, 'the seat to be given back', 60_000, 200);
  for (const pid of asleep) process.kill(pid, 'SIGCONT');
  await appears(guest, 'rejoin-stage', 40_000);
  await attributeIs(guest, 'stage', 'data-media', 'viewer', 40_000);
  await never(async () => (await guestSeat()) !== undefined, 'a seat that nobody asked for', 8000);
  await seesAndHears(guest, [hanna], 'the woken');
});

test('a tap brings them back', async () => {
  await testId(guest, 'rejoin-stage').click();
  await joinStage(guest);
  await seesAndHears(host, [hanna, cosmo], 'together again');
});

test('a page that the browser freezes in the background is back in the same place when it goes on', async () => {
  const { leaseId } = await guestSeat();
  const known = guest.credentials.length;
  // As a browser tells the page; livekit-client disconnects then.
  await guest.evaluate(() => window.dispatchEvent(new Event('freeze')));
  await until(() => guest.credentials.length > known, 'the page to ask for its place', 20_000);
  await seesAndHears(host, [hanna, cosmo], 'after the frost');
  assert.equal((await guestSeat()).leaseId, leaseId);
  assert.deepEqual([host, guest].flatMap((page) => page.failures), []);
});
