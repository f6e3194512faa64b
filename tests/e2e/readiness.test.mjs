// Readiness, measured before going on air: what the studio says of devices and connection, over links that are known to be bad.
// Runs alone: it measures what a connection carries.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { hasFirefox, launchFirefox } from '../support/firefox.mjs';
import { leadThrough, startLink } from '../support/link.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { findings } from './axe.mjs';
import { appears, attributeIs, goes, goLive, invite, openStudio, startShow, testId } from './studio.mjs';

let server, browser;
before(async () => {
  server = await startServer('costage');
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// Runs in the page: keeps what browsers tell of each look, and the tracks and connections that were made for it.
function keepTraces() {
  window.traces = { canvases: [], connections: [] };
  const { captureStream } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.captureStream = function (...args) {
    const stream = captureStream.apply(this, args);
    window.traces.canvases.push(...stream.getTracks());
    return stream;
  };
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args, newTarget) {
      const connection = Reflect.construct(target, args, newTarget);
      window.traces.connections.push(connection);
      return connection;
    },
  });
}

// A host's lobby whose media go over `link`, made anew with the page at the address.
async function openLobby(link, options) {
  const host = await openStudio(browser, await User.create(server, 'Hanna'), null, options);
  await host.context().addInitScript(keepTraces);
  if (link) await leadThrough(host.context(), link);
  await host.reload();
  const roomId = await startShow(host, 'Is all well?');
  return { host, roomId };
}

const line = (page, name) => testId(page, `readiness-${name}`);

// What the line of the connection says when the look is over.
async function looked(page) {
  await until(async () => !['idle', 'checking', null].includes(await line(page, 'connection').getAttribute('data-state')), 'the look to end', 12_000);
  const [state, reasons, words] = await Promise.all([
    line(page, 'connection').getAttribute('data-state'), line(page, 'connection').getAttribute('data-reasons'), line(page, 'connection').innerText()]);
  return { state, reasons: reasons?.split(' ').filter(Boolean) ?? [], words, ...figuresIn(words) };
}

function figuresIn(words) {
  const [, rate, unit] = /([\d.]+) ([kM])bit\/s to send/.exec(words) ?? [];
  const [, roundTripMs] = /(\d+) ms there and back/.exec(words) ?? [];
  const [, lostPercent] = /(\d+)\s?% lost/.exec(words) ?? [];
  return { sendKbps: Number(rate) * (unit === 'M' ? 1000 : 1), roundTripMs: Number(roundTripMs), lostPercent: Number(lostPercent) };
}

// One look over a link with these faults in the direction of the server; both directions have the delay.
async function lookOver(t, { delayMs = 0, ...faults }) {
  const link = await startLink(server, { up: { delayMs, ...faults }, down: { delayMs }, seed: 7 });
  const { host } = await openLobby(link);
  const found = await looked(host);
  assert.ok(link.counts().up.bytes > 10_000, `media did not take the link: ${JSON.stringify(link.counts())}`);
  t.diagnostic(`${JSON.stringify(found)} link up: ${JSON.stringify(link.counts().up)}`);
  await host.context().close();
  await link.close();
  return found;
}

test('a clean link is good', async (t) => {
  const { state, reasons, sendKbps, roundTripMs, lostPercent } = await lookOver(t, {});
  assert.deepEqual([state, reasons, lostPercent], ['good', [], 0]);
  assert.ok(sendKbps >= 1500, `${sendKbps} kbit/s`);
  assert.ok(roundTripMs < 60, `${roundTripMs} ms`);
});

test('300 kbit/s are too slow for video, and the figure is right within a factor of two', async (t) => {
  const { state, reasons, sendKbps } = await lookOver(t, { kbps: 300 });
  assert.equal(state, 'poor');
  assert.ok(reasons.includes('bandwidth'), reasons.join());
  assert.ok(sendKbps >= 150 && sendKbps <= 600, `${sendKbps} kbit/s`);
});

test('5 % loss is named', async (t) => {
  const { state, reasons, lostPercent } = await lookOver(t, { loss: 0.05 });
  assert.notEqual(state, 'good');
  assert.ok(reasons.includes('loss'), reasons.join());
  assert.ok(lostPercent >= 2 && lostPercent <= 10, `${lostPercent} %`);
});

test('a round trip of 200 ms is shown within a fifth', async (t) => {
  const { roundTripMs } = await lookOver(t, { delayMs: 100 });
  assert.ok(roundTripMs >= 160 && roundTripMs <= 240, `${roundTripMs} ms`);
});

test('a round trip of 400 ms is poor, for its delay', async (t) => {
  const { state, reasons, roundTripMs } = await lookOver(t, { delayMs: 205 });
  assert.equal(state, 'poor');
  assert.ok(reasons.includes('delay'), reasons.join());
  assert.ok(roundTripMs >= 330 && roundTripMs <= 490, `${roundTripMs} ms`);
});

test('where nothing gets through, it says so in time', async (t) => {
  const link = await startLink(server, { up: { loss: 1 } });
  const { host } = await openLobby(link);
  const begun = performance.now();
  const { state, reasons, words } = await looked(host);
  t.diagnostic(`${Math.round(performance.now() - begun)} ms: ${words}`);
  assert.deepEqual([state, reasons], ['unreachable', ['unreachable']]);
  await host.context().close();
  await link.close();
});

// What a look leaves in the page: tracks that run and connections that are open.
const left = (page) => page.evaluate(() => ({
  tracks: window.traces.canvases.filter(({ readyState }) => readyState === 'live').length,
  connections: window.traces.connections.filter(({ connectionState }) => connectionState !== 'closed').length,
  looks: window.traces.canvases.length,
}));

test('devices, the look again, the sound; nothing is left behind; going live ends a look', async () => {
  const { host } = await openLobby();
  await attributeIs(host, 'readiness-camera', 'data-state', 'ready');
  // Chromium's fake microphone beeps once a second.
  await attributeIs(host, 'readiness-microphone', 'data-state', 'heard');
  await looked(host);
  await until(async () => { const { tracks, connections } = await left(host); return tracks + connections === 0; }, 'nothing to be left');
  assert.deepEqual(await findings(host, 'lobby with readiness'), []);
  await testId(host, 'test-sound').click();
  await testId(host, 'test-sound').and(host.locator('[data-pending]')).waitFor();
  await testId(host, 'test-sound').and(host.locator(':not([data-pending])')).waitFor();
  await testId(host, 'readiness-again').click();
  await until(async () => (await left(host)).tracks === 1, 'the second look to send');
  await goLive(host);
  await goes(host, 'readiness');
  const { tracks, connections, looks } = await left(host);
  assert.deepEqual([tracks, looks], [0, 2]);
  assert.ok(connections <= 2, `${connections} connections: the show's own alone`);
  assert.deepEqual(host.failures, []);
  await host.context().close();
});

// Runs in the page: a microphone that is allowed, and muted by a switch of its own.
function muteMicrophone() {
  const native = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await native(wanted);
    for (const track of stream.getAudioTracks()) track.enabled = false;
    return stream;
  };
}

test('who is invited sees it between accepting and joining; a muted microphone is noticed', async (t) => {
  const [hanna, victor] = await Promise.all(['Hanna', 'Victor'].map((name) => User.create(server, name)));
  const host = await openStudio(browser, hanna);
  const roomId = await startShow(host, 'Two at the microphone');
  await goLive(host);
  const guest = await openStudio(browser, victor, roomId);
  await guest.addInitScript(muteMicrophone);
  await guest.reload();
  await invite(host, guest);
  await testId(guest, 'accept').click();
  await appears(guest, 'preparing');
  await attributeIs(guest, 'readiness-microphone', 'data-state', 'silent');
  const { state, words } = await looked(guest);
  t.diagnostic(words);
  assert.equal(state, 'good');
  await testId(guest, 'join-stage').click();
  await goes(guest, 'preparing');
  await Promise.all([host, guest].map((page) => page.context().close()));
});

test('Firefox, which tells no estimate and climbs slowly, is not called slow', { skip: hasFirefox ? false : 'firefox-esr is not installed' }, async (t) => {
  const firefox = await launchFirefox();
  try {
    const freya = await User.create(server, 'Freya');
    const { roomId } = await freya.createRoom('From Firefox');
    const tab = await firefox.open(freya.studioUrl(roomId));
    const told = (what) => tab.evaluate(`document.querySelector('[data-testid="readiness-connection"]')?.${what} ?? ''`);
    await until(async () => !['idle', 'checking', ''].includes(await told('dataset.state')), 'the look to end', 15_000);
    t.diagnostic(await told('innerText'));
    assert.equal(await told('dataset.state'), 'good');
  } finally {
    await firefox.close();
  }
});
