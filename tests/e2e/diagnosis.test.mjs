// "Why did they not see the invitation?", "why can I not join?", "why do I keep dropping?": asked in the studio, answered in codes
// and sentences (S-093..S-096).
// Runs alone: it measures what a connection carries.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { findings as axeFindings } from './axe.mjs';
import { acceptAndJoin, appears, attributeIs, goLive, goes, joinStage, openStudio, seesAndHears, startShow, statusIs, testId } from './studio.mjs';

let server, browser;
let hanna, cosmo, vera, nora;
let host, guest, viewer;
let roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  [hanna, cosmo, vera, nora] = await Promise.all(['Hanna', 'Cosmo', 'Vera', 'Nora'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna);
  roomId = await startShow(host, 'What is wrong?');
  [guest, viewer] = await Promise.all([cosmo, vera].map((user) => openStudio(browser, user, roomId)));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const opens = async (page, button) => {
  await button.click();
  await attributeIs(page, 'diagnosis', 'data-busy', 'false');
};
const opensMine = (page) => opens(page, testId(page, 'diagnose-me'));
const opensAbout = (user) => opens(host, testId(host, `invitation-${user.userId}`).getByTestId(`diagnose-${user.userId}`));
const closes = async (page) => {
  await testId(page, 'diagnosis-close').click();
  await goes(page, 'diagnosis');
};
const findings = (page) =>
  testId(page, 'diagnosis').locator('li').evaluateAll((lines) => lines.map((line) => `${line.dataset.severity}:${line.dataset.testid.replace('finding-', '')}`));
const sentence = (page, code) => testId(page, `finding-${code}`).textContent();
const statusOf = (user, status) => attributeIs(host, `invitation-${user.userId}`, 'data-status', status);
const api = (user, about) => user.get(`/v1/rooms/${roomId}/diagnosis${about ? `?userId=${about.userId}` : ''}`);
const finds = (user, code, about, timeout = 15_000) =>
  until(async () => (await api(user, about)).findings.some((one) => one.code === code), `${code} for ${user.name}`, timeout);

test('a viewer reads that the show has not started and that nobody invited them', async () => {
  // S-094
  await opensMine(viewer);
  assert.deepEqual(await findings(viewer), ['problem:room_not_live', 'problem:not_invited']);
  assert.match(await sentence(viewer, 'room_not_live'), /not started.*Stay on this page/);
  assert.deepEqual(await axeFindings(viewer, 'the diagnosis'), []);
  await closes(viewer);
});

test('the button is reached by keyboard, the dialog closes with Escape and gives the focus back', async () => {
  await testId(viewer, 'diagnose-me').focus();
  await viewer.keyboard.press('Enter');
  await appears(viewer, 'finding-room_not_live');
  await viewer.keyboard.press('Escape');
  await goes(viewer, 'diagnosis');
  assert.equal(await viewer.evaluate(() => document.activeElement?.dataset.testid), 'diagnose-me');
});

test('the host reads why an invitee did not see the invitation: they do not watch; and resends it from there', async () => {
  // S-093
  await nora.get('/v1/me');
  const invitation = await hanna.invite(roomId, nora.userId, { ttlSeconds: 300 });
  await opensAbout(nora);
  assert.deepEqual(await findings(host), ['problem:not_watching', 'warning:room_not_live', 'info:invitation_pending']);
  assert.match(await sentence(host, 'not_watching'), /Ask them to open the show/);
  assert.deepEqual(await axeFindings(host, 'the diagnosis'), []);
  await testId(host, 'diagnosis-act').click();
  await until(async () => (await hanna.get(`/v1/invitations/${invitation.invitationId}`)).expiresAt > invitation.expiresAt, 'it is resent');
  await closes(host);
});

test('declined: the host may not ask again at once, and reads until when', async () => {
  await goLive(host);
  await Promise.all([guest, viewer].map((page) => statusIs(page, 'live')));
  const invited = await openStudio(browser, nora, roomId);
  await testId(invited, 'decline').click();
  await statusOf(nora, 'rejected');
  await opensAbout(nora);
  assert.deepEqual(await findings(host), ['warning:invitation_rejected', 'warning:cannot_invite']);
  assert.match(await sentence(host, 'cannot_invite'), /just declined.*until/);
  assert.equal(await testId(host, 'diagnosis-act').count(), 0);
  await closes(host);
});

test('expired: the host invites again from where it is said', async () => {
  await hanna.invite(roomId, cosmo.userId, { ttlSeconds: 10 });
  await statusOf(cosmo, 'pending');
  await attributeIs(host, `invitation-${cosmo.userId}`, 'data-status', 'expired', 20_000);
  await opensMine(guest);
  assert.deepEqual(await findings(guest), ['problem:invitation_expired']);
  await closes(guest);
  await opensAbout(cosmo);
  assert.deepEqual(await findings(host), ['warning:invitation_expired']);
  await testId(host, 'diagnosis-act').click();
  await appears(host, 'finding-invitation_pending');
  await closes(host);
  await appears(guest, 'invitation-banner');
});

test('invitations switched off: the host reads no more than that, whoever did it reads it, too', async () => {
  // S-023, S-093
  await vera.call('PATCH', '/v1/me', { takesInvitations: false });
  await statusIs(viewer, 'live');
  await opens(host, testId(host, `viewer-row-${vera.userId}`).getByTestId(`diagnose-${vera.userId}`));
  assert.ok((await findings(host)).includes('problem:invitee_unavailable'));
  assert.match(await sentence(host, 'invitee_unavailable'), /takes no invitations/);
  await closes(host);
  await opensMine(viewer);
  assert.ok((await findings(viewer)).includes('problem:invitee_unavailable'));
  await closes(viewer);
  await vera.call('PATCH', '/v1/me', { takesInvitations: true });
});

test('others are nobody else\'s to ask about', async () => {
  await assert.rejects(api(vera, cosmo), { code: 'not_permitted' });
});

test('who was taken off the stage reads why they cannot join', async () => {
  // S-094
  await acceptAndJoin(guest);
  await seesAndHears(viewer, [hanna, cosmo], 'the viewer');
  // Until the media server has measured the new connection, that may still be one of the findings.
  await finds(cosmo, 'all_good', null, 40_000);
  await opensMine(guest);
  assert.deepEqual(await findings(guest), ['info:all_good']);
  await closes(guest);
  await hanna.call('DELETE', `/v1/rooms/${roomId}/stage/${cosmo.userId}`);
  await appears(guest, 'removed-notice');
  await opensMine(guest);
  assert.deepEqual(await findings(guest), ['problem:removed_from_stage']);
  await closes(guest);
});

test('who lost their connection three times keeps dropping, and reads what to do', async () => {
  // S-095
  await hanna.call('PATCH', `/v1/rooms/${roomId}`, { policies: { reconnectGraceSeconds: 30 } });
  await hanna.invite(roomId, cosmo.userId);
  await appears(guest, 'invitation-banner');
  await testId(guest, 'accept').click();
  await joinStage(guest);
  guest.on('dialog', (question) => void question.accept());
  for (let losses = 1; losses <= 3; losses++) {
    await until(async () => (await seat())?.state === 'onAir', 'the co-host to be on air', 20_000);
    // The page ends in the middle of the show, and comes back.
    await guest.goto('about:blank');
    await until(async () => (await seat())?.state === 'reconnecting', `loss ${losses}`, 20_000);
    if (losses === 1) await finds(hanna, 'seat_reconnecting', cosmo);
    await guest.goto(`${server.http}/rooms/${roomId}#token=${cosmo.token}`);
    await appears(guest, 'leave-stage', 20_000);
  }
  await until(async () => (await seat())?.state === 'onAir', 'the co-host to be on air', 20_000);
  await opensMine(guest);
  assert.deepEqual((await findings(guest))[0], 'problem:keeps_dropping');
  assert.match(await sentence(guest, 'keeps_dropping'), /3 times in the last 10 minutes.*quality.*another network/);
  assert.deepEqual(await axeFindings(guest, 'the diagnosis'), []);
  await closes(guest);
  await opensAbout(cosmo);
  assert.deepEqual((await findings(host))[0], 'problem:keeps_dropping');
  await closes(host);
});

const seat = async () => (await hanna.get(`/v1/rooms/${roomId}/stage`)).seats.find((one) => one.userId === cosmo.userId);

test('what the page knows is said without the server, too', async () => {
  // S-094
  await viewer.context().setOffline(true);
  await viewer.evaluate(() => window.dispatchEvent(new Event('offline')));
  await testId(viewer, 'diagnose-me').click();
  await appears(viewer, 'finding-realtime_lost', 30_000);
  await viewer.context().setOffline(false);
  await attributeIs(viewer, 'diagnosis', 'data-busy', 'false');
  await closes(viewer);
});

test('no page had an error', () => {
  assert.deepEqual([host, guest, viewer].flatMap((page) => page.failures), []);
});
