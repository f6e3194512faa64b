// S-033 as a policy of the room: one device is enough to join, unless the host asks for both.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { closeContexts, launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { appears, goLive, invite, joinStage, openStudio, startShow, testId } from './studio.mjs';

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

// Runs in the page: as if its user had blocked the camera.
function blockCamera() {
  const native = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (wanted) =>
    wanted.video ? Promise.reject(new DOMException('blocked', 'NotAllowedError')) : native(wanted);
}

async function show() {
  const [hanna, victor] = await Promise.all(['Hanna', 'Victor'].map((name) => User.create(server, name)));
  const host = await openStudio(browser, hanna);
  const roomId = await startShow(host, 'With sound alone');
  await goLive(host);
  const guest = await openStudio(browser, victor, roomId);
  await guest.addInitScript(blockCamera);
  await guest.reload();
  return { host, guest, victor, roomId };
}

const isEnabled = (page, name) => testId(page, name).isEnabled();

test('without a camera one joins with sound alone', async () => {
  const { host, guest, victor, roomId } = await show();
  await invite(host, guest);
  await testId(guest, 'accept').click();
  await guest.getByText('alone is enough to join').waitFor();
  await joinStage(guest);
  const seat = async () => (await victor.get(`/v1/rooms/${roomId}/stage`)).seats.find(({ userId }) => userId === victor.userId);
  await until(async () => (await seat())?.state === 'onAir', 'the guest on air');
  const { camera, microphone } = await seat();
  assert.deepEqual([camera, microphone], ['off', 'on']);
  await appears(host, `tile-${victor.userId}`);
});

test('where the host asks for both, one does not; the switch works for who prepares already', async () => {
  const { host, guest, roomId, victor } = await show();
  await testId(host, 'setting-both-devices').click();
  await until(async () => (await victor.get(`/v1/rooms/${roomId}`)).policies.coHostDevices === 'both', 'the setting to be saved');
  await invite(host, guest);
  await testId(guest, 'accept').click();
  await guest.getByText('must allow your camera and your microphone').waitFor();
  assert.equal(await isEnabled(guest, 'join-stage'), false);
  await testId(host, 'setting-both-devices').click();
  await until(() => isEnabled(guest, 'join-stage'), 'one device to be enough');
});
