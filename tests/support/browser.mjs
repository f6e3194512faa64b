// Chromium with a fake camera and microphone, and eyes for media: every RTCPeerConnection of a page is kept, so that a
// test can ask whether pictures are decoded and sound has energy, not only what the page says.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { until } from './wait.mjs';

const executable = [process.env.COSTAGE_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find((path) => path && existsSync(path));

const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--autoplay-policy=no-user-gesture-required'];

// `sharedTab`: asked for a screen, it gives the tab with this title, with its picture and sound. Without, the fake user gives a fake
// screen. The fake camera gives few pictures a second unless a test is about them: to encode and decode them is most of its work.
export function launchBrowser({ sharedTab, fps = 5, cameras = 1 } = {}) {
  if (!executable) throw new Error('no Chromium: install the package chromium or set COSTAGE_CHROMIUM');
  const camera = `--use-fake-device-for-media-stream=fps=${fps},device-count=${cameras}`;
  const picker = sharedTab === undefined ? '--use-fake-ui-for-media-stream' : `--auto-select-tab-capture-source-by-title=${sharedTab}`;
  return chromium.launch({ executablePath: executable, headless: false, args: [...flags, camera, picker] });
}

// Runs in the page before its own scripts.
function keepPeerConnections() {
  const connections = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = new Proxy(Native, {
    construct(target, args, newTarget) {
      const connection = Reflect.construct(target, args, newTarget);
      connections.push(connection);
      return connection;
    },
  });
  // Received and own tracks: {kind, direction, id, frames, width, energy, packets}; the layers of own ones as they are sent:
  // {kind, direction: 'sent', rid, frames, height}.
  window.mediaStats = async () => {
    const tracks = [];
    for (const connection of connections) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp') {
          tracks.push({ direction: 'in', kind: report.kind, id: report.trackIdentifier, frames: report.framesDecoded ?? 0,
            width: report.frameWidth ?? 0, energy: report.totalAudioEnergy ?? 0, packets: report.packetsReceived });
        }
        if (report.type === 'outbound-rtp') {
          tracks.push({ direction: 'sent', kind: report.kind, rid: report.rid, frames: report.framesEncoded ?? 0, height: report.frameHeight ?? 0 });
        }
        if (report.type === 'media-source') {
          tracks.push({ direction: 'out', kind: report.kind, id: report.trackIdentifier, frames: report.frames ?? 0,
            width: report.width ?? 0, energy: report.totalAudioEnergy ?? 0, packets: 0 });
        }
      }
    }
    return tracks;
  };
}

// A page in a context of its own. Errors of the page are collected in `page.failures`.
export async function openPage(browser, { url, viewport = { width: 1280, height: 800 }, ...options } = {}) {
  const context = await browser.newContext({ viewport, permissions: ['camera', 'microphone'], ...options });
  await context.addInitScript(keepPeerConnections);
  const page = await context.newPage();
  page.failures = [];
  page.on('pageerror', (error) => page.failures.push(String(error)));
  if (url) await page.goto(url);
  return page;
}

// For tests that open pages of their own: what an earlier one left behind would go on to send and play.
export const closeContexts = (browser) => Promise.all(browser.contexts().map((context) => context.close()));

export const mediaStats = (page) => page.evaluate(() => window.mediaStats());

const matching = (tracks, wanted) =>
  tracks.filter((track) => Object.entries(wanted).every(([key, value]) => track[key] === value));

// Milliseconds: statistics cost the page so much that to ask each 20 ms, several times at once, takes the time of its media.
const askedEach = 150;

// Waits until `count` tracks of that kind and direction are alive at the same time: frames or energy grow.
export async function mediaGrows(page, what, wanted, count = 1, timeout = 20_000) {
  const value = (track) => (track.kind === 'video' ? track.frames : track.energy);
  const first = new Map();
  let seen = [];
  return until(async () => {
    seen = matching(await mediaStats(page), wanted);
    const growing = seen.filter((track) => {
      if (!first.has(track.id)) first.set(track.id, value(track));
      return value(track) > first.get(track.id);
    });
    return growing.length >= count;
  }, () => `${what}: ${count} growing ${JSON.stringify(wanted)}, saw ${JSON.stringify(seen)}`, timeout, askedEach);
}

// How many frames a <video> has shown, or -1 where there is none.
export function framesShown(page, selector) {
  return page.evaluate((css) => {
    const video = document.querySelector(css);
    return video ? video.getVideoPlaybackQuality().totalVideoFrames : -1;
  }, selector);
}

export async function videoPlays(page, selector, what, timeout = 20_000) {
  const first = await until(async () => {
    const frames = await framesShown(page, selector);
    return frames > 0 && frames;
  }, `${what}: first frame in ${selector}`, timeout, askedEach);
  await until(async () => (await framesShown(page, selector)) > first + 5, `${what}: more frames in ${selector}`, timeout, askedEach);
}
