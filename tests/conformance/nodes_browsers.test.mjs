// The node that carries a show dies: host, co-host and viewers go on in their browsers, at another node, without touching anything.
// COSTAGE_KILLS=20 kills that often and says how long it took.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startBalancer } from '../support/balancer.mjs';
import { launchBrowser, mediaStats } from '../support/browser.mjs';
import { startNodes } from '../support/nodes.mjs';
import { temporaryFolder } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { acceptAndJoin, everybodySees, invite, openShow, statusIs } from '../e2e/studio.mjs';

const kKills = Number(process.env.COSTAGE_KILLS ?? 2);

const folder = temporaryFolder('browsers');
let cluster, balancer, browser;
let hanna, cosmo, vera, roomId;
let host, guest, viewer;

before(async () => {
  writeFileSync(join(folder.path, 'drain.yaml'), 'drain: {shows: move, within: 16}\n');
  cluster = await startNodes(2, { media: 'own', args: ['--config', join(folder.path, 'drain.yaml')] });
  balancer = await startBalancer(() => cluster.nodes.map(({ port }) => port));
  browser = await launchBrowser();
  ({ hanna, cosmo, vera, host, guest, viewer, roomId } = await openShow(balancer, browser, 'Wherever it is'));
  await invite(host, guest);
  await acceptAndJoin(guest);
});
after(async () => {
  await browser?.close();
  await balancer?.stop();
  await cluster?.stop();
  folder.remove();
});

const pages = () => [host, guest, viewer];
const everybodySeesBoth = (when) => everybodySees(pages(), [hanna, cosmo], when, 40_000);
const received = async (page) => (await mediaStats(page)).filter(({ direction, kind }) => direction === 'in' && kind === 'video');
// Asked again where the connection that was kept open for it has ended with its node.
const carrier = async () => {
  const { url } = await until(() => vera.viewer(roomId).catch(() => null), 'credentials', 5_000);
  return cluster.nodes.findIndex(({ ws }) => ws === url);
};
// Until pictures of all others arrive in connections that were not there before.
async function isBack(page, others, known) {
  await until(async () => (await received(page)).filter(({ id, frames }) => !known.has(id) && frames > 0).length >= others,
    'pictures from another node', 40_000, 100);
}
// Looks in the page, ten times a second, how long no picture of another came.
const watchPictures = (page) => page.evaluate(() => {
  const seen = { longest: 0, frames: new Map(), at: performance.now(), over: false };
  const look = async () => {
    if (seen.over) return;
    const tracks = (await window.mediaStats()).filter(({ direction, kind }) => direction === 'in' && kind === 'video');
    if (tracks.some(({ id, frames }) => frames > (seen.frames.get(id) ?? 0))) seen.at = performance.now();
    tracks.forEach(({ id, frames }) => seen.frames.set(id, frames));
    seen.longest = Math.max(seen.longest, performance.now() - seen.at);
    setTimeout(look, 100);
  };
  window.pictures = seen;
  void look();
});
const longestWithout = (page) => page.evaluate(() => { window.pictures.over = true; return Math.round(window.pictures.longest); });
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

test('its node is asked to end: the show moves, and pictures go on', { timeout: 120_000 }, async (t) => {
  await Promise.all(pages().map(watchPictures));
  const at = await carrier();
  const ended = cluster.nodes[at].terminate();
  await until(async () => (await carrier()) !== at, 'the show to move', 20_000);
  await ended;
  await everybodySeesBoth('after the move');
  await statusIs(viewer, 'live');
  const longest = await Promise.all(pages().map(longestWithout));
  t.diagnostic(`the longest time without a picture, ms: host ${longest[0]}, co-host ${longest[1]}, viewer ${longest[2]}`);
  assert.deepEqual(pages().flatMap((page) => page.failures), []);
});
