// Two things at the same time, and a server that dies: one outcome, the same on every screen, and a sentence there that says it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { freePort, startServer, temporaryFolder } from '../support/server.mjs';
import { until, within } from '../support/wait.mjs';
import { appears, attributeIs, goLive, goes, invite, openStudio, seesAndHears, statusIs, testId } from './studio.mjs';

let server, browser;
before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// A show on air and those who watch it. Its pages are closed after the test, and had no error.
async function show(t, names, { at = server, policies = {} } = {}) {
  const [hanna, ...users] = await Promise.all(['Hanna', ...names].map((name) => User.create(at, name)));
  const { roomId } = await hanna.createRoom('At once', { policies: { invitationTtlSeconds: 300, ...policies } });
  const [host, ...pages] = await Promise.all([hanna, ...users].map((user) => openStudio(browser, user, roomId)));
  await goLive(host);
  await Promise.all(pages.map((page) => statusIs(page, 'live')));
  await Promise.all(users.map((user) => attributeIs(host, `viewer-row-${user.userId}`, 'data-invitable', 'true')));
  const all = [host, ...pages];
  t.after(async () => {
    await Promise.all([...new Set(all.map((page) => page.context()))].map((context) => context.close()));
    assert.deepEqual(all.flatMap((page) => page.failures), []);
  });
  return { hanna, users, roomId, host, pages, all };
}

// A press in this instant on what is there in this instant, as by somebody who has not seen yet that it is over.
const press = (page, name) => page.evaluate((id) => document.querySelector(`[data-testid="${id}"]`)?.click(), name);

let last = new Map();
async function says(page, words) {
  await until(async () => words.test(last = await page.locator('body').innerText()), () => `${page.user.name} to read ${words}, there is: ${last}`, 15_000);
}

// The next request of the page to such an address waits: before it reaches the server, or (`answer`) with the answer on its way back.
async function hold(page, address, { answer = false } = {}) {
  let release, arrive;
  const released = new Promise((done) => { release = done; });
  const arrived = new Promise((done) => { arrive = done; });
  await page.route(address, async (route) => {
    const response = answer ? await route.fetch() : undefined;
    arrive();
    await released;
    await (response ? route.fulfill({ response }) : route.continue()).catch(() => {});
  }, { times: 1 });
  return { arrived: () => within(arrived, `the request to ${address}`), release };
}

const kAccept = /\/invitations\/[^/]+\/accept$/;
const kCancel = /\/invitations\/[^/]+\/cancel$/;
const kBroadcaster = /\/broadcaster$/;

const seatsOf = async (user, roomId) => (await user.get(`/v1/rooms/${roomId}/stage`)).seats.map((seat) => seat.userId).sort();
const onStage = (...users) => users.map((user) => user.userId).sort();
async function onStageAre(user, roomId, users) {
  let seen;
  await until(async () => JSON.stringify(seen = await seatsOf(user, roomId)) === JSON.stringify(onStage(...users)), () => `on stage to be ${users.map((one) => one.name)}, it is ${seen}`);
}
const invitationOf = (user, roomId) => user.get(`/v1/rooms/${roomId}/invitation`);

async function getsReady(host, page) {
  await invite(host, page);
  await testId(page, 'accept').click();
  await appears(page, 'preparing');
  await until(() => testId(page, 'join-stage').isEnabled(), 'the devices to be ready');
}

async function stop(host) {
  await testId(host, 'stop-show').click();
  await testId(host, 'confirm-stop').click();
}

test('two tabs of the invitee accept at once, and then join at once: one acceptance, one seat', async (t) => {
  const { hanna, users: [cosmo], roomId, host, pages: [first], all } = await show(t, ['Cosmo']);
  const second = await openStudio(browser, cosmo, roomId);
  all.push(second);
  const tabs = [first, second];
  await invite(host, first);
  await appears(second, 'invitation-banner');
  const held = await Promise.all(tabs.map((page) => hold(page, kAccept)));
  await Promise.all(tabs.map((page) => press(page, 'accept')));
  for (const one of held) await one.arrived();
  for (const one of held) one.release();
  await Promise.all(tabs.map((page) => says(page, /Preparing to go live/)));
  await attributeIs(host, `invitation-${cosmo.userId}`, 'data-status', 'accepted');
  await says(host, /Cosmo accepted and is getting ready/);
  const { items } = await hanna.get(`/v1/rooms/${roomId}/invitations`);
  assert.deepEqual(items.map((one) => one.status), ['accepted']);

  await Promise.all(tabs.map((page) => until(() => testId(page, 'join-stage').isEnabled(), 'the devices to be ready')));
  await Promise.all(tabs.map((page) => press(page, 'join-stage')));
  const isIn = async (page, name) => (await testId(page, name).count()) > 0;
  const standing = async () => {
    const [on, off] = (await isIn(first, 'leave-stage')) ? [first, second] : [second, first];
    return (await isIn(on, 'leave-stage')) && (await isIn(off, 'elsewhere')) && { on, off };
  };
  const { on, off } = await until(standing, 'one tab on stage and the other beside it', 20_000)
    .catch(async (error) => { throw new Error(`${error.message}, there is: ${await Promise.all(tabs.map((page) => page.locator('main').innerText()))}`); });
  await says(off, /You are on stage in another window/);
  await seesAndHears(on, [hanna, cosmo], 'the tab on stage');
  await seesAndHears(host, [hanna, cosmo], 'the host');
  assert.deepEqual(await seatsOf(hanna, roomId), onStage(hanna, cosmo));
  assert.equal(await testId(off, 'leave-stage').count(), 0);
});

async function isCancelled(host, page, roomId) {
  assert.equal((await invitationOf(page.user, roomId)).status, 'cancelled');
  await attributeIs(host, `invitation-${page.user.userId}`, 'data-status', 'cancelled');
  assert.match(await testId(host, `invitation-${page.user.userId}`).innerText(), /Cancelled/);
  await says(page, /The host took the invitation back/);
  for (const name of ['invitation-banner', 'preparing']) await goes(page, name);
}

async function isAccepted(host, page, roomId) {
  assert.equal((await invitationOf(page.user, roomId)).status, 'accepted');
  await attributeIs(host, `invitation-${page.user.userId}`, 'data-status', 'accepted');
  assert.match(await testId(host, `invitation-${page.user.userId}`).innerText(), /Accepted/);
  await says(page, /Preparing to go live/);
  assert.doesNotMatch(await page.locator('body').innerText(), /took the invitation back/);
}

test('the host cancels just before the invitee accepts: cancelled for both, and both read it', async (t) => {
  const { roomId, host, pages: [guest] } = await show(t, ['Cosmo']);
  await invite(host, guest);
  const held = await hold(guest, kAccept);
  await press(guest, 'accept');
  await held.arrived();
  await press(host, `cancel-${guest.user.userId}`);
  await attributeIs(host, `invitation-${guest.user.userId}`, 'data-status', 'cancelled');
  held.release();
  await isCancelled(host, guest, roomId);
});

test('the host cancels just after the invitee accepted: accepted for both, and the host reads why', async (t) => {
  const { roomId, host, pages: [guest] } = await show(t, ['Cosmo']);
  await invite(host, guest);
  const held = await hold(host, kCancel);
  await press(host, `cancel-${guest.user.userId}`);
  await held.arrived();
  await press(guest, 'accept');
  await appears(guest, 'preparing');
  held.release();
  await isAccepted(host, guest, roomId);
  await says(host, /The invitation is accepted already/);
});

test('three at once: each cancel against an accept in the same instant ends the same at the host and the invitee', async (t) => {
  const { roomId, host, pages } = await show(t, ['Ann', 'Bob', 'Cleo'], { policies: { maxCoHosts: 3 } });
  for (const page of pages) await invite(host, page);
  await Promise.all(pages.flatMap((page) => [press(page, 'accept'), press(host, `cancel-${page.user.userId}`)]));
  for (const page of pages) {
    const { status } = await until(async () => {
      const invitation = await invitationOf(page.user, roomId);
      return invitation.status !== 'pending' && invitation;
    }, 'an outcome');
    t.diagnostic(`${page.user.name}: ${status}`);
    await (status === 'accepted' ? isAccepted : isCancelled)(host, page, roomId);
  }
});

async function isOver(pages, hanna, roomId) {
  await Promise.all(pages.map((page) => appears(page, 'ended-page')));
  await Promise.all(pages.map((page) => says(page, /The show is over/)));
  for (const page of pages) for (const name of ['preparing', 'leave-stage', 'stop-show']) assert.equal(await testId(page, name).count(), 0, name);
  assert.equal((await hanna.get(`/v1/rooms/${roomId}`)).status, 'ended');
  await onStageAre(hanna, roomId, []);
}

test('the show stops between accepting and joining: over for all, whoever was on the way', async (t) => {
  const { hanna, roomId, host, pages: [guest], all } = await show(t, ['Cosmo', 'Vera']);
  await getsReady(host, guest);
  const held = await hold(guest, kBroadcaster);
  await press(guest, 'join-stage');
  await held.arrived();
  await stop(host);
  await appears(host, 'ended-page');
  held.release();
  await isOver(all, hanna, roomId);
});

test('the host stops and the guest joins in the same instant: over for all', async (t) => {
  const { hanna, roomId, host, pages: [guest], all } = await show(t, ['Cosmo', 'Vera']);
  await getsReady(host, guest);
  await testId(host, 'stop-show').click();
  await appears(host, 'confirm-stop');
  await Promise.all([press(host, 'confirm-stop'), press(guest, 'join-stage')]);
  await isOver(all, hanna, roomId);
});

async function isOff(host, guest, viewer, hanna, roomId) {
  await goes(guest, 'preparing');
  await Promise.all([host, guest, viewer].map((page) => goes(page, `tile-${guest.user.userId}`)));
  await onStageAre(hanna, roomId, [hanna]);
  await seesAndHears(guest, [hanna], 'the guest, watching again');
  await says(host, /No place on stage any more/);
  await attributeIs(host, `viewer-row-${guest.user.userId}`, 'data-invitable', 'true');
}

test('the host takes the place back while the guest joins: nobody saw them, and both read it', async (t) => {
  const { hanna, roomId, host, pages: [guest, viewer] } = await show(t, ['Cosmo', 'Vera']);
  await getsReady(host, guest);
  const held = await hold(guest, kBroadcaster);
  await press(guest, 'join-stage');
  await held.arrived();
  await testId(host, `take-back-${guest.user.userId}`).click();
  await goes(host, `green-${guest.user.userId}`);
  held.release();
  await says(guest, /The host has taken your place on stage back/);
  await isOff(host, guest, viewer, hanna, roomId);
});

test('the host removes the guest who has a seat and is still connecting: off the stage, and both read it', async (t) => {
  const { hanna, roomId, host, pages: [guest, viewer] } = await show(t, ['Cosmo', 'Vera']);
  await getsReady(host, guest);
  const held = await hold(guest, kBroadcaster, { answer: true });
  await press(guest, 'join-stage');
  await held.arrived();
  await testId(host, `remove-${guest.user.userId}`).click();
  await testId(host, 'confirm-remove').click();
  await goes(host, `tile-${guest.user.userId}`);
  held.release();
  await says(guest, /The host took you off the stage/);
  await says(host, /Cosmo is off the stage/);
  await isOff(host, guest, viewer, hanna, roomId);
});

test('the host takes the place back and the guest joins in the same instant: off the stage either way', async (t) => {
  const { hanna, roomId, host, pages: [guest, viewer] } = await show(t, ['Cosmo', 'Vera']);
  await getsReady(host, guest);
  await Promise.all([press(host, `take-back-${guest.user.userId}`), press(guest, 'join-stage')]);
  await says(guest, /The host (has taken your place on stage back|took you off the stage)/);
  await isOff(host, guest, viewer, hanna, roomId);
});

test('the host comes back while a successor stands in: told to all, and one press takes the show back', async (t) => {
  const { hanna, users: [cosmo], roomId, host, pages: [guest, viewer], all } = await show(t, ['Cosmo', 'Vera'], { policies: { reconnectGraceSeconds: 60 } });
  await getsReady(host, guest);
  await testId(guest, 'join-stage').click();
  await seesAndHears(viewer, [hanna, cosmo], 'together');
  await hanna.call('PUT', `/v1/rooms/${roomId}/successor`, { userId: cosmo.userId });
  await host.close();
  await says(guest, /The host is gone\. You stand in, with the rights of the host/);
  await says(viewer, /Cosmo stands in for the host/);

  // The same browser, another tab: it knows which devices were on.
  const back = Object.assign(await host.context().newPage(), { user: hanna, failures: [] });
  back.on('pageerror', (error) => back.failures.push(String(error)));
  await back.goto(hanna.studioUrl(roomId));
  all.push(back);
  await says(back, /Cosmo stands in for the host/);
  await says(back, /Take back the show/);
  // While the host looks on, who stands in still has the show.
  await appears(guest, 'stands-in');
  await testId(back, 'use-this-window').click();
  await Promise.all([back, guest, viewer].map((page) => goes(page, 'stands-in')));
  await seesAndHears(viewer, [hanna, cosmo], 'both again');
  await says(guest, /The host is back/);
  await goes(guest, 'queue');
  assert.equal((await hanna.get(`/v1/rooms/${roomId}`)).actingHostId, undefined);
});

// A server of its own that is killed, and starts again on the same data at the same address.
async function mortalServer(t) {
  const folder = temporaryFolder('races');
  const extra = { data: folder.path, port: await freePort('tcp'), mediaPort: await freePort('udp') };
  let running = await startServer('costage', extra);
  t.after(async () => { await running.stop(); folder.remove(); });
  const killAndStart = async (pages) => {
    await running.kill();
    await Promise.all(pages.map((page) => says(page, /Connection lost\. Reconnecting/)));
    running = await startServer('costage', extra);
    await Promise.all(pages.map((page) => goes(page, 'connection-banner', 30_000)));
    await Promise.all(pages.map((page) => statusIs(page, 'live', 30_000)));
  };
  return { at: running, killAndStart };
}

test('kill -9 of the server: an invitation and a request wait on as before, and are answered', async (t) => {
  const { at, killAndStart } = await mortalServer(t);
  const { hanna, users: [ivo, rita], roomId, host, pages: [invited, asking], all } = await show(t, ['Ivo', 'Rita'], { at });
  await invite(host, invited);
  await testId(asking, 'ask-to-join').click();
  await testId(asking, 'ask-comment').fill('A word, please');
  await testId(asking, 'ask-send').click();
  const isThere = async () => {
    await attributeIs(host, `invitation-${ivo.userId}`, 'data-status', 'pending');
    await Promise.all([says(host, /A word, please/), says(invited, /Hanna invites you on stage/), says(asking, /You are next in the queue/)]);
    return (await invitationOf(ivo, roomId)).invitationId;
  };
  const before = await isThere();
  await killAndStart(all);
  assert.equal(await isThere(), before);
  await seesAndHears(invited, [hanna], 'the invited, after');
  await testId(invited, 'accept').click();
  await appears(invited, 'preparing');
  await attributeIs(host, `invitation-${ivo.userId}`, 'data-status', 'accepted');
  await testId(host, `request-invite-${rita.userId}`).click();
  await appears(asking, 'invitation-banner');
});

test('kill -9 of the server: who is on stage stays there, and who gets ready joins as if nothing had been', async (t) => {
  const { at, killAndStart } = await mortalServer(t);
  const { hanna, users: [cosmo, greta], roomId, host, pages: [onAir, preparing], all } = await show(t, ['Cosmo', 'Greta'], { at });
  await getsReady(host, onAir);
  await testId(onAir, 'join-stage').click();
  await seesAndHears(host, [hanna, cosmo], 'the host, before');
  await getsReady(host, preparing);
  const leases = async () => (await hanna.get(`/v1/rooms/${roomId}/stage`)).seats.map((seat) => [seat.userId, seat.leaseId]).sort();
  const before = await leases();
  await killAndStart(all);
  await Promise.all([host, onAir].map((page) => seesAndHears(page, [hanna, cosmo], `${page.user.name}, after`)));
  await Promise.all([appears(onAir, 'leave-stage'), appears(preparing, 'preparing')]);
  await attributeIs(host, `invitation-${greta.userId}`, 'data-status', 'accepted');
  assert.deepEqual(await leases(), before);
  await testId(preparing, 'join-stage').click();
  await goes(preparing, 'preparing');
  await seesAndHears(onAir, [hanna, cosmo, greta], 'the one on stage, with the new one');
});
