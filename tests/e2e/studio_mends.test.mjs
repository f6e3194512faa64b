// What people met with in the studio and what must not come back: where the focus goes, what is said, what fits on a small screen.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { closeContexts, launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { phone } from './chat.mjs';
import { acceptAndJoin, appears, attributeIs, goes, goLive, invite, openShow, openStudio, startShow, testId } from './studio.mjs';

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

// Something else than the page itself has the focus, and keeps it.
async function keepsFocus(page, what) {
  let calm = 0;
  await until(async () => {
    calm = (await page.evaluate(() => document.activeElement !== document.body)) ? calm + 1 : 0;
    return calm === 10;
  }, `${page.user.name} to have the focus somewhere after ${what}`, 10_000, 30);
}

test('who presses with a mouse or a finger keeps the focus too, through the questions that are asked', async () => {
  const { cosmo, host, guest } = await openShow(server, browser, 'By mouse');
  await keepsFocus(host, 'going live');
  await invite(host, guest);
  await keepsFocus(host, 'inviting');
  await acceptAndJoin(guest);
  await keepsFocus(guest, 'joining');
  await testId(guest, 'leave-stage').click();
  await testId(guest, 'confirm-leave').click();
  await goes(guest, 'leave-stage');
  await keepsFocus(guest, 'leaving');
  await testId(guest, 'rejoin-stage').click();
  await testId(guest, 'join-stage').click();
  await testId(host, `remove-${cosmo.userId}`).click();
  await testId(host, 'confirm-remove').click();
  await goes(host, `tile-${cosmo.userId}`);
  await keepsFocus(host, 'removing');
  await testId(host, 'stop-show').click();
  await testId(host, 'confirm-stop').click();
  await appears(host, 'ended-page');
  await keepsFocus(host, 'ending');
});

test('a button that is pressed or not keeps its name', async () => {
  const { host } = await openShow(server, browser, 'Names of buttons');
  for (const device of ['microphone', 'camera']) {
    const name = await testId(host, `toggle-${device}`).getAttribute('aria-label');
    await testId(host, `toggle-${device}`).click();
    await attributeIs(host, `toggle-${device}`, 'aria-pressed', 'false');
    assert.equal(await testId(host, `toggle-${device}`).getAttribute('aria-label'), name);
  }
});

test('ending a show says nothing of a host who reconnects, and of nobody who watches what is over', async () => {
  const { host, viewer } = await openShow(server, browser, 'A clean end');
  for (const page of [host, viewer]) await page.evaluate(() => {
    window.statuses = new Set();
    const look = () => {
      const status = document.querySelector('[data-testid=room-status]')?.dataset.status;
      if (status !== undefined) window.statuses.add(status);
      if (/host is reconnecting/i.test(document.body.innerText)) window.statuses.add('said');
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });
  await testId(host, 'stop-show').click();
  await testId(host, 'confirm-stop').click();
  for (const page of [host, viewer]) {
    await appears(page, 'ended-page');
    assert.deepEqual(await page.evaluate(() => [...window.statuses]), ['live', 'ended']);
    assert.equal(await testId(page, 'watching-count').count(), 0);
  }
});

test('notices cover nothing that can be pressed, and go when they are old', async () => {
  const { cosmo, host, guest } = await openShow(server, browser, 'Notices');
  await testId(host, 'change-devices').click();
  await invite(host, guest);
  const notice = host.locator('.cs-notice');
  await notice.filter({ hasText: 'Invitation sent to Cosmo' }).waitFor();
  await host.evaluate(() => window.scrollTo(0, 0));
  for (const id of ['stop-show', 'choose-camera', 'toggle-microphone', 'room-link', 'account']) {
    const isFree = await testId(host, id).evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
    assert.ok(isFree, id);
  }
  await acceptAndJoin(guest);
  await testId(host, `remove-${cosmo.userId}`).click();
  await testId(host, 'confirm-remove').click();
  await appears(guest, 'removed-notice');
  await until(() => testId(host, `invite-${cosmo.userId}`).isEnabled(), 'the removed to be invitable');
  await invite(host, guest);
  await goes(guest, 'removed-notice', 3000);
  // One about a person, the last.
  assert.equal(await notice.filter({ hasText: 'Cosmo' }).count(), 1);
  await testId(guest, 'decline').click();
  await notice.filter({ hasText: 'Cosmo declined' }).waitFor();
  await notice.first().waitFor({ state: 'detached', timeout: 10_000 });
});

const announces = (page, words) => until(async () => words.test(await testId(page, 'announcer').innerText()), `${page.user.name} to hear ${words}`);
const statusOf = (page, userId) => testId(page, `invitation-${userId}`).locator('.cs-row-status').first();

test('the host hears who comes on stage and who goes, and reads what became of an invitation', async () => {
  const { cosmo, host, guest } = await openShow(server, browser, 'Who is there');
  await invite(host, guest);
  await acceptAndJoin(guest);
  await announces(host, /^Cosmo is on stage/);
  await testId(guest, 'leave-stage').click();
  await testId(guest, 'confirm-leave').click();
  await announces(host, /^Cosmo is off the stage/);
  await until(async () => (await statusOf(host, cosmo.userId).innerText()) === 'Left the stage', 'the host to read that the co-host left');
  assert.equal(await statusOf(host, cosmo.userId).getAttribute('data-status'), 'left');
  await testId(guest, 'rejoin-stage').click();
  await testId(guest, 'join-stage').click();
  await appears(host, `remove-${cosmo.userId}`);
  await testId(host, `remove-${cosmo.userId}`).click();
  await testId(host, 'confirm-remove').click();
  await until(async () => /^Removed/.test(await statusOf(host, cosmo.userId).innerText()), 'the host to read that the co-host was removed');
  assert.equal(await statusOf(host, cosmo.userId).getAttribute('data-status'), 'revoked');
  await until(() => testId(host, `reinvite-${cosmo.userId}`).isEnabled(), 'the removed to be invitable again');
});

test('a host takes a show that never began off the list, from the list and from getting ready', async () => {
  const hanna = await User.create(server, 'Hanna');
  const [first, second] = [await hanna.createRoom('Never begun'), await hanna.createRoom('Never begun either')];
  const host = await openStudio(browser, hanna, null, phone);
  await testId(host, `discard-${first.roomId}`).tap();
  await testId(host, 'confirm-discard').tap();
  await goes(host, `room-card-${first.roomId}`);
  await keepsFocus(host, 'deleting');
  await testId(host, `room-card-${second.roomId}`).locator('a').tap();
  await testId(host, 'discard-show').tap();
  await testId(host, 'confirm-discard').tap();
  await appears(host, 'start-title');
  await goes(host, `room-card-${second.roomId}`);
  assert.equal((await hanna.get(`/v1/rooms/${second.roomId}`)).status, 'ended');
  const viewer = await openStudio(browser, await User.create(server, 'Vera'), null);
  await hanna.createRoom('Of another one');
  await viewer.getByText('Of another one').waitFor();
  assert.equal(await viewer.locator('[data-testid^=discard-]').count(), 0);
});

test('without the server, the page says so instead of counting on', async () => {
  const { viewer } = await openShow(server, browser, 'Out of reach');
  await viewer.context().setOffline(true);
  await attributeIs(viewer, 'room-status', 'data-stale', 'true', 30_000);
  assert.equal(await testId(viewer, 'room-status').innerText(), 'Not connected');
  const time = await testId(viewer, 'room-timer').innerText();
  await new Promise((done) => { setTimeout(done, 2500); });
  assert.equal(await testId(viewer, 'room-timer').innerText(), time);
  await viewer.context().setOffline(false);
  await until(async () => (await testId(viewer, 'room-status').getAttribute('data-stale')) === null, 'the server to be back', 30_000);
  assert.notEqual(await testId(viewer, 'room-timer').innerText(), time);
});

test('a name with signs that turn the direction turns nothing around', async () => {
  const mallory = await User.create(server, 'Mal\u202elory');
  const noa = await User.create(server, 'נועה');
  const { host, roomId } = await openShow(server, browser, 'A title \u202ethat turns');
  const pages = [await openStudio(browser, mallory, roomId), await openStudio(browser, noa, roomId)];
  await testId(host, 'room-title').waitFor();
  await appears(host, `viewer-row-${noa.userId}`);
  assert.equal(await testId(host, `invite-${noa.userId}`).getAttribute('aria-label'), 'Invite \u2068נועה\u2069');
  for (const page of [host, ...pages]) assert.doesNotMatch(await page.locator('body').innerText() + await page.title(), /[\u202a-\u202e]/);
});

// People with a seat, as far as the list of seats knows: none of them has a browser.
async function seat(hanna, roomId, count, named) {
  const people = await Promise.all(Array.from({ length: count }, (_, at) => User.create(server, `${named} ${at}`)));
  // Only who has been here can be invited.
  await Promise.all(people.map((one) => one.get('/v1/me')));
  const { items } = await hanna.post(`/v1/rooms/${roomId}/invitations/batch`, { userIds: people.map((one) => one.userId) });
  for (const [at, one] of people.entries()) {
    assert.ok(items[at].invitation, items[at].code);
    await one.answer(items[at].invitation.invitationId, 'accept');
    await one.broadcaster(roomId);
  }
}

const tilesAre = (page, count) => until(async () => (await page.locator('.cs-stage-box .cs-tile').count()) === count, `${count} tiles`);
const widthOf = (page) => page.evaluate(() => document.documentElement.scrollWidth);

test('five on stage leave no hole, nine do not widen the page of a phone, and names are read', async () => {
  const { hanna, viewer, roomId } = await openShow(server, browser, 'Many on stage');
  await hanna.call('PATCH', `/v1/rooms/${roomId}`, { policies: { maxCoHosts: 11, inviteWatchersOnly: false } });
  await seat(hanna, roomId, 4, 'Bartholomew');
  await tilesAre(viewer, 5);
  for (const viewport of [{ width: 360, height: 740 }, { width: 1440, height: 900 }]) {
    await viewer.setViewportSize(viewport);
    const covered = await viewer.evaluate(() => {
      const area = (element) => element.getBoundingClientRect().width * element.getBoundingClientRect().height;
      const tiles = [...document.querySelectorAll('.cs-tiles > .cs-tile')];
      return tiles.reduce((sum, one) => sum + area(one), 0) / area(document.querySelector('.cs-tiles'));
    });
    assert.ok(covered > 0.95, `${covered} of the stage is covered at ${viewport.width}`);
  }
  await seat(hanna, roomId, 4, 'Bartholomew the Second');
  await tilesAre(viewer, 9);
  await viewer.setViewportSize({ width: 360, height: 740 });
  assert.equal(await widthOf(viewer), await viewer.evaluate(() => document.documentElement.clientWidth));
  const name = await viewer.locator('.cs-tiles .cs-tile[data-role=coHost] .cs-tile-name').first().evaluate((one) => one.clientWidth / one.closest('.cs-tile').clientWidth);
  assert.ok(name > 0.6, `the name has ${name} of the width of its tile`);
});

const stageBox = (page) => page.locator('.cs-stage').evaluate((stage) => {
  const { top, bottom } = stage.getBoundingClientRect();
  return { top, bottom, chat: document.querySelector('.cs-chat').getBoundingClientRect().top };
});

test('on a phone on its side, and at 200 %, all of the stage is seen right after going live', async () => {
  for (const viewport of [{ width: 740, height: 360 }, { width: 720, height: 450 }]) {
    const host = await openStudio(browser, await User.create(server, 'Hanna'), null, { viewport });
    await startShow(host, 'Low');
    await goLive(host);
    await appears(host, 'stage');
    await host.waitForFunction(() => window.scrollY === 0);
    const { top, bottom, chat } = await stageBox(host);
    assert.ok(top >= 0 && bottom <= chat && bottom - top > 150, `${viewport.width}x${viewport.height}: ${top} to ${bottom}, chat at ${chat}`);
  }
});

test('who comes on stage on a phone sees the stage', async () => {
  const { host, guest } = await openShow(server, browser, 'On a phone');
  await guest.setViewportSize({ width: 360, height: 740 });
  await invite(host, guest);
  await acceptAndJoin(guest);
  await guest.waitForFunction(() => window.scrollY === 0);
  const { top, chat } = await stageBox(guest);
  assert.ok(top >= 0 && top < chat);
});

test('a long title takes two lines on a phone, and all of it is a press away', async () => {
  const { host } = await openShow(server, browser, 'A title of many words '.repeat(5).trim());
  await host.setViewportSize({ width: 360, height: 740 });
  const lines = () => testId(host, 'room-title').evaluate((one) => Math.round(one.clientHeight / parseFloat(getComputedStyle(one).lineHeight)));
  await appears(host, 'whole-title');
  assert.equal(await lines(), 2);
  await testId(host, 'whole-title').click();
  assert.ok((await lines()) > 2);
  await testId(host, 'whole-title').click();
  assert.equal(await lines(), 2);
});

test('the chat is open for a host where it has a place, and folded where it lies over the page', async () => {
  for (const [width, isOpen] of [[1280, true], [960, true], [900, false]]) {
    const host = await openStudio(browser, await User.create(server, 'Hanna'), null, { viewport: { width, height: 800 } });
    await startShow(host, 'Folded or not');
    await attributeIs(host, 'chat', 'data-open', String(isOpen));
  }
});

test('a host who looks after the people does not lose sight of the stage', async () => {
  const { host } = await openShow(server, browser, 'In sight');
  await host.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  await host.waitForFunction(() => window.scrollY > 300);
  const { bottom } = await stageBox(host);
  assert.ok(bottom > 200, `the stage ends at ${bottom}`);
});
