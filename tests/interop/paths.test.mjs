// One room, clients of both signalling paths: livekit-client with one connection (v1) and with two (v0), and LiveKit's Node
// SDK of either version.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closePages, logged, openPlainPage, plainPages, publish } from '../e2e/plain_page.mjs';
import { mediaGrows } from '../support/browser.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { until, within } from '../support/wait.mjs';
import { join } from './livekit.mjs';
import { RoomEvent, TrackKind, dispose } from './rtc_node.mjs';
import { hearTone, publishTone } from './sound.mjs';

const { server, browser, site } = await plainPages(dispose);

const open = async (roomName, identity, singlePeerConnection) =>
  openPlainPage(browser, site, { url: server.ws, token: await joinToken(roomName, identity), options: { singlePeerConnection } });
const connections = (page) => page.evaluate(() => (window.room.engine.pcManager.subscriber ? 2 : 1));
const grows = (page, what, kind, count) => mediaGrows(page, what, { direction: 'in', kind }, count);

test('everybody hears and sees everybody, whatever path they came on', async () => {
  const roomName = newRoomName();
  const [one, two] = await Promise.all([open(roomName, 'one', true), open(roomName, 'two', false)]);
  assert.deepEqual(await Promise.all([one, two].map(connections)), [1, 2]);
  const node = await join(server, roomName, 'node');
  const voices = [];
  node.on(RoomEvent.TrackSubscribed, (track) => track.kind === TrackKind.KIND_AUDIO && voices.push(track));
  const tone = await publishTone(node);
  await Promise.all([publish(one), publish(two)]);
  await Promise.all([one, two].flatMap((page) => [grows(page, 'pictures', 'video', 1), grows(page, 'voices', 'audio', 2)]));
  await until(() => voices.length === 2, 'both voices');

  const late = await open(roomName, 'late', true);
  await Promise.all([grows(late, 'pictures', 'video', 2), grows(late, 'voices', 'audio', 3)]);
  await tone.stop();
  await node.disconnect();
  await closePages(one, two, late);
});

test('a tone of a browser with one connection is what the SDK hears, and its data arrives', async () => {
  const roomName = newRoomName();
  const node = await join(server, roomName, 'node');
  const heard = new Promise((done) => node.on(RoomEvent.TrackSubscribed, (track) => done(hearTone(track))));
  const page = await open(roomName, 'page', true);
  await page.evaluate(async () => {
    const context = new AudioContext({ sampleRate: 48000 });
    const oscillator = new OscillatorNode(context, { frequency: 440 });
    const out = context.createMediaStreamDestination();
    oscillator.connect(new GainNode(context, { gain: 0.5 })).connect(out);
    oscillator.start();
    await window.room.localParticipant.publishTrack(out.stream.getAudioTracks()[0]);
    await window.room.localParticipant.publishData(new TextEncoder().encode('hello'), { reliable: true });
  });
  const shares = await within(heard, 'the tone', 15_000);
  assert.ok(shares[0] > 0.8, `share of the tone: ${shares}`);
  await node.localParticipant.publishData(new TextEncoder().encode('back'), { reliable: true });
  await until(async () => (await logged(page, 'Data')).some(([, text]) => text === 'back'), 'data on the one connection');
  await node.disconnect();
  await closePages(page);
});

test('more than three of a kind, and tracks that come and go, need new sections', async () => {
  const roomName = newRoomName();
  const page = await open(roomName, 'viewer', true);
  const speakers = await Promise.all([1, 2, 3, 4, 5].map((n) => join(server, roomName, `speaker-${n}`)));
  for (let round = 0; round < 2; ++round) {
    const tones = await Promise.all(speakers.map((room) => publishTone(room)));
    await grows(page, `five voices, round ${round}`, 'audio', 5);
    await Promise.all(tones.map(async (tone, n) => {
      await speakers[n].localParticipant.unpublishTrack(tone.publication.sid);
      await tone.stop();
    }));
    await until(async () => (await page.evaluate(() => document.querySelectorAll('audio').length)) === 0, 'silence');
  }
  await Promise.all(speakers.map((room) => room.disconnect()));
  await closePages(page);
});
