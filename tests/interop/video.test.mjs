import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LocalVideoTrack, RoomEvent, TrackKind, TrackPublishOptions, TrackSource, VideoBufferType, VideoFrame,
  VideoSource, VideoStream, dispose } from './rtc_node.mjs';
import { sharedServer } from '../support/server.mjs';
import { eventOf, within } from '../support/wait.mjs';
import { join, party } from './livekit.mjs';

let server;
before(async () => { server = await sharedServer(); });
after(async () => { await dispose(); await server?.stop(); });

const width = 320, height = 240;

// A grey picture whose brightness names the frame's colour: 200 on the left half, 40 on the right.
function halves() {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < width * height; ++i) data.fill(i % width < width / 2 ? 200 : 40, i * 4, i * 4 + 3);
  return new VideoFrame(data, width, height, VideoBufferType.RGBA);
}

async function publishPicture(room) {
  const source = new VideoSource(width, height);
  const track = LocalVideoTrack.createVideoTrack('picture', source);
  const frames = setInterval(() => source.captureFrame(halves()), 50);
  const options = new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast: false });
  const publication = await room.localParticipant.publishTrack(track, options);
  const stop = async () => { clearInterval(frames); await track.close(); };
  return { publication, stop };
}

function brightnessAt(frame, x, y) {
  const plane = frame.type === VideoBufferType.I420 ? frame : frame.convert(VideoBufferType.I420);
  return plane.data[Math.floor(y * plane.height) * plane.width + Math.floor(x * plane.width)];
}

async function watch(track, count) {
  const reader = new VideoStream(track).getReader();
  let last;
  for (let i = 0; i < count; ++i) last = (await reader.read()).value;
  await reader.cancel();
  return last.frame;
}

async function assertSees(room, track) {
  const frame = await within(watch(track, 15), '15 decoded frames', 15_000);
  assert.equal(frame.width / frame.height, width / height);
  const [left, right] = [brightnessAt(frame, 0.25, 0.5), brightnessAt(frame, 0.75, 0.5)];
  assert.ok(left > 150 && right < 90, `brightness left ${left}, right ${right}`);
}

test('a video arrives, decoded, with the right picture', async () => {
  const { rooms: [camera, viewer], leave } = await party(server, ['camera', 'viewer']);
  const subscribed = eventOf(viewer, RoomEvent.TrackSubscribed);
  const picture = await publishPicture(camera);
  const [track, publication, participant] = await subscribed;
  assert.equal(track.kind, TrackKind.KIND_VIDEO);
  assert.equal(participant.identity, 'camera');
  assert.deepEqual([publication.name, publication.source], ['picture', TrackSource.SOURCE_CAMERA]);
  assert.match(publication.mimeType, /vp8/i);
  await assertSees(viewer, track);
  await picture.stop();
  await leave();
});

test('who joins in the middle of a video sees it too', async () => {
  const { roomName, rooms: [camera], leave } = await party(server, ['camera']);
  const picture = await publishPicture(camera);
  for (const identity of ['late', 'later']) {
    const viewer = await join(server, roomName, identity);
    const [track] = await eventOf(viewer, RoomEvent.TrackSubscribed);
    await assertSees(viewer, track);
    await viewer.disconnect();
  }
  await picture.stop();
  await leave();
});
