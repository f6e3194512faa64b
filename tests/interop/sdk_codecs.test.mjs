// Every codec that LiveKit's native SDKs publish, seen in a browser, which chooses the layer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LocalVideoTrack, TrackPublishOptions, TrackSource, VideoBufferType, VideoCodec, VideoFrame, VideoSource,
  dispose, version, versions } from './rtc_node.mjs';
import { closePages, openPlainPage, plainPages } from '../e2e/plain_page.mjs';
import { mediaGrows } from '../support/browser.mjs';
import { testedServer } from '../support/server.mjs';
import { joinToken } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';
import { party } from './livekit.mjs';

const { server, browser, site } = await plainPages(dispose);

const width = 960, height = 540;

// Stripes that move, so that there is something to encode.
function stripes(n) {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; ++y) data.fill((y * 3 + n * 5) & 0xff, y * width * 4, (y + 1) * width * 4);
  return new VideoFrame(data, width, height, VideoBufferType.RGBA);
}

async function publishStripes(room, videoCodec) {
  const source = new VideoSource(width, height);
  const track = LocalVideoTrack.createVideoTrack('stripes', source);
  let n = 0;
  const frames = setInterval(() => source.captureFrame(stripes(n++)), 66);
  await room.localParticipant.publishTrack(track, new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast: true, videoCodec }));
  return async () => { clearInterval(frames); await track.close(); };
}

const decoded = (page) => page.evaluate(async () => {
  for (const { track } of window.room.remoteParticipants.values().flatMap((p) => p.videoTrackPublications.values())) {
    const stats = await track?.getRTCStatsReport();
    for (const report of stats?.values() ?? [])
      if (report.type === 'inbound-rtp' && report.framesDecoded)
        return { codec: stats.get(report.codecId)?.mimeType, width: report.frameWidth };
  }
  return null;
});
const want = (page, quality) => page.evaluate((name) => {
  for (const publication of window.room.remoteParticipants.get('camera').videoTrackPublications.values())
    publication.setVideoQuality(window.LivekitClient.VideoQuality[name]);
}, quality);

const pictures = { direction: 'in', kind: 'video' };
const takenForOneLayer = testedServer === 'livekit' && version !== versions[1] &&
  'LiveKit 1.13.5 takes the one stream of this SDK for one layer of three: not always does a picture come, and never another layer';
// AV1 comes without dependency descriptors: all layers or none.
for (const [codec, layered] of [['VP8', true], ['H264', true], ['VP9', true], ['AV1', false]]) {
  const skip = codec === 'VP9' && takenForOneLayer;
  test(`${codec} of a native SDK is seen in a browser${layered ? ', in the layer that it asks for' : ''}`, { skip }, async () => {
    const { roomName, rooms: [camera], leave } = await party(server, ['camera']);
    const viewer = await openPlainPage(browser, site, { url: server.ws, token: await joinToken(roomName, 'viewer') });
    const stop = await publishStripes(camera, VideoCodec[codec]);
    await mediaGrows(viewer, 'the picture', pictures);
    assert.equal((await decoded(viewer)).codec, `video/${codec}`);
    for (const [quality, fits] of layered ? [['LOW', (width) => width < 400], ['HIGH', (width) => width > 700]] : []) {
      await want(viewer, quality);
      await until(async () => fits((await decoded(viewer))?.width), `the ${quality} layer`, 20_000);
    }
    await closePages(viewer);
    await stop();
    await leave();
  });
}
