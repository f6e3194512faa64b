// Who keeps order in a show and how (N-053, N-120): moderators for one show; people who are muted or banned; who may write and how
// often; messages that are held, refused or reported; the pin. Host and co-host are on stage, a viewer and the moderator watch.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { never, until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import * as chat from './chat.mjs';
import { act, hears, input, line, mayWrite, phone, send, shows, showsInAll, showsNot, stored, whyNotIs, wide, write } from './chat.mjs';
import { acceptAndJoin, appears, attributeIs, goes, invite, openShow, openStudio, statusIs, testId } from './studio.mjs';

let server, browser;
let hanna, cosmo, vera, mona;
let host, guest, viewer, helper;
let roomId;
const everybody = () => [host, guest, viewer, helper];

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  ({ hanna, cosmo, vera, host, guest, viewer, roomId } = await openShow(server, browser, 'In order', null, wide));
  mona = await User.create(server, 'Mona');
  helper = await openStudio(browser, mona, roomId, phone);
  await statusIs(helper, 'live');
  await invite(host, guest);
  await acceptAndJoin(guest);
  await Promise.all([host, viewer].map((page) => appears(page, `tile-${cosmo.userId}`)));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const looksRight = async (page, screen) => assert.deepEqual(await findings(page, screen), []);
const badge = (page, text) => line(page, text).first().locator('.cs-chat-badge').allInnerTexts();
const badgeIs = (page, text, wanted) => until(async () => (await badge(page, text)).join() === wanted, `"${text}" to be by a ${wanted || 'viewer'} for ${page.user.name}`);
const about = (person, verb) => `/v1/rooms/${roomId}/people/${person.userId}/${verb}`;
const refused = async (promise) => (await promise).json?.code;

async function openOrder(page, part) {
  await testId(page, 'order').click();
  await appears(page, 'order-page');
  await testId(page, `order-${part}`).click();
  await attributeIs(page, `order-${part}`, 'aria-selected', 'true');
}
async function closeOrder(page) {
  await until(() => testId(page, 'order-page').evaluate((one) => one.contains(document.activeElement)), 'the focus to be on the page');
  await page.keyboard.press('Escape');
  await goes(page, 'order-page');
}
const waits = (page, count) => until(async () => {
  const badge = testId(page, 'order-count');
  return count === 0 ? (await badge.count()) === 0 : (await badge.innerText({ timeout: 500 }).catch(() => '')) === String(count);
}, `${count} to wait for ${page.user.name}`);

test('the host makes somebody a moderator, from their message: they are told, and all see it', async () => {
  assert.equal(await testId(helper, 'order').count(), 0);
  await write(helper, 'I can help');
  await showsInAll(everybody(), 'I can help');
  await act(host, 'I can help', 'appoint');
  await appears(helper, 'moderator-notice');
  assert.match(await testId(helper, 'moderator-notice').innerText(), /moderator of this show/);
  await Promise.all(everybody().map((page) => badgeIs(page, 'I can help', 'Mod')));
  await appears(helper, 'order');
  await testId(helper, 'moderator-notice').getByRole('button').click();
});

test('a moderator removes messages for all; appoints nobody; leaves the host and other moderators alone', async () => {
  await write(viewer, 'Something rude');
  await showsInAll(everybody(), 'Something rude');
  assert.deepEqual(await chat.actions(helper, 'Something rude'), ['reply', 'react', 'copy', 'report', 'delete', 'pin', 'mute60', 'mute600', 'muteEnd', 'ban']);
  await act(helper, 'Something rude', 'delete');
  await Promise.all(everybody().map((page) => showsNot(page, 'Something rude')));
  assert.ok(!JSON.stringify(await stored(vera, roomId)).includes('rude'));
  await write(host, 'By the host');
  await write(guest, 'By the co-host');
  const other = await User.create(server, 'Otto');
  const socket = await other.watch(roomId);
  await hanna.post(about(other, 'appoint'));
  await send(other, roomId, 'By another moderator');
  await shows(helper, 'By another moderator');
  await shows(helper, 'By the co-host');
  const calm = ['reply', 'react', 'copy', 'report', 'delete', 'pin'];
  assert.deepEqual(await chat.actions(helper, 'By the host'), calm);
  assert.deepEqual(await chat.actions(helper, 'By the co-host'), calm);
  assert.deepEqual(await chat.actions(helper, 'By another moderator'), calm);
  assert.equal(await refused(mona.request('POST', about(vera, 'appoint'))), 'not_permitted');
  assert.equal(await refused(mona.request('POST', about(hanna, 'mute'), {})), 'host_protected');
  assert.equal(await refused(mona.request('POST', about(cosmo, 'mute'), {})), 'moderator_protected');
  assert.equal(await refused(mona.request('POST', about(other, 'ban'), {})), 'moderator_protected');
  await hanna.post(about(other, 'dismiss'));
  await socket.close();
});

test('who is muted sees for how long, and writes again when let', async () => {
  await write(viewer, 'Too loud');
  await shows(helper, 'Too loud');
  await act(helper, 'Too loud', 'mute60');
  await whyNotIs(viewer, 'muted', /muted for another (0:5\d|1:00)/);
  const seconds = async () => Number(/0:(\d\d)/.exec(await testId(viewer, 'chat-why-not').innerText())?.[1] ?? 60);
  const first = await seconds();
  await until(async () => (await seconds()) < first, 'the time to count down');
  assert.equal(await refused(vera.request('POST', `/v1/rooms/${roomId}/chat/messages`, { text: 'Still here' })), 'muted');
  await openOrder(helper, 'people');
  assert.match(await testId(helper, `standing-${vera.userId}`).innerText(), /Muted for another 0:\d\d/);
  await looksRight(helper, 'people of whom something was said');
  await testId(helper, `unmute-${vera.userId}`).click();
  await goes(helper, `standing-${vera.userId}`);
  await mayWrite(viewer);
  await closeOrder(helper);
  await write(viewer, 'Quiet now');
  await showsInAll(everybody(), 'Quiet now');
});

async function setChat(page, name, value) {
  await testId(page, 'chat-settings').click();
  await testId(page, name).selectOption(value);
  await page.keyboard.press('Escape');
  await goes(page, name);
}

test('slow mode counts down, for viewers alone; what is written meanwhile is kept', async () => {
  await setChat(host, 'chat-slow-mode', '10');
  await until(async () => (await hanna.get(`/v1/rooms/${roomId}/chat`)).settings.slowModeSeconds === 10, 'it to be set');
  await until(async () => !(await testId(viewer, 'chat-slow').isVisible()), 'Vera to have waited', 15_000);
  await write(viewer, 'One in ten');
  await shows(host, 'One in ten');
  await appears(viewer, 'chat-slow');
  await input(viewer).fill('Two in ten');
  await input(viewer).press('Enter');
  assert.equal(await input(viewer).inputValue(), 'Two in ten');
  await write(helper, 'Moderators first');
  await write(helper, 'and again');
  await shows(viewer, 'and again');
  await goes(viewer, 'chat-slow', 15_000);
  await input(viewer).press('Enter');
  await shows(host, 'Two in ten');
  await setChat(host, 'chat-slow-mode', '0');
  await goes(viewer, 'chat-slow');
});

test('only the stage writes; nobody writes; only who has watched a while', async () => {
  await setChat(host, 'chat-writers', 'stage');
  await whyNotIs(viewer, 'stageOnly', /Only people on stage/);
  await write(guest, 'Stage to all');
  await write(helper, 'So do I');
  await showsInAll([viewer], 'So do I');
  await shows(viewer, 'Stage to all');
  await setChat(host, 'chat-writers', 'nobody');
  await Promise.all(everybody().map((page) => whyNotIs(page, 'chatOff', /switched off/)));
  await setChat(host, 'chat-writers', 'everybody');
  await Promise.all(everybody().map((page) => mayWrite(page)));
  await setChat(host, 'chat-watched', '1');
  const late = await openStudio(browser, await User.create(server, 'Late'), roomId);
  await whyNotIs(late, 'watchLonger', /after 1 min of watching: in (0:[1-5]\d|1:00)/);
  assert.equal(await refused(late.user.request('POST', `/v1/rooms/${roomId}/chat/messages`, { text: 'Hello' })), 'watch_longer');
  await setChat(host, 'chat-watched', '0');
  await mayWrite(late);
  await late.context().close();
});

test('the words of a show are put together and saved as a whole; what cannot be used is said', async () => {
  await openOrder(host, 'words');
  const add = async (text, action) => {
    await testId(host, 'words-new').fill(text);
    await testId(host, 'words-new-action').selectOption(action);
    await testId(host, 'words-new').press('Enter');
    await appears(host, `word-${text}`);
  };
  await add('mud', 'hold');
  await add('filth*', 'refuse');
  await add('???', 'hold');
  await testId(host, 'words-links').selectOption('hold');
  await testId(host, 'words-save').click();
  await attributeIs(host, 'problem', 'data-code', 'words_unusable');
  assert.match(await testId(host, 'problem').innerText(), /\?\?\?.*no letter, digit or emoji/);
  await looksRight(host, 'words that cannot be used');
  await testId(host, 'word-remove-???').focus();
  await host.keyboard.press('Enter');
  await until(() => testId(host, 'words-new').evaluate((field) => field === document.activeElement), 'the field to have the focus');
  await testId(host, 'words-save').click();
  await hears(host, /words are saved/);
  assert.equal(await testId(host, 'words-drop').count(), 0);
  await closeOrder(host);
  assert.deepEqual(await mona.get(`/v1/rooms/${roomId}/chat/words`), { words: [{ text: 'mud', action: 'hold' }, { text: 'filth*', action: 'refuse' }], links: 'hold' });
});

test('a held message is seen by its author and who moderates alone, until one of them shows it', async () => {
  await write(viewer, 'There is Müd here');
  await chat.stateIs(viewer, 'There is Müd here', 'held');
  assert.match(await line(viewer, 'There is Müd here').innerText(), /Waiting for review/);
  await waits(helper, 1);
  await waits(host, 1);
  await hears(helper, /1 message waits for review/);
  await never(async () => (await line(guest, 'There is Müd here').count()) > 0, 'a co-host sees it');
  assert.ok(!JSON.stringify(await stored(cosmo, roomId)).includes('Müd'));
  await openOrder(helper, 'held');
  await looksRight(helper, 'messages that wait');
  await helper.locator('[data-testid^="held-show-"]').click();
  await helper.locator('[data-testid^="held-msg"]').waitFor({ state: 'detached' });
  await closeOrder(helper);
  await showsInAll(everybody(), 'There is Müd here');
  await Promise.all([helper, host].map((page) => waits(page, 0)));
  await chat.stateIs(viewer, 'There is Müd here', 'shown');

  await write(viewer, 'https://example.org is mine');
  await waits(host, 1);
  await openOrder(host, 'held');
  await host.locator('[data-testid^="held-refuse-"]').click();
  await chat.stateIs(viewer, 'is mine', 'refused');
  assert.match(await line(viewer, 'is mine').innerText(), /Not shown to others/);
  await closeOrder(host);
  assert.equal(await line(guest, 'is mine').count(), 0);
});

test('a refused word says so to who wrote it, and to nobody else', async () => {
  await write(viewer, 'What f i l t h y weather');
  assert.match(await chat.refuses(viewer, 'message_refused'), /words that are not allowed/);
  assert.ok(!JSON.stringify(await stored(hanna, roomId)).includes('weather'));
});

test('a report is seen live by who moderates; the message is removed, its author muted, the report settled', async () => {
  const rude = await User.create(server, 'Rudi');
  const socket = await rude.watch(roomId);
  await send(rude, roomId, 'Something bad');
  await shows(viewer, 'Something bad');
  await openOrder(helper, 'reports');
  await act(viewer, 'Something bad', 'report');
  await testId(viewer, 'chat-report-reason').selectOption('hate');
  await testId(viewer, 'chat-report-detail').fill('And not for the first time');
  await testId(viewer, 'chat-report').click();
  const row = helper.locator('[data-testid^="report-rep"]').first();
  await row.waitFor();
  assert.match(await row.innerText(), /Hate, reported by \W*Vera.*Rudi.*Something bad.*And not for the first time/s);
  await hears(helper, /1 report waits/);
  await waits(host, 1);
  await looksRight(helper, 'a report');
  await row.locator('[data-testid^="menu-rep"]').click();
  await helper.locator('[data-testid^="menu-muteEnd-"]').click();
  await until(async () => (await refused(rude.request('POST', `/v1/rooms/${roomId}/chat/messages`, { text: 'Ha' }))) === 'muted', 'Rudi to be muted');
  await row.locator('[data-testid^="report-remove-"]').click();
  await until(async () => /was removed/.test(await row.innerText()), 'the report to say that it is removed');
  await Promise.all([viewer, guest].map((page) => showsNot(page, 'Something bad')));
  await row.locator('[data-testid^="report-settle-"]').click();
  await row.waitFor({ state: 'detached' });
  await Promise.all([helper, host].map((page) => waits(page, 0)));
  await closeOrder(helper);
  await socket.close();
});

test('a pin stands for all, until it is taken away, or by itself until its time has come', async () => {
  await act(host, 'Stage to all', 'pin');
  await testId(host, 'chat-pin-length').selectOption('60');
  await testId(host, 'chat-pin-go').click();
  await Promise.all(everybody().map((page) => appears(page, 'chat-pin')));
  assert.match(await testId(viewer, 'chat-pin').innerText(), /Stage to all.*Pinned by \W*Hanna.*until/s);
  assert.equal(await testId(viewer, 'chat-unpin').count(), 0);
  await testId(helper, 'chat-unpin').click();
  await Promise.all(everybody().map((page) => goes(page, 'chat-pin')));
  await hanna.call('PUT', `/v1/rooms/${roomId}/chat/pin`, { text: 'Back in ten seconds', seconds: 10 });
  await Promise.all(everybody().map((page) => appears(page, 'chat-pin')));
  await Promise.all(everybody().map((page) => goes(page, 'chat-pin', 12_000)));
  assert.equal((await hanna.get(`/v1/rooms/${roomId}/chat`)).pin, undefined);
});

test('a co-host who is banned is told why at once; picture and seat are gone; they come back when let in', async (t) => {
  await act(host, 'By the co-host', 'ban');
  await testId(host, 'ban-reason').fill('Was asked twice');
  const banned = host.waitForResponse(/\/ban$/);
  await testId(host, 'confirm-ban').click();
  await banned;
  const began = performance.now();
  await appears(guest, 'room-failed');
  const took = Math.round(performance.now() - began);
  t.diagnostic(`their page says so after ${took} ms`);
  assert.ok(took < 1000, `${took} ms`);
  assert.match(await testId(guest, 'room-failed').innerText(), /banned from this show/);
  await Promise.all([host, viewer, helper].map((page) => goes(page, `tile-${cosmo.userId}`)));
  assert.deepEqual((await hanna.get(`/v1/rooms/${roomId}/stage`)).seats.map((one) => one.userId), [hanna.userId]);
  await looksRight(guest, 'who is banned');
  await guest.reload();
  await appears(guest, 'room-failed');
  assert.match(await testId(guest, 'room-failed').innerText(), /banned from this show/);
  assert.equal(await refused(cosmo.request('POST', `/v1/rooms/${roomId}/chat/messages`, { text: 'Let me in' })), 'banned');
  await openOrder(host, 'people');
  assert.match(await testId(host, `standing-${cosmo.userId}`).innerText(), /Banned.*Was asked twice/s);
  await testId(host, `unban-${cosmo.userId}`).click();
  await goes(host, `standing-${cosmo.userId}`);
  await closeOrder(host);
  await guest.reload();
  await statusIs(guest, 'live');
  await write(guest, 'Sorry');
  await showsInAll(everybody(), 'Sorry');
});

test('a moderator is dismissed by the host alone, and is one no longer with the end of the show', async () => {
  await openOrder(helper, 'people');
  assert.equal(await testId(helper, `dismiss-${mona.userId}`).count(), 0);
  await openOrder(host, 'people');
  await testId(host, `dismiss-${mona.userId}`).click();
  await goes(host, `standing-${mona.userId}`);
  await closeOrder(host);
  await appears(helper, 'moderator-notice');
  assert.match(await testId(helper, 'moderator-notice').last().innerText(), /no longer a moderator/);
  await goes(helper, 'order-page');
  await goes(helper, 'order');
  assert.equal(await refused(mona.request('POST', about(vera, 'mute'), {})), 'not_permitted');
  await hanna.post(about(mona, 'appoint'));
  await appears(helper, 'order');
  await hanna.post(`/v1/rooms/${roomId}/stop`);
  await appears(helper, 'ended-page');
  assert.ok(['not_permitted', 'room_ended'].includes(await refused(mona.request('POST', about(vera, 'mute'), {}))));
});

test('no page failed', () => {
  for (const page of everybody()) assert.deepEqual(page.failures, [], page.user.name);
});
