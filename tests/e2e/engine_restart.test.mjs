// The LiveKit server behind a show dies and is started again: everybody reads what is away and what goes on, and sees the others
// again without touching anything.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { livekitOrWhyNot } from '../support/go.mjs';
import { startServer } from '../support/server.mjs';
import { shows, write } from './chat.mjs';
import { acceptAndJoin, attributeIs, everybodySees, goes, invite, openShow, statusIs, testId } from './studio.mjs';

const whyNot = await livekitOrWhyNot();
const skip = whyNot ? `skipped aloud: ${whyNot}` : false;
let server, browser;
let hanna, cosmo;
let host, guest, viewer;

before(async () => {
  if (skip) return;
  server = await startServer('costage', { engine: 'livekit' });
  browser = await launchBrowser();
  ({ hanna, cosmo, host, guest, viewer } = await openShow(server, browser, 'On a cluster'));
  await invite(host, guest);
  await acceptAndJoin(guest);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const all = () => [host, guest, viewer];
const everybodySeesBoth = (when) => everybodySees(all(), [hanna, cosmo], when, 60_000);

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
