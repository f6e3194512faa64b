// The LiveKit server behind a show dies and is started again: everybody reads what is away and what goes on, and sees the others
// again without touching anything.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { livekitOrWhyNot } from '../support/go.mjs';
import { startServer } from '../support/server.mjs';
import { shows, write } from './chat.mjs';
import { acceptAndJoin, appears, attributeIs, goLive, goes, invite, openStudio, seesAndHears, startShow, statusIs, testId } from './studio.mjs';

const whyNot = await livekitOrWhyNot();
const skip = whyNot ? `skipped aloud: ${whyNot}` : false;
let server, browser;
let hanna, cosmo, vera;
let host, guest, viewer;

before(async () => {
  if (skip) return;
  server = await startServer('costage', { engine: 'livekit' });
  browser = await launchBrowser();
  [hanna, cosmo, vera] = await Promise.all(['Hanna', 'Cosmo', 'Vera'].map((name) => User.create(server, name)));
  host = await openStudio(browser, hanna);
  const roomId = await startShow(host, 'On a cluster');
  [guest, viewer] = await Promise.all([openStudio(browser, cosmo, roomId), openStudio(browser, vera, roomId)]);
  await goLive(host);
  await Promise.all([guest, viewer].map((page) => statusIs(page, 'live')));
  await invite(host, guest);
  await acceptAndJoin(guest);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const all = () => [host, guest, viewer];
const everybodySeesBoth = (when) => Promise.all(all().map((page, i) => seesAndHears(page, [hanna, cosmo], `${['the host', 'the co-host', 'the viewer'][i]} ${when}`, 60_000)));

test('a show on a LiveKit server', { skip }, () => everybodySeesBoth('before'));

test('it dies: everybody reads what is away; chat and invitations go on', { skip }, async () => {
  await server.livekit.kill();
  await Promise.all(all().map((page) => attributeIs(page, 'media-away', 'data-code', 'media_unavailable', 20_000)));
  assert.match(await testId(viewer, 'media-away').innerText(), /Chat, invitations and requests go on/);
  await write(viewer, 'still here');
  await shows(host, 'still here');
});

test('it is started again: everybody sees and hears the others, and nobody reloaded', { skip }, async () => {
  const { port, mediaPort } = server.livekit;
  Object.assign(server.livekit, await startServer('livekit', { port, mediaPort, webhooks: [`${server.http}/v1/media/webhook`] }));
  await Promise.all(all().map((page) => goes(page, 'media-away', 20_000)));
  await everybodySeesBoth('afterwards');
  await statusIs(viewer, 'live');
  assert.deepEqual(all().flatMap((page) => page.failures), []);
});
