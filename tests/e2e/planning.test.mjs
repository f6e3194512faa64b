// A show is planned: its time and its cover, in the lobby, in the list and where viewers wait; live, without a cover, it is seen in the list.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { inBothSchemes } from './axe.mjs';
import { appears, goLive, goes, openStudio, startShow, testId } from './studio.mjs';

let server, browser;
let hanna, vera;
let host, list, viewer;
let roomId;

before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
  [hanna, vera] = await Promise.all(['Hanna', 'Vera'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna);
  list = await openStudio(browser, vera, null, { viewport: { width: 360, height: 740 } });
  roomId = await startShow(host, 'Evening bowls');
  viewer = await openStudio(browser, vera, roomId);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const room = () => vera.get(`/v1/rooms/${roomId}`);
const card = () => testId(list, `room-card-${roomId}`);
const section = (title) => list.locator('section', { has: list.getByRole('heading', { name: title }) });
const showsPicture = (page) => until(() => testId(page, `picture-${roomId}`).locator('img').evaluate((one) => one.naturalWidth > 0).catch(() => false), 'the picture to be shown', 40_000);
const local = (time) => new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

// As large as phones take them: noise, which nothing makes small.
async function photo(width, height) {
  const bytes = await host.evaluate(async ([width, height]) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    const noise = context.createImageData(width, height);
    for (let at = 0; at < noise.data.length; at++) noise.data[at] = at % 4 === 3 ? 255 : Math.random() * 256;
    context.putImageData(noise, 0, 0);
    const reader = new FileReader();
    reader.readAsDataURL(await canvas.convertToBlob({ type: 'image/png' }));
    await new Promise((done) => { reader.onload = done; });
    return reader.result.split(',')[1];
  }, [width, height]);
  return { name: 'bowls.png', mimeType: 'image/png', buffer: Buffer.from(bytes, 'base64') };
}
async function chooseCover(file) {
  const chooser = host.waitForEvent('filechooser');
  await testId(host, 'choose-cover').click();
  await (await chooser).setFiles(file);
}

test('the host says when; the list and those who wait read it', async () => {
  const time = new Date(Date.now() + 90 * 60_000);
  await testId(host, 'plan').click();
  await testId(host, 'planned-start').fill(local(time));
  await testId(host, 'lobby-title').focus();
  await until(async () => (await room()).scheduledAt, 'the plan to be kept');
  assert.equal(local(new Date((await room()).scheduledAt)), local(time));
  await section('Planned').getByText('Evening bowls').waitFor();
  let said;
  await until(async () => /^Starts .* · in 1:(29|30):\d\d$/.test(said = await card().getByTestId('planned').innerText()), () => `the count, it says ${said}`);
  await appears(viewer, 'planned');
});

test('a time that is over is refused with words, and stays to be mended', async () => {
  await testId(host, 'planned-start').fill('2020-01-01T10:00');
  await testId(host, 'lobby-title').focus();
  await appears(host, 'problem');
  assert.match(await testId(host, 'problem').innerText(), /must not be over/);
  assert.equal(await testId(host, 'planned-start').inputValue(), '2020-01-01T10:00');
  await testId(host, 'planned-start').fill('');
  await testId(host, 'lobby-title').focus();
  await goes(host, 'problem');
  await until(async () => (await room()).scheduledAt === undefined, 'the plan to be gone');
  await section('Starting soon').getByText('Evening bowls').waitFor();
});

test('a photo of several megabytes becomes the cover, in the list and where viewers wait', async () => {
  const file = await photo(1600, 900);
  assert.ok(file.buffer.length > 2_000_000, `${file.buffer.length} bytes`);
  await chooseCover(file);
  await Promise.all([list, viewer].map(showsPicture));
  assert.ok((await room()).coverAt);
  const shown = await fetch(`${server.http}/v1/rooms/${roomId}/picture`, { headers: { Authorization: `Bearer ${vera.token}` } });
  assert.equal(shown.headers.get('content-type'), 'image/jpeg');
  assert.ok((await shown.arrayBuffer()).byteLength <= 512 * 1024);
});

test('what is no picture is said to be none', async () => {
  await chooseCover({ name: 'bowls.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await appears(host, 'cover-unusable');
  assert.ok((await room()).coverAt, 'the one before stays');
});

test('lobby, list and waiting page break no rule of accessibility', async () => {
  const found = [];
  for (const [page, what] of [[host, 'the lobby'], [list, 'the list'], [viewer, 'who waits']]) found.push(...(await inBothSchemes(page, what)));
  assert.deepEqual(found, []);
});

test('without a cover a live show is seen in the list as it is', async () => {
  await testId(host, 'remove-cover').click();
  await until(async () => (await room()).coverAt === undefined, 'the cover to be gone');
  await goLive(host);
  await section('Live now').getByText('Evening bowls').waitFor();
  await showsPicture(list);
  const { width, height } = await testId(list, `picture-${roomId}`).locator('img').evaluate(({ naturalWidth: width, naturalHeight: height }) => ({ width, height }));
  assert.ok(width > 100 && width <= 480 && height > 100, `${width}×${height}`);
});

test('no page had an error', () => {
  assert.deepEqual([host, list, viewer].flatMap((page) => page.failures), []);
});
