// Recording, other platforms and streaming software in the studio, on a LiveKit cluster with what stands in for its egress and ingress
// services (N-080, N-081).
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { launchBrowser, mediaGrows, videoPlays } from '../support/browser.mjs';
import { livekitOrWhyNot, livekitServicesOrWhyNot } from '../support/go.mjs';
import { redisOrWhyNot } from '../support/livekit_cluster.mjs';
import { startLivekitServices } from '../support/livekit_services.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import { acceptAndJoin, appears, attributeIs, goes, invite, openShow, openStudio, pictureOf, seesAndHears, startShow, statusIs, testId } from './studio.mjs';

const whyNot = redisOrWhyNot() ?? (await livekitOrWhyNot()) ?? (await livekitServicesOrWhyNot());
const skip = whyNot ? `skipped aloud: ${whyNot}` : false;
const shot = process.env.COSTAGE_SHOTS;  // a folder: how the screens look

let server, services, browser, it, platform;

before(async () => {
  if (skip) return;
  server = await startServer('costage', { engine: 'cluster', env: { COSTAGE_MEDIA_EGRESS: 'true', COSTAGE_MEDIA_INGRESS: 'true' } });
  services = await startLivekitServices(server.livekit);
  browser = await launchBrowser();
  it = await openShow(server, browser, 'To be kept');
  await invite(it.host, it.guest);
  await acceptAndJoin(it.guest);
  platform = createServer((socket) => socket.on('error', () => {}));
  await new Promise((done) => platform.listen(0, '127.0.0.1', done));
});
after(async () => {
  platform?.close();
  await browser?.close();
  await server?.stop();
  await services?.stop();
});

const everybody = () => [it.host, it.guest, it.viewer];
const onEach = (act) => Promise.all(everybody().map(act));
const looks = async (page, name) => {
  for (const width of shot ? [360, 1440] : []) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: `${shot}/${name}_${width}.png` });
  }
  assert.deepEqual(await findings(page, name), []);
};
const list = async () => (await it.hanna.get(`/v1/rooms/${it.roomId}/egresses`)).items;
const says = (page, name, text) => until(async () => text.test(await testId(page, name).first().textContent().catch(() => '')), `${name} to say ${text}`);
const hasNo = async (page, name) => assert.equal(await testId(page, name).count(), 0, name);

test('the host records the show, and everybody reads that', { skip }, async () => {
  for (const page of [it.guest, it.viewer]) await hasNo(page, 'record-start');
  await testId(it.host, 'record-start').click();
  await onEach((page) => appears(page, 'recording-badge'));
  await appears(it.host, 'record-stop');
  await looks(it.host, 'recording_host');
  await looks(it.viewer, 'recording_viewer');
  const [{ egressId }] = await list();
  await until(async () => (await services.state()).egresses[egressId].packets > 20, 'sound to be recorded');
});

test('who comes later reads it, too', { skip }, async () => {
  await it.viewer.reload();
  await appears(it.viewer, 'recording-badge');
});

test('it is stopped after a question, and its file is named', { skip }, async () => {
  await testId(it.host, 'record-stop').click();
  await testId(it.host, 'confirm-record-stop').click();
  await onEach((page) => goes(page, 'recording-badge'));
  await testId(it.host, 'restream-open').click();
  await says(it.host, 'egress-list', /\.ogg/);
  await looks(it.host, 'recordings');
});

test('the show is sent to two platforms; one that takes nothing is named', { skip }, async () => {
  const dead = createServer();
  await new Promise((done) => dead.listen(0, '127.0.0.1', done));
  const port = dead.address().port;
  await new Promise((done) => dead.close(done));
  await testId(it.host, 'destination-url-0').fill(`rtmp://127.0.0.1:${platform.address().port}/live`);
  await testId(it.host, 'destination-key-0').fill('first-secret-key');
  await testId(it.host, 'restream-add').click();
  await testId(it.host, 'destination-url-1').fill(`rtmp://127.0.0.1:${port}/live`);
  await testId(it.host, 'destination-key-1').fill('second-secret-key');
  await looks(it.host, 'restream_form');
  await testId(it.host, 'restream-start').click();
  await attributeIs(it.host, 'restream-state', 'data-state', 'active');
  await onEach((page) => appears(page, 'restream-badge'));
  await until(async () => (await list())[0].destinations.some(({ failed }) => failed), 'the dead one to be named');
  await it.host.getByText('Nothing is sent there any more').waitFor();
  await looks(it.host, 'restream_running');
  assert.ok(!(await it.host.content()).includes('secret-key'));
  await testId(it.host, 'restream-stop').click();
  await onEach((page) => goes(page, 'restream-badge'));
  await it.host.keyboard.press('Escape');
});

test('a co-host changes to streaming software and back; everybody hears and sees the show meanwhile', { skip }, async () => {
  await testId(it.guest, 'software-open').click();
  await testId(it.guest, 'software-input-rtmp').click();
  await says(it.guest, 'software-state', /Waiting/);
  await looks(it.guest, 'software_dialog');
  const streamKey = await testId(it.guest, 'software-key').inputValue();
  assert.match(await testId(it.guest, 'software-url').inputValue(), /^rtmp:/);
  await it.guest.keyboard.press('Escape');
  await services.send(streamKey);
  await appears(it.guest, 'software-panel');
  await attributeIs(it.guest, 'software-state', 'data-state', 'publishing');
  await videoPlays(it.guest, pictureOf(it.hanna.userId), 'who is on stage by software sees the host', 20_000);
  await mediaGrows(it.guest, 'and hears', { direction: 'in', kind: 'audio' }, 1);
  await hasNo(it.guest, 'elsewhere');
  await looks(it.guest, 'software_on_air');
  await testId(it.guest, 'software-close').click();
  await goes(it.guest, 'software-panel');
  await onEach((page) => seesAndHears(page, [it.hanna, it.cosmo], 'afterwards, each', 30_000));
});

test('a host begins a show by streaming software', { skip }, async () => {
  await testId(it.host, 'stop-show').click();
  await testId(it.host, 'confirm-stop').click();
  const page = await openStudio(browser, it.hanna);
  await startShow(page, 'By OBS');
  await testId(page, 'software-open').click();
  await testId(page, 'software-input-whip').click();
  await says(page, 'software-state', /Waiting/);
  const streamKey = await testId(page, 'software-key').inputValue();
  await page.keyboard.press('Escape');
  await services.send(streamKey);
  await statusIs(page, 'live');
  await appears(page, 'software-panel');
  await looks(page, 'software_host');
  await testId(page, 'stop-show').click();
  await testId(page, 'confirm-stop').click();
  await until(() => services.send(streamKey).then(() => false, () => true), 'the key to be dead', 10_000);
  assert.deepEqual([...everybody(), page].flatMap(({ failures }) => failures), []);
});
