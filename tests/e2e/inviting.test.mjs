// Who may be invited and how: what the host asks of invitees (S-032, S-033), several at once (S-019), who takes no invitations and
// who is blocked, the pause after a decline, older invitations; and what of it somebody sees who stands in for the host.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { repository, startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import { acceptAndJoin, appears, attributeIs, goes, invite, openShow, testId } from './studio.mjs';

let server, browser;
let hanna, cosmo, vera;
let host, guest, viewer;
let roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  ({ hanna, cosmo, vera, host, guest, viewer, roomId } = await openShow(server, browser, 'Come up'));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const policies = async () => (await hanna.get(`/v1/rooms/${roomId}`)).policies;
const policyIs = (name, value) => until(async () => (await policies())[name] === value, `${name} to be ${value}`);
const reasonIs = (user, reason) => attributeIs(host, `viewer-row-${user.userId}`, 'data-reason', reason);
const isInvitable = (user, timeout) => attributeIs(host, `viewer-row-${user.userId}`, 'data-invitable', 'true', timeout);
const hasFocus = (page, name) => until(() => testId(page, name).evaluate((element) => element.contains(document.activeElement)), `${name} to have the focus`);
const looksRight = async (page, screen) => assert.deepEqual(await findings(page, screen), []);

test('the host asks that invitees have asked, or are ready; each row says what is missing', async () => {
  await isInvitable(cosmo);
  await testId(host, 'setting-requesters-only').click();
  await policyIs('inviteRequestersOnly', true);
  await reasonIs(cosmo, 'invitee_did_not_ask');
  await testId(host, 'setting-requesters-only').click();
  await policyIs('inviteRequestersOnly', false);
  await testId(host, 'setting-must-be-ready').click();
  await policyIs('inviteesMustBeReady', true);
  await reasonIs(cosmo, 'camera_off');
  await testId(host, 'setting-must-be-ready').click();
  await isInvitable(cosmo);
});

test('where invitees must be ready, who merely watches shows that camera and microphone work', async () => {
  assert.equal(await testId(viewer, 'show-ready').count(), 0, 'not where nobody asks for it');
  await testId(host, 'setting-must-be-ready').click();
  await appears(viewer, 'show-ready');
  await reasonIs(vera, 'camera_off');
  await testId(viewer, 'show-ready-toggle').focus();
  await viewer.keyboard.press('Enter');
  await isInvitable(vera);
  await hasFocus(viewer, 'show-ready-toggle');
  await reasonIs(cosmo, 'camera_off');
  await looksRight(viewer, 'showing to be ready');
  await viewer.keyboard.press('Enter');
  await reasonIs(vera, 'camera_off');
  await viewer.keyboard.press('Enter');
  await isInvitable(vera);
  await invite(host, viewer);
  await goes(viewer, 'show-ready');
  await cancelAll();
  await appears(viewer, 'show-ready');
  await testId(host, 'setting-must-be-ready').click();
  await goes(viewer, 'show-ready');
});

test('a setting is changed with the keyboard, which stays there; inviting by id comes with it', async () => {
  assert.equal(await testId(host, 'invite-by-id-input').count(), 0);
  const toggle = testId(host, 'setting-watchers-only').locator('input');
  await toggle.focus();
  await host.keyboard.press('Space');
  await policyIs('inviteWatchersOnly', false);
  await appears(host, 'invite-by-id-input');
  await hasFocus(host, 'setting-watchers-only');
  await host.keyboard.press('Space');
  await policyIs('inviteWatchersOnly', true);
});

test('the oldest app version is saved when the field is left; what is no version is said and loses nothing', async () => {
  const field = testId(host, 'setting-min-version');
  await field.fill('new');
  await field.blur();
  await attributeIs(host, 'problem', 'data-code', 'invalid_request');
  assert.equal(await field.inputValue(), 'new');
  await looksRight(host, 'settings with a refusal');
  await field.fill('8.7.2');
  await field.blur();
  await policyIs('minClientVersion', '8.7.2');
  await goes(host, 'problem');
  await reasonIs(cosmo, 'client_too_old');
  await field.fill('');
  await host.keyboard.press('Enter');
  await policyIs('minClientVersion', '');
  await isInvitable(cosmo);
});

test('the studio tells its version: whoever watches there can be invited where it is new enough', async () => {
  const { version } = JSON.parse(readFileSync(join(repository, 'web/apps/studio/package.json'), 'utf8'));
  const field = testId(host, 'setting-min-version');
  const asks = async (wanted) => {
    await field.fill(wanted);
    await field.blur();
    await policyIs('minClientVersion', wanted);
  };
  await asks(`${version}.1`);
  await reasonIs(cosmo, 'client_too_old');
  await asks(version);
  await isInvitable(cosmo);
  assert.ok((await host.getByText(`on a page like this one it is ${version}`).count()) > 0, 'the host reads which version that is');
  await asks('');
});

test('who declined can be invited again after a pause that counts down, without a reload', async () => {
  await invite(host, viewer);
  await testId(viewer, 'decline').click();
  await attributeIs(host, `invitation-${vera.userId}`, 'data-status', 'rejected');
  const row = testId(host, `viewer-row-${vera.userId}`);
  const seconds = async () => Number(await row.getByTestId('invitable-again').getAttribute('data-seconds'));
  await row.getByTestId('invitable-again').waitFor();
  const first = await seconds();
  assert.ok(first > 0 && first <= 30, `${first} seconds`);
  assert.match(await row.textContent(), /can be invited again in 0:\d\d/);
  await until(async () => (await seconds()) < first - 1, 'the pause to count down');
  assert.ok(await testId(host, `reinvite-${vera.userId}`).isDisabled(), 'the list of invitations knows of it');
  assert.ok(await testId(host, `invite-${vera.userId}`).isDisabled());
  await looksRight(host, 'a pause that counts down');
  await isInvitable(vera, 35_000);
  await testId(host, `reinvite-${vera.userId}`).click();
  await appears(viewer, 'invitation-banner');
  await hasFocus(host, `invitation-${vera.userId}`);
  await testId(host, `cancel-${vera.userId}`).click();
  await goes(viewer, 'invitation-banner');
});

const chooseBox = (page, user) => testId(page, `choose-${user.userId}`);
const answerIs = (user, code) => attributeIs(host, `answer-${user.userId}`, 'data-code', code);
const takeInvitations = (user, on) => user.call('PATCH', '/v1/me', { takesInvitations: on });
const cancelAll = async () => {
  const { items } = await hanna.get(`/v1/rooms/${roomId}/invitations?status=pending`);
  await Promise.all(items.map((one) => hanna.answer(one.invitationId, 'cancel')));
};

test('several are chosen with the keyboard and invited at once; each is answered for themselves', async () => {
  await testId(host, 'several-watchers-choose').focus();
  await host.keyboard.press('Enter');
  await hasFocus(host, 'several-watchers-choose');
  assert.ok(await testId(host, 'several-watchers-send').isDisabled());
  for (const user of [cosmo, vera]) {
    await chooseBox(host, user).locator('input').focus();
    await host.keyboard.press('Space');
  }
  await looksRight(host, 'choosing several');
  await takeInvitations(vera, false);
  await testId(host, 'several-watchers-send').focus();
  await host.keyboard.press('Enter');
  await answerIs(cosmo, 'invited');
  await answerIs(vera, 'invitee_unavailable');
  assert.match(await testId(host, 'several-watchers-answers').textContent(), /1 of 2 invited.*Cosmo.*Invited.*Vera.*takes no invitations/);
  await hasFocus(host, 'several-watchers-answers');
  await appears(guest, 'invitation-banner');
  assert.equal(await testId(viewer, 'invitation-banner').count(), 0);
  await looksRight(host, 'several were answered');
  await testId(host, 'several-watchers-close').click();
  await hasFocus(host, 'several-watchers');
  await takeInvitations(vera, true);
  await cancelAll();
  await goes(guest, 'invitation-banner');
});

test('no more than ten at once; who is chosen stays so while a search shows others', async () => {
  const crowd = await Promise.all(Array.from({ length: 10 }, (_, at) => User.create(server, `Crowd ${at}`)));
  const sockets = await Promise.all(crowd.map((user) => user.watch(roomId)));
  await Promise.all(crowd.map((user) => isInvitable(user)));
  await testId(host, 'several-watchers-choose').click();
  for (const user of crowd) await chooseBox(host, user).click();
  await until(() => chooseBox(host, cosmo).locator('input').isDisabled(), 'an eleventh to be out of reach');
  for (const user of crowd.slice(2)) await chooseBox(host, user).click();
  await testId(host, 'viewer-search').fill('Cosmo');
  await goes(host, `viewer-row-${crowd[0].userId}`);
  await chooseBox(host, cosmo).click();
  assert.match(await testId(host, 'several-watchers-send').textContent(), /Invite 3/);
  await testId(host, 'several-watchers-send').click();
  await Promise.all([crowd[0], crowd[1], cosmo].map((user) => answerIs(user, 'invited')));
  await testId(host, 'several-watchers-close').click();
  await testId(host, 'viewer-search').fill('');
  await cancelAll();
  await Promise.all(sockets.map((socket) => socket.close()));
});

test('out of the queue of requests, too', async () => {
  for (const user of [cosmo, vera]) await user.post(`/v1/rooms/${roomId}/requests`, { comment: 'Me!' });
  await appears(host, `request-${vera.userId}`);
  await testId(host, 'several-requests-choose').click();
  for (const user of [cosmo, vera]) await testId(host, 'several-requests').locator(`[data-testid="choose-${user.userId}"]`).click();
  await testId(host, 'several-requests-send').click();
  await Promise.all([cosmo, vera].map((user) => answerIs(user, 'invited')));
  await Promise.all([guest, viewer].map((page) => appears(page, 'invitation-banner')));
  await goes(host, `request-${vera.userId}`);
  await cancelAll();
});

test('somebody takes no invitations: the switch stands behind their name, and hosts see it', async () => {
  await isInvitable(vera, 65_000);
  await testId(viewer, 'account').focus();
  await viewer.keyboard.press('Enter');
  await appears(viewer, 'account-box');
  await testId(viewer, 'takes-invitations').locator('input').focus();
  await viewer.keyboard.press('Space');
  await until(async () => (await vera.get('/v1/me')).takesInvitations === false, 'the switch to be saved');
  await hasFocus(viewer, 'takes-invitations');
  await looksRight(viewer, 'what holds for me');
  await reasonIs(vera, 'invitee_unavailable');
  assert.match(await testId(host, `viewer-row-${vera.userId}`).textContent(), /takes no invitations/);
  await viewer.keyboard.press('Escape');
  await goes(viewer, 'account-box');
  await hasFocus(viewer, 'account');
  await viewer.reload();
  await until(async () => /take no invitations/.test(await testId(viewer, 'account').textContent()), 'the name to say so');
  await testId(viewer, 'account').click();
  await testId(viewer, 'takes-invitations').click();
  await isInvitable(vera);
  await viewer.keyboard.press('Escape');
});

test('who is invited by the wrong people blocks them from the invitation, and finds the way back', async () => {
  await invite(host, viewer);
  await looksRight(viewer, 'an invitation with its menu');
  await testId(viewer, 'invitation-menu').click();
  await testId(viewer, 'block-inviter').click();
  await goes(viewer, 'invitation-banner');
  await attributeIs(host, `invitation-${vera.userId}`, 'data-status', 'rejected');
  assert.deepEqual((await vera.get('/v1/me/blocks')).items.map((one) => one.userId), [hanna.userId]);
  await reasonIs(vera, 'invitee_unavailable');
  await testId(viewer, 'account').click();
  await appears(viewer, `blocked-${hanna.userId}`);
  assert.match(await testId(viewer, `blocked-${hanna.userId}`).textContent(), /Hanna/);
  await looksRight(viewer, 'somebody is blocked');
  await testId(viewer, `unblock-${hanna.userId}`).click();
  await goes(viewer, `blocked-${hanna.userId}`);
  await hasFocus(viewer, 'blocks');
  assert.deepEqual((await vera.get('/v1/me/blocks')).items, []);
  await viewer.keyboard.press('Escape');
});

const olderRows = () => testId(host, 'older-list').locator('li').evaluateAll((rows) => rows.map((row) => [row.dataset.testid.replace('older-', ''), row.dataset.status]));
const perPage = /limit=\d+/;

test('older invitations stand below the newest of each person, and follow what happens', async () => {
  // Small pages: what is older takes several of them.
  await host.route(/invitations\?limit=/, (route) => route.continue({ url: route.request().url().replace(perPage, 'limit=2') }));
  const { items } = await hanna.get(`/v1/rooms/${roomId}/invitations?limit=100`);
  const newest = items.filter((one, at) => items.findIndex((other) => other.inviteeId === one.inviteeId) === at);
  const expected = () => items.filter((one) => !newest.includes(one)).map((one) => [one.invitationId, one.status]);
  assert.ok(expected().length > 1, 'there are older ones');
  await testId(host, 'older-invitations').click();
  let seen;
  await until(async () => isDeepStrictEqual((seen = await olderRows()), expected()), () => `${JSON.stringify(seen)} to be ${JSON.stringify(expected())}`);
  await looksRight(host, 'older invitations');
  await isInvitable(cosmo, 65_000);
  await invite(host, guest);
  const before = newest.find((one) => one.inviteeId === cosmo.userId);
  await until(async () => JSON.stringify(await olderRows()).includes(before.invitationId), 'the one before to be an older one');
  await cancelAll();
  await testId(host, 'older-invitations').click();
  await goes(host, 'older-list');
  await host.unroute(/invitations\?limit=/);
});

test('of many older ones some are shown, and more when asked for; the focus goes on with them', async () => {
  const { items } = await hanna.get(`/v1/rooms/${roomId}/invitations?limit=1`);
  const many = Array.from({ length: 45 }, (_, at) => ({ ...items[0], invitationId: `old-${at}`, createdAt: new Date(Date.UTC(2026, 0, 2) - at * 60_000).toISOString() }));
  await host.route(/invitations\?limit=/, (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
    return route.fulfill({ json: { items: many.slice(from, from + 20), ...(from + 20 < many.length && { nextCursor: String(from + 20) }) } });
  });
  await testId(host, 'older-invitations').click();
  await until(async () => (await olderRows()).length === 20, 'twenty');
  await testId(host, 'more-older').focus();
  await host.keyboard.press('Enter');
  await until(async () => (await olderRows()).length === 40, 'forty');
  await hasFocus(host, 'older-old-20');
  await testId(host, 'more-older').click();
  await until(async () => (await olderRows()).length === 45, 'all');
  await goes(host, 'more-older');
  await hasFocus(host, 'older-old-40');
  await host.unroute(/invitations\?limit=/);
  await testId(host, 'older-invitations').click();
});

test('who may only invite is not offered a diagnosis of others; who stands in for the host sees it as the host does', async () => {
  await hanna.call('PATCH', `/v1/rooms/${roomId}`, { policies: { reconnectGraceSeconds: 10, inviteesMustBeReady: true } });
  await reasonIs(vera, 'camera_off');
  await appears(host, `diagnose-${vera.userId}`);
  await hanna.call('PATCH', `/v1/rooms/${roomId}`, { policies: { inviteesMustBeReady: false } });
  await isInvitable(cosmo);
  await invite(host, guest);
  await acceptAndJoin(guest);
  await hanna.call('PATCH', `/v1/rooms/${roomId}`, { policies: { inviteesMustBeReady: true } });
  await hanna.call('PUT', `/v1/rooms/${roomId}/stage/${cosmo.userId}/permissions`, { invite: true, moderate: false, products: false });
  await attributeIs(guest, `viewer-row-${vera.userId}`, 'data-reason', 'camera_off');
  assert.equal(await testId(guest, `diagnose-${vera.userId}`).count(), 0);
  assert.equal(await testId(guest, 'setting-guests').count(), 0);
  await hanna.call('PUT', `/v1/rooms/${roomId}/successor`, { userId: cosmo.userId });
  await host.close();
  await appears(guest, 'stands-in');
  await testId(guest, `viewer-row-${vera.userId}`).getByTestId(`diagnose-${vera.userId}`).click();
  await appears(guest, 'finding-camera_off');
  await testId(guest, 'diagnosis-close').click();
  await testId(guest, 'setting-must-be-ready').click();
  await policyIs('inviteesMustBeReady', false);
});

test('no page had an error', () => {
  assert.deepEqual([host, guest, viewer].flatMap((page) => page.failures), []);
});
