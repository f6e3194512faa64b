// Every codec that a browser can publish: livekit-client in Chromium on both signalling paths publishes with it, viewers
// on both paths decode it, simulcast and scalable layers are chosen, and who cannot decode it is told.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { closePages, joinPlainRoom, openPlainPage, plainPages } from '../e2e/plain_page.mjs';
import { mediaGrows, openPage } from '../support/browser.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const { server, browser, site } = await plainPages();

const open = async (roomName, identity, options = {}) =>
  openPlainPage(browser, site, { url: server.ws, token: await joinToken(roomName, identity), options });

// A fake camera of 960 x 540 under these publish options.
const publishCamera = (page, options) => page.evaluate(async (publishOptions) => {
  const { VideoPresets } = window.LivekitClient;
  const track = await window.LivekitClient.createLocalVideoTrack({ resolution: VideoPresets.h540.resolution });
  window.camera = await window.room.localParticipant.publishTrack(track, { source: 'camera', ...publishOptions });
}, options);

// Of what is decoded: codec and picture size.
const decoded = (page) => page.evaluate(async () => {
  const out = [];
  for (const { track } of window.room.remoteParticipants.values().flatMap((p) => p.videoTrackPublications.values())) {
    if (!track) continue;
    const stats = await track.getRTCStatsReport();
    for (const report of stats.values()) {
      if (report.type !== 'inbound-rtp' || !report.framesDecoded) continue;
      out.push({ codec: stats.get(report.codecId)?.mimeType, width: report.frameWidth, frames: report.framesDecoded });
    }
  }
  return out;
});

const pictures = { direction: 'in', kind: 'video' };
const codecs = [
  { videoCodec: 'vp8', mime: 'video/VP8' },
  { videoCodec: 'h264', mime: 'video/H264' },
  { videoCodec: 'vp9', mime: 'video/VP9' },
  { videoCodec: 'av1', mime: 'video/AV1' },
];

for (const { videoCodec, mime } of codecs) {
  for (const singlePeerConnection of [true, false]) {
    test(`${videoCodec} from a browser with ${singlePeerConnection ? 'one connection' : 'two'} is seen on both paths`, async () => {
      const roomName = newRoomName();
      const host = await open(roomName, 'host', { singlePeerConnection });
      const viewers = await Promise.all([true, false].map((single) => open(roomName, `viewer-${single}`, { singlePeerConnection: single })));
      await publishCamera(host, { videoCodec, backupCodec: false });
      for (const viewer of viewers) {
        await mediaGrows(viewer, 'the camera', pictures);
        assert.deepEqual((await decoded(viewer)).map(({ codec }) => codec), [mime]);
      }
      const late = await open(roomName, 'late', { singlePeerConnection });
      await mediaGrows(late, 'the camera, later', pictures);
      const told = (page) => page.evaluate(() => [...window.room.remoteParticipants.get('host').videoTrackPublications.values()].map((p) => p.trackInfo.mimeType));
      assert.deepEqual(await told(late), [mime]);
      await closePages(host, late, ...viewers);
    });
  }
}

const qualities = ['LOW', 'MEDIUM', 'HIGH'];
const want = (page, quality) => page.evaluate((name) => {
  const { VideoQuality } = window.LivekitClient;
  for (const publication of window.room.remoteParticipants.get('host').videoTrackPublications.values())
    publication.setVideoQuality(VideoQuality[name]);
}, quality);

const layered = [
  { what: 'h264 simulcast', publish: { videoCodec: 'h264', simulcast: true } },
  { what: 'vp9 with scalable layers', publish: { videoCodec: 'vp9', scalabilityMode: 'L3T3_KEY' } },
  { what: 'av1 with scalable layers', publish: { videoCodec: 'av1', scalabilityMode: 'L3T3_KEY' } },
  { what: 'av1 with layers that need each other', publish: { videoCodec: 'av1', scalabilityMode: 'L3T3' } },
];
for (const { what, publish } of layered) {
  test(`${what}: the viewer gets the layer that it asks for`, async () => {
    const roomName = newRoomName();
    const [host, viewer] = await Promise.all([open(roomName, 'host'), open(roomName, 'viewer')]);
    await publishCamera(host, { backupCodec: false, ...publish });
    await mediaGrows(viewer, 'the camera', pictures);
    const widths = [];
    for (const quality of ['LOW', 'HIGH', 'LOW']) {
      await want(viewer, quality);
      const width = await until(async () => {
        const [seen] = await decoded(viewer);
        return seen && (quality === 'HIGH' ? seen.width > 700 : seen.width < 400) && seen.width;
      }, `the ${quality} layer`, 20_000);
      widths.push(width);
      await mediaGrows(viewer, `pictures of the ${quality} layer`, pictures);
    }
    assert.equal(widths[0], widths[2]);
    await closePages(host, viewer);
  });
}

const framesOf = (page) => decoded(page).then(([seen]) => seen?.frames ?? 0);
async function framesPerSecond(page) {
  const [before, start] = [await framesOf(page), performance.now()];
  await pause(1500);
  return ((await framesOf(page)) - before) * 1000 / (performance.now() - start);
}

for (const { what, publish } of [{ what: 'vp8 simulcast', publish: { videoCodec: 'vp8' } }, layered[2]]) {
  test(`${what}: the viewer gets as few frames as it asks for, and all of them again`, async () => {
    const roomName = newRoomName();
    const [host, viewer] = await Promise.all([open(roomName, 'host'), open(roomName, 'viewer')]);
    await publishCamera(host, { backupCodec: false, ...publish });
    const limit = (fps) => viewer.evaluate((wanted) => {
      for (const publication of window.room.remoteParticipants.get('host').videoTrackPublications.values()) publication.setVideoFPS(wanted);
    }, fps);
    await mediaGrows(viewer, 'the camera', pictures);
    const all = await until(async () => { const fps = await framesPerSecond(viewer); return fps > 12 && fps; }, 'all frames', 20_000);
    await limit(6);
    await until(async () => { const fps = await framesPerSecond(viewer); return fps > 2 && fps < all * 0.7; }, 'fewer frames', 20_000);
    await limit(60);
    await until(async () => (await framesPerSecond(viewer)) > all * 0.8, 'all frames again', 20_000);
    await closePages(host, viewer);
  });
}

// A browser that has no decoder for what the camera is sent in.
async function openWithout(codec, roomName, identity, options) {
  const page = await openPage(browser, { url: site.url });
  await page.evaluate((mime) => {
    const others = RTCRtpReceiver.getCapabilities('video').codecs.filter(({ mimeType }) => mimeType !== mime);
    for (const make of ['createOffer', 'createAnswer']) {
      const original = RTCPeerConnection.prototype[make];
      RTCPeerConnection.prototype[make] = function (...args) {
        for (const transceiver of this.getTransceivers())
          if (transceiver.receiver.track.kind === 'video') transceiver.setCodecPreferences(others);
        return original.apply(this, args);
      };
    }
  }, codec);
  await joinPlainRoom(page, { url: server.ws, token: await joinToken(roomName, identity), options });
  return page;
}

const codecsSeen = async (page) => (await decoded(page)).map(({ codec }) => codec);
const codecsSent = (page) => page.evaluate(async () => {
  const before = window.sent ?? {};
  window.sent = {};
  for (const report of (await window.room.engine.pcManager.publisher.getStats()).values())
    if (report.type === 'outbound-rtp' && report.kind === 'video') window.sent[report.mid] = (window.sent[report.mid] ?? 0) + report.framesEncoded;
  return Object.keys(window.sent).filter((mid) => window.sent[mid] > (before[mid] ?? 0)).length;
});

for (const singlePeerConnection of [true, false]) {
  const path = singlePeerConnection ? 'one connection' : 'two';
  test(`a viewer on ${path} without the codec gets the backup codec, the others keep theirs`, async () => {
    const roomName = newRoomName();
    const host = await open(roomName, 'host', { singlePeerConnection });
    const [viewer, old] = await Promise.all([open(roomName, 'viewer', { singlePeerConnection }),
      openWithout('video/AV1', roomName, 'old', { singlePeerConnection })]);
    await publishCamera(host, { videoCodec: 'av1', backupCodec: { codec: 'vp8' }, backupCodecPolicy: 1 });
    await Promise.all([mediaGrows(viewer, 'AV1', pictures), mediaGrows(old, 'the backup', pictures)]);
    assert.deepEqual(await codecsSeen(old), ['video/VP8']);
    assert.deepEqual(await codecsSeen(viewer), ['video/AV1']);
    assert.equal(await viewer.evaluate(() => window.room.remoteParticipants.get('host').trackPublications.size), 1);
    await closePages(host, viewer, old);
  });

  test(`in a small room everybody on ${path} changes over, and nobody loses the track`, async () => {
    const roomName = newRoomName();
    const host = await open(roomName, 'host', { singlePeerConnection });
    const viewer = await open(roomName, 'viewer', { singlePeerConnection });
    await publishCamera(host, { videoCodec: 'av1', backupCodec: { codec: 'vp8' } });
    await mediaGrows(viewer, 'AV1', pictures);
    await viewer.evaluate(() => { document.querySelector('video').title = 'the first'; });
    const old = await openWithout('video/AV1', roomName, 'old', { singlePeerConnection });
    await mediaGrows(old, 'the backup', pictures);
    await until(async () => (await codecsSeen(viewer)).includes('video/VP8'), 'the other viewer to get the backup', 20_000);
    await mediaGrows(viewer, 'the backup', pictures);
    await until(async () => (await codecsSent(host)) === 1, 'the host to encode once', 20_000);
    assert.deepEqual(await viewer.evaluate(() => [...document.querySelectorAll('video')].map(({ title }) => title)), ['the first']);
    await closePages(host, viewer, old);
  });
}

// Opus that repeats what earlier packets carried.
for (const [red, mime] of [[true, 'audio/red'], [false, 'audio/opus']]) {
  test(`sound ${red ? 'with' : 'without'} redundancy is heard on both paths`, async () => {
    const roomName = newRoomName();
    const [host, ...viewers] = await Promise.all([open(roomName, 'host'),
      ...[true, false].map((single) => open(roomName, `viewer-${single}`, { singlePeerConnection: single }))]);
    await host.evaluate((on) => window.room.localParticipant.setMicrophoneEnabled(true, {}, { red: on }), red);
    for (const viewer of viewers) {
      await mediaGrows(viewer, 'the microphone', { direction: 'in', kind: 'audio' });
      const heard = await viewer.evaluate(async () => {
        const [publication] = window.room.remoteParticipants.get('host').audioTrackPublications.values();
        const { subscriber, publisher } = window.room.engine.pcManager;
        const answer = subscriber ? subscriber.getLocalDescription() : publisher.getRemoteDescription();
        return { mime: publication.trackInfo.mimeType, red: answer.sdp.includes(' red/48000') };
      });
      assert.equal(heard.mime, mime);
      if (red) assert.ok(heard.red, 'it is negotiated with who can take it');
    }
    await closePages(host, ...viewers);
  });
}
