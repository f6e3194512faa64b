// An application that was made for LiveKit, as its users have it (e2e/meet), on costage and on LiveKit itself: nothing but the URL, the
// key and its secret differs, so what is asked of one is known to be a fair demand.
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import { User } from '../support/api.mjs';
import { launchBrowser, mediaGrows, openPage, videoPlays } from '../support/browser.mjs';
import { livekitOrWhyNot } from '../support/go.mjs';
import { apiKey, apiSecret, freePort, repository, startProcess, startServer, temporaryFolder } from '../support/server.mjs';
import { newRoomName, signClaims } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const sources = join(repository, 'tests/e2e/meet');
const whyNot = await livekitOrWhyNot();
const own = { key: 'meetings', secret: 'a secret that the application has for this server' };
const servers = {
  costage: { ...own, skip: false, options: { engine: 'embedded', env: { COSTAGE_KEYS: `${own.key}: ${own.secret}` } } },
  livekit: { key: apiKey, secret: apiSecret, skip: whyNot ? `skipped aloud: ${whyNot}` : false, options: {} },
};

let pages, browser;
before(async () => {
  pages = temporaryFolder('meet');
  await build({
    entryPoints: [join(sources, 'page.jsx')], outdir: pages.path, bundle: true, minify: true, jsx: 'automatic', logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  copyFileSync(join(sources, 'index.html'), join(pages.path, 'index.html'));
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  pages?.remove();
});

test('the application knows nothing of this server', () => {
  for (const name of readdirSync(sources)) assert.doesNotMatch(readFileSync(join(sources, name), 'utf8'), /costage/i, name);
});

// Everything that the application is told of its server.
async function startApplication(port, server, { key, secret }) {
  const env = { ...process.env, PORT: String(port), PAGES: pages.path, LIVEKIT_URL: server.ws, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret };
  const backend = startProcess(process.execPath, [join(sources, 'backend.mjs')], { env });
  const address = `http://127.0.0.1:${port}`;
  await until(() => backend.output.includes(address) || backend.exit, () => `the backend: ${backend.output}`);
  if (backend.exit) throw new Error(`the backend ended at its start: ${backend.output}`);
  return Object.assign(backend, { address });
}

async function twoPorts() {
  const first = await freePort('tcp');
  const second = await until(async () => { const port = await freePort('tcp'); return port !== first && port; }, 'another port');
  return [first, second];
}

const tile = (name, source = 'camera') => `.lk-participant-tile[data-lk-source="${source}"]:has([data-lk-participant-name="${name}"])`;
const button = (source) => `.lk-control-bar button[data-lk-source="${source}"]`;
const received = (kind) => ({ direction: 'in', kind });
const seesAndHears = (page, what, { people = 1, screens = 0 } = {}) =>
  Promise.all([mediaGrows(page, what, received('video'), people + screens), mediaGrows(page, what, received('audio'), people)]);
const appears = (page, selector) => page.locator(selector).waitFor({ timeout: 20_000 });
const tileCount = (page, count) => until(async () => (await page.locator('.lk-participant-tile').count()) === count, `${count} tiles`, 20_000);

async function say(page, text) {
  if (!(await page.locator('.lk-chat').isVisible())) await page.locator('.lk-control-bar .lk-chat-toggle').click();
  await page.locator('.lk-chat-form-input').fill(text);
  await page.locator('.lk-chat-form-input').press('Enter');
}

async function reads(page, { name, text }) {
  const entry = page.locator('.lk-chat-entry', { hasText: text });
  await entry.waitFor({ state: 'attached', timeout: 20_000 });
  assert.equal(await entry.locator('.lk-participant-name').textContent(), name);
  return entry;
}

// The media of who is removed ends at once, on both servers, and may do so before the WebSocket has told why: livekit-client then writes
// this in its log.
const endOfChannel = /^publisher data channel '\w+' closed unexpectedly|^DataChannel error on (lossy|reliable): User-Initiated Abort/;

const areaOf = async (page, selector) => {
  const { width, height } = await page.locator(selector).boundingBox();
  return width * height;
};

for (const [kind, { skip, options, ...credentials }] of Object.entries(servers)) {
  // Node counts a test that is skipped, but no group.
  const meeting = skip ? test : describe;
  meeting(`a meeting on ${kind}`, { skip }, () => {
    const roomName = newRoomName();
    let server, application, ada, ben, cyd;

    before(async () => {
      const [port, ofServer] = await twoPorts();
      server = await startServer(kind, { ...options, port: ofServer, webhooks: [`http://127.0.0.1:${port}/api/webhook`] });
      application = await startApplication(port, server, credentials);
    });
    after(async () => {
      await Promise.all([ada, ben, cyd].map((page) => page?.context().close()));
      await application?.terminate();
      await server?.stop();
    });

    async function enter(name) {
      const page = await openPage(browser);
      page.on('console', (line) => { if (line.type() === 'error') page.failures.push(line.text()); });
      await page.goto(`${application.address}/rooms/${roomName}`);
      await videoPlays(page, '.lk-prejoin video', `the preview of ${name}`);
      await page.getByPlaceholder('Username').fill(name);
      await page.getByRole('button', { name: 'Join Room' }).click();
      await appears(page, tile(name));
      return page;
    }
    const peopleAre = (names) => until(async () => {
      const people = await (await fetch(`${application.address}/api/people?roomName=${roomName}`)).json();
      return people.sort().join() === names.join();
    }, () => `the webhooks to tell that ${names} are there: ${application.output}`, 20_000);

    test('two people come by PreJoin, see and hear each other', async () => {
      ada = await enter('Ada');
      ben = await enter('Ben');
      await Promise.all([seesAndHears(ada, 'Ada'), seesAndHears(ben, 'Ben')]);
      await Promise.all([videoPlays(ada, `${tile('Ben')} video`, 'Ben at Ada'), videoPlays(ben, `${tile('Ada')} video`, 'Ada at Ben')]);
    });

    test('webhooks tell the backend who came, and are signed with its key', async () => {
      await peopleAre(['Ada', 'Ben']);
      const authorization = signClaims({ iss: credentials.key, sha256: '' }, { secret: 'the secret of somebody else, long enough' });
      assert.equal((await fetch(`${application.address}/api/webhook`, { method: 'POST', headers: { authorization }, body: '{}' })).status, 401);
    });

    test('what one writes the other reads', async () => {
      await say(ada, 'Hello Ben, see https://example.org/agenda');
      const entry = await reads(ben, { name: 'Ada', text: 'Hello Ben' });
      assert.equal(await entry.locator('a.lk-chat-link').getAttribute('href'), 'https://example.org/agenda');
      await appears(ben, '.lk-control-bar .lk-chat-toggle[data-lk-unread-msgs="1"]');
      await say(ben, 'Hello Ada');
      await reads(ada, { name: 'Ben', text: 'Hello Ada' });
    });

    test('who mutes is shown as muted to the other, and heard again afterwards', async () => {
      await ben.locator(button('microphone')).click();
      await appears(ada, `${tile('Ben')}[data-lk-audio-muted="true"]`);
      await ben.locator(button('camera')).click();
      await appears(ada, `${tile('Ben')}[data-lk-video-muted="true"]`);
      await ben.locator(button('microphone')).click();
      await ben.locator(button('camera')).click();
      await appears(ada, `${tile('Ben')}[data-lk-audio-muted="false"][data-lk-video-muted="false"]`);
      await seesAndHears(ada, 'Ada, after it');
    });

    test('a shared screen is shown large', async () => {
      await ben.locator(button('screen_share')).click();
      const shared = `.lk-focus-layout > ${tile('Ben', 'screen_share')}`;
      await appears(ada, shared);
      await videoPlays(ada, `${shared} video`, 'the screen');
      const small = `.lk-carousel ${tile('Ben')}`;
      await appears(ada, small);
      assert.ok(await areaOf(ada, shared) > 4 * await areaOf(ada, small));
    });

    test('who comes late sees and hears both, and the screen', async () => {
      cyd = await enter('Cyd');
      await appears(cyd, `.lk-focus-layout > ${tile('Ben', 'screen_share')}`);
      await seesAndHears(cyd, 'Cyd', { people: 2, screens: 1 });
      await Promise.all([ada, ben].map((page) => appears(page, tile('Cyd'))));
      await peopleAre(['Ada', 'Ben', 'Cyd']);
    });

    test('when the screen ends all are equally large again', async () => {
      await ben.locator(button('screen_share')).click();
      await Promise.all([ada, cyd].map((page) => appears(page, `.lk-grid-layout ${tile('Ben')}`)));
      await Promise.all([ada, ben, cyd].map((page) => tileCount(page, 3)));
    });

    test('the backend mutes somebody, who may speak again', async () => {
      await ada.getByRole('button', { name: 'Mute Ben' }).click();
      await Promise.all([ada, cyd].map((page) => appears(page, `${tile('Ben')}[data-lk-audio-muted="true"]`)));
      await appears(ben, `${button('microphone')}[data-lk-enabled="false"]`);
      await ben.locator(button('microphone')).click();
      await appears(cyd, `${tile('Ben')}[data-lk-audio-muted="false"]`);
      await seesAndHears(cyd, 'Cyd, after it', { people: 2 });
    });

    test('the backend removes somebody, who is told so', async () => {
      await ada.getByRole('button', { name: 'Remove Ben' }).click();
      await ben.getByText('You were removed from the meeting.').waitFor({ timeout: 20_000 });
      await Promise.all([ada, cyd].map((page) => tileCount(page, 2)));
      await peopleAre(['Ada', 'Cyd']);
      assert.equal(await cyd.getByRole('button', { name: /^Remove/ }).count(), 0);
    });

    if (kind === 'costage') {
      test('the meeting goes on beside a show, where only who is on stage publishes', async () => {
        const { roomId } = await (await User.create(server, 'Hanna')).createRoom('A show');
        const { participantToken } = await (await fetch(`${application.address}/api/connection-details?roomName=${roomId}&participantName=Mallory`)).json();
        const answer = await fetch(`${server.http}/rtc/validate?access_token=${participantToken}`);
        assert.deepEqual([answer.status, await answer.text()], [401, 'permissions denied: only who has a seat on stage publishes here']);
        await seesAndHears(cyd, 'Cyd, still');
      });
    }

    test('no page had an error', () => {
      const ofBen = ben.failures.filter((line) => !endOfChannel.test(line));
      assert.deepEqual([ada.failures, ofBen, cyd.failures], [[], [], []]);
    });
  });
}
