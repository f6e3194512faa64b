// LiveKit's Go SDK (pion) and its Node SDK (libwebrtc) in one room, each on either path.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LocalVideoTrack, RoomEvent, TrackKind, TrackPublishOptions, TrackSource, VideoBufferType, VideoFrame, VideoSource, VideoStream,
  callMethod, dispose } from './rtc_node.mjs';
import { goClientOrWhyNot } from '../support/go.mjs';
import { sharedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { until, within } from '../support/wait.mjs';
import { startGoClients } from './go_client.mjs';
import { join } from './livekit.mjs';
import { hearTone, publishTone } from './sound.mjs';

const skip = (await goClientOrWhyNot()) ?? false;
let server, go;
before(async () => {
  if (skip) return;
  server = await sharedServer();
  go = startGoClients();
});
after(async () => {
  await go?.stop();
  await dispose();
  await server?.stop();
});

async function publishPicture(room) {
  const source = new VideoSource(320, 240);
  const track = LocalVideoTrack.createVideoTrack('picture', source);
  const grey = new VideoFrame(new Uint8Array(320 * 240 * 4).fill(128), 320, 240, VideoBufferType.RGBA);
  const frames = setInterval(() => source.captureFrame(grey), 50);
  await room.localParticipant.publishTrack(track, new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast: false }));
  return async () => { clearInterval(frames); await track.close(); };
}

async function seeFrames(track, count) {
  const reader = new VideoStream(track).getReader();
  let last;
  for (let n = 0; n < count; ++n) last = (await reader.read()).value;
  await reader.cancel();
  return last.frame;
}

for (const [path, single] of [['v0', false], ['v1', true]]) {
  test(`Go on ${path} and Node see and hear each other, and exchange data and calls`, { skip }, async () => {
    const roomName = newRoomName();
    const node = await join(server, roomName, 'node');
    const tracks = {};
    node.on(RoomEvent.TrackSubscribed, (track) => { tracks[track.kind] = track; });
    const ada = await go.join('ada', { url: server.ws, token: await joinToken(roomName, 'ada'), single });
    const tone = await publishTone(node);
    const stopPicture = await publishPicture(node);
    await ada.act('publish', { kinds: ['audio', 'video'] });

    await until(() => tracks[TrackKind.KIND_AUDIO] && tracks[TrackKind.KIND_VIDEO], 'both tracks of ada');
    const [shares, frame] = await Promise.all([within(hearTone(tracks[TrackKind.KIND_AUDIO]), 'the tone', 15_000),
      within(seeFrames(tracks[TrackKind.KIND_VIDEO], 15), '15 decoded frames', 15_000)]);
    assert.ok(shares[0] > 0.8, `share of the tone: ${shares}`);
    assert.deepEqual([frame.width, frame.height], [640, 360]);
    await until(async () => {
      const received = await ada.received();
      return received.length === 2 && received.every(({ packets }) => packets > 30) && received.some(({ width }) => width > 0);
    }, 'both tracks of node');

    const texts = [];
    node.on(RoomEvent.DataReceived, (data, from) => texts.push([from?.identity, new TextDecoder().decode(data)]));
    await ada.act('send', { text: 'from Go', reliable: true });
    await until(() => texts.length === 1, 'the message of ada');
    assert.deepEqual(texts, [['ada', 'from Go']]);
    await node.localParticipant.publishData(new TextEncoder().encode('from Node'), { reliable: true });
    await ada.event('data', ({ text, identity }) => text === 'from Node' && identity === 'node');
    node.localParticipant.registerRpcMethod('echo', async ({ callerIdentity, payload }) => `${callerIdentity}:${payload}`);
    assert.equal(await ada.act('call', { to: 'node', payload: 'hello' }), 'ada:hello');
    assert.equal(await callMethod(node, { destinationIdentity: 'ada', method: 'echo', payload: 'hello' }), 'node:hello');

    await ada.leave();
    await until(() => node.remoteParticipants.size === 0, 'ada to be gone');
    await stopPicture();
    await tone.stop();
    await node.disconnect();
  });
}
