// A page with nothing but unmodified livekit-client, and what tests do in it.
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchBrowser, openPage } from '../support/browser.mjs';
import { sharedServer } from '../support/server.mjs';
import { serveFiles } from '../support/site.mjs';

const library = (name) => ({ path: fileURLToPath(new URL(`../node_modules/livekit-client/dist/${name}`, import.meta.url)) });
const html = '<!doctype html><meta charset="utf-8"><script src="/livekit-client.js"></script><body></body>';

export const servePlainPage = () => serveFiles({
  '/': html, '/livekit-client.js': library('livekit-client.umd.js'), '/encryption.js': library('livekit-client.e2ee.worker.js') });

// A server and a browser for the tests of a file; after the last one they end, and what `end` ends.
export async function plainPages(end = async () => {}) {
  const [server, site, browser] = [await sharedServer(), await servePlainPage(), await launchBrowser({ fps: 20 })];
  after(async () => {
    await browser.close();
    await site.close();
    await end();
    await server.stop();
  });
  return { server, browser, site };
}

// Runs in the page: joins and shows what is subscribed. window.log keeps what happened, window.firstFrame when the first
// frame of each participant was shown (ms since 1970). With options.passphrase media is encrypted end to end.
async function joinInPage({ url, token, options: { passphrase, ...options } }) {
  const { Room, RoomEvent, ExternalE2EEKeyProvider } = window.LivekitClient;
  const keyProvider = passphrase && new ExternalE2EEKeyProvider();
  const room = new Room(keyProvider ? { ...options, encryption: { keyProvider, worker: new Worker('/encryption.js') } } : options);
  Object.assign(window, { room, log: [], firstFrame: {}, joinedAt: performance.timeOrigin + performance.now() });
  room.on(RoomEvent.TrackSubscribed, (track, _publication, participant) => {
    const element = track.attach();
    element.style.width = '320px';
    element.id = `${track.kind}-${track.sid}`;
    document.body.append(element);
    element.requestVideoFrameCallback?.((now) => { window.firstFrame[participant.identity] = performance.timeOrigin + now; });
  });
  room.on(RoomEvent.TrackUnsubscribed, (track) => document.getElementById(`${track.kind}-${track.sid}`)?.remove());
  for (const name of ['TrackMuted', 'TrackUnmuted', 'TrackUnpublished', 'Reconnecting', 'SignalReconnecting', 'Reconnected',
    'Disconnected', 'ParticipantDisconnected', 'LocalTrackUnpublished', 'TrackStreamStateChanged']) {
    room.on(RoomEvent[name], (...args) => window.log.push([name, typeof args[0] === 'number' ? args[0] : args[0]?.kind]));
  }
  room.on(RoomEvent.DataReceived, (data, from, _kind, topic) =>
    window.log.push(['Data', new TextDecoder().decode(data), from?.identity, topic ?? '']));
  if (keyProvider) await keyProvider.setKey(passphrase);
  if (keyProvider) await room.setE2EEEnabled(true);
  await room.connect(url, token);
}

export async function openPlainPage(browser, site, { url, token, options = {} }) {
  const page = await openPage(browser, { url: site.url });
  await joinPlainRoom(page, { url, token, options });
  return page;
}

// For a page that was made ready for something first.
export const joinPlainRoom = (page, { url, token, options = {} }) => page.evaluate(joinInPage, { url, token, options });

export const publish = (page) => page.evaluate(async () => {
  await window.room.localParticipant.setCameraEnabled(true);
  await window.room.localParticipant.setMicrophoneEnabled(true);
});

export const logged = (page, name) =>
  page.evaluate((wanted) => window.log.filter((entry) => entry[0] === wanted), name);

export const firstFrameOf = (page, identity) => page.evaluate((who) => window.firstFrame[who], identity);

export const closePages = (...pages) => Promise.all(pages.map((page) => page.context().close()));
