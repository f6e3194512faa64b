// The node that carries a show dies: host, co-host and viewers go on in their browsers, at another node, without touching anything.
// COSTAGE_KILLS=20 kills that often and says how long it took.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { startBalancer } from '../support/balancer.mjs';
import { launchBrowser, mediaStats } from '../support/browser.mjs';
import { startNodes } from '../support/nodes.mjs';
import { until } from '../support/wait.mjs';
import { acceptAndJoin, goLive, invite, openStudio, seesAndHears, startShow, statusIs } from '../e2e/studio.mjs';

const kKills = Number(process.env.COSTAGE_KILLS ?? 2);

let cluster, balancer, browser;
let hanna, cosmo, vera, roomId;
let host, guest, viewer;

before(async () => {
  cluster = await startNodes(2, { media: 'own' });
  balancer = await startBalancer(() => cluster.nodes.map(({ port }) => port));
  browser = await launchBrowser();
  [hanna, cosmo, vera] = await Promise.all(['Hanna', 'Cosmo', 'Vera'].map((name) => User.create(balancer, name)));
  host = await openStudio(browser, hanna);
  roomId = await startShow(host, 'Wherever it is');
  [guest, viewer] = await Promise.all([cosmo, vera].map((user) => openStudio(browser, user, roomId)));
  await goLive(host);
  await Promise.all([guest, viewer].map((page) => statusIs(page, 'live')));
  await invite(host, guest);
  await acceptAndJoin(guest);
});
after(async () => {
  await browser?.close();
  await balancer?.stop();
  await cluster?.stop();
});

const pages = () => [host, guest, viewer];
const everybodySeesBoth = (when) => Promise.all(pages().map((page, i) => seesAndHears(page, [hanna, cosmo], `${['the host', 'the co-host', 'the viewer'][i]} ${when}`, 40_000)));
const received = async (page) => (await mediaStats(page)).filter(({ direction, kind }) => direction === 'in' && kind === 'video');
const carrier = async () => {
  const { url } = await vera.viewer(roomId);
  return cluster.nodes.findIndex(({ ws }) => ws === url);
};
// Until pictures of all others arrive in connections that were not there before.
async function isBack(page, others, known) {
  await until(async () => (await received(page)).filter(({ id, frames }) => !known.has(id) && frames > 0).length >= others,
    'pictures from another node', 40_000, 100);
}
const percentile = (values, p) => [...values].sort((a, b) => a - b)[Math.ceil(values.length * p) - 1];

test('a show whose node is one of two', async () => {
  await everybodySeesBoth('before');
});

test('its node dies, again and again: everybody is back by themselves', { timeout: 120_000 + kKills * 40_000 }, async (t) => {
  const times = [];
  for (let kill = 0; kill < kKills; ++kill) {
    const known = await Promise.all(pages().map(async (page) => new Set((await received(page)).map(({ id }) => id))));
    const at = await carrier();
    const begun = performance.now();
    await cluster.nodes[at].kill();
    await Promise.all(pages().map(async (page, i) => {
      await isBack(page, [1, 1, 2][i], known[i]);
      times.push(Math.round(performance.now() - begun));
    }));
    await everybodySeesBoth(`after death ${kill + 1}`);
    await Promise.all(pages().map((page) => statusIs(page, 'live')));
    await cluster.startNode(at);
  }
  t.diagnostic(`pictures of all others after ms: p50 ${percentile(times, 0.5)}, p95 ${percentile(times, 0.95)}, of ${times.length}`);
  assert.deepEqual(pages().flatMap((page) => page.failures), []);
  const { seats } = await hanna.get(`/v1/rooms/${roomId}/stage`);
  assert.deepEqual(seats.map(({ userId, state }) => [userId, state]), [[hanna.userId, 'onAir'], [cosmo.userId, 'onAir']]);
});
