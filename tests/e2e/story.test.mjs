// The whole show in three browsers through the studio: host, co-host, viewer. One test after the other tells one story.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser, mediaStats } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { acceptAndJoin, appears, attributeIs, framesOf, goLive, goes, invite, joinStage, openStudio, seesAndHears, startShow,
  statusIs, testId } from './studio.mjs';

let server, browser;
let hanna, cosmo, vera;   // users
let host, guest, viewer;  // their pages
let roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  [hanna, cosmo, vera] = await Promise.all(['Hanna', 'Cosmo', 'Vera'].map((name) => User.create(server, name)));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const both = () => [hanna, cosmo];
const everybodySeesBoth = (what) => Promise.all([
  seesAndHears(host, both(), `${what}: host`),
  seesAndHears(guest, both(), `${what}: co-host`),
  seesAndHears(viewer, both(), `${what}: viewer`),
]);
const invitationOf = (user) => user.get(`/v1/rooms/${roomId}/invitation`);
const tokenStatus = async (token) => (await fetch(`${(server.livekit ?? server).http}/rtc/validate?access_token=${token}`)).status;
const inboundPackets = async (page) =>
  (await mediaStats(page)).filter(({ direction }) => direction === 'in').reduce((sum, { packets }) => sum + packets, 0);

test('the host starts a show; viewers come and wait; going live gives them picture and sound', async () => {
  host = await openStudio(browser, hanna);
  roomId = await startShow(host, 'Two at the microphone');
  await statusIs(host, 'idle');
  [guest, viewer] = await Promise.all([openStudio(browser, cosmo, roomId), openStudio(browser, vera, roomId)]);
  await Promise.all([statusIs(guest, 'idle'), statusIs(viewer, 'idle')]);
  await goLive(host);
  await Promise.all([guest, viewer].map((page) => statusIs(page, 'live')));
  await Promise.all([guest, viewer].map((page) => seesAndHears(page, [hanna], 'watching the host')));
  await Promise.all([cosmo, vera].map((user) => appears(host, `viewer-row-${user.userId}`)));
});

test('the host invites; the banner names host and show; nobody sees the guest before the second tap', async () => {
  await invite(host, guest);
  const banner = await testId(guest, 'invitation-banner').textContent();
  assert.match(banner, /Hanna/);
  assert.match(banner, /Two at the microphone/);
  assert.equal(await testId(viewer, 'invitation-banner').count(), 0);
  await attributeIs(host, `invitation-${cosmo.userId}`, 'data-status', 'pending');
  await assert.rejects(cosmo.broadcaster(roomId), { code: 'invitation_pending', status: 409 });  // S-054
  await testId(guest, 'accept').click();
  await appears(guest, 'preparing');
  await attributeIs(host, `invitation-${cosmo.userId}`, 'data-status', 'accepted');
  assert.equal(await framesOf(viewer, cosmo), -1);
});

test('on stage together: all three see both pictures move and hear both', async () => {
  await joinStage(guest);
  await everybodySeesBoth('together');
  await attributeIs(viewer, `tile-${cosmo.userId}`, 'data-role', 'coHost');
  await attributeIs(viewer, `tile-${hanna.userId}`, 'data-role', 'host');
});

test('muting is marked for everybody, and ends', async () => {
  await testId(guest, 'toggle-microphone').click();
  await Promise.all([host, viewer].map((page) => attributeIs(page, `tile-${cosmo.userId}`, 'data-microphone', 'muted')));
  await testId(guest, 'toggle-microphone').click();
  await Promise.all([host, viewer].map((page) => attributeIs(page, `tile-${cosmo.userId}`, 'data-microphone', 'on')));
  await everybodySeesBoth('after the mute');
});

test('the host reloads: the co-host stays on the air, and the host comes back', async () => {
  const { seats } = await vera.get(`/v1/rooms/${roomId}/stage`);
  const seat = seats.find(({ userId }) => userId === cosmo.userId);
  const framesBefore = await framesOf(viewer, cosmo);
  await host.reload();
  await until(async () => (await framesOf(viewer, cosmo)) > framesBefore + 10, 'the co-host to go on meanwhile');
  await everybodySeesBoth('after the reload');
  const now = (await vera.get(`/v1/rooms/${roomId}/stage`)).seats.find(({ userId }) => userId === cosmo.userId);
  assert.deepEqual([now.leaseId, now.epoch, now.state], [seat.leaseId, seat.epoch, 'onAir']);
});

test('the co-host leaves and comes back', async () => {
  await testId(guest, 'leave-stage').click();
  await testId(guest, 'confirm-leave').click();
  await Promise.all([host, viewer].map((page) => goes(page, `tile-${cosmo.userId}`)));
  await seesAndHears(viewer, [hanna], 'the host alone');
  await testId(guest, 'rejoin-stage').click();
  await joinStage(guest);
  await everybodySeesBoth('after coming back');
});

test('the host removes the co-host: gone within a second, and the token is dead', async () => {
  const { coHostToken } = guest.credentials.filter((one) => one.coHostToken).at(-1);
  assert.equal(await tokenStatus(coHostToken), 200);
  await testId(host, `remove-${cosmo.userId}`).click();
  await testId(host, 'confirm-remove').click();
  const clicked = performance.now();
  await Promise.all([host, viewer].map((page) => goes(page, `tile-${cosmo.userId}`, 1000)));
  // A LiveKit server takes it for as long as it is good, and who comes with it is put out (conformance/stage).
  if (!server.livekit) await until(async () => (await tokenStatus(coHostToken)) === 401, 'the token to be refused', 1000);
  // The host hears and sees nobody any more: not one packet from the second after on.
  await until(async () => {
    const packets = await inboundPackets(host);
    await new Promise((done) => { setTimeout(done, 100); });
    return (await inboundPackets(host)) === packets;
  }, 'the last packet', Math.max(0, clicked + 1000 - performance.now()));
  assert.equal((await hanna.get(`/v1/rooms/${roomId}/invitations`)).items[0].revoked, true, 'also who looks later reads it');
  await appears(guest, 'removed-notice');
  await seesAndHears(guest, [hanna], 'the removed, as a viewer');
  await seesAndHears(viewer, [hanna], 'the host alone');
});

test('a viewer declines; asking again at once is refused, later it works', async () => {
  await invite(host, viewer);
  await testId(viewer, 'decline').click();
  await attributeIs(host, `invitation-${vera.userId}`, 'data-status', 'rejected');
  await assert.rejects(vera.broadcaster(roomId), { code: 'invitation_rejected', status: 409 });  // S-055
  await testId(host, `invitation-${vera.userId}`).getByTestId('invitable-again').waitFor();
  assert.ok(await testId(host, `reinvite-${vera.userId}`).isDisabled());
  await assert.rejects(hanna.invite(roomId, vera.userId), { code: 'cooling_down' });
  await until(async () => {
    const again = await hanna.request('POST', `/v1/rooms/${roomId}/invitations`, { userId: vera.userId });
    return again.status === 201;
  }, 'the cool-down to end', 40_000, 1000);
  await appears(viewer, 'invitation-banner');
});

test('the host takes an invitation back while the banner is open', async () => {
  const { invitationId } = await invitationOf(vera);
  await testId(host, `cancel-${vera.userId}`).click();
  await goes(viewer, 'invitation-banner');
  await attributeIs(host, `invitation-${vera.userId}`, 'data-status', 'cancelled');
  await assert.rejects(vera.answer(invitationId, 'accept'), { code: 'invitation_cancelled' });
});

test('an invitation that nobody answers expires, for both sides', async () => {
  await hanna.call('PATCH', `/v1/rooms/${roomId}`, { policies: { invitationTtlSeconds: 10 } });
  await testId(host, `reinvite-${vera.userId}`).click();
  await appears(viewer, 'invitation-banner');
  const { invitationId } = await invitationOf(vera);
  await goes(viewer, 'invitation-banner', 20_000);
  await attributeIs(host, `invitation-${vera.userId}`, 'data-status', 'expired');
  await assert.rejects(vera.answer(invitationId, 'accept'), { code: 'invitation_expired' });
});

test('somebody removed can be invited again', async () => {
  await until(() => testId(host, `invite-${cosmo.userId}`).isEnabled(), 'the removed co-host to be invitable');
  await invite(host, guest);
  await acceptAndJoin(guest);
  await everybodySeesBoth('once more');
});

test('stop ends it for everybody', async () => {
  await testId(host, 'stop-show').click();
  await testId(host, 'confirm-stop').click();
  await Promise.all([host, guest, viewer].map((page) => appears(page, 'ended-page')));
  await Promise.all([host, guest, viewer].map((page) =>
    until(async () => (await mediaStats(page)).length === 0, 'media to end')));
  assert.equal((await vera.get(`/v1/rooms/${roomId}`)).status, 'ended');
  for (const user of [hanna, cosmo]) {
    await assert.rejects(user.broadcaster(roomId), { code: 'room_ended', status: 409 });  // S-056
  }
});

test('no page had an error', () => {
  assert.deepEqual([host, guest, viewer].flatMap((page) => page.failures), []);
});
