// node bench/rtc_node.mjs <ws url> <rounds>: LiveKit's Node SDK, in the version that COSTAGE_RTC_NODE names, as the client of
// all parts. Prints {joins, promotions} in ms: from connect() to the first decoded picture of somebody who is on already,
// and from the server call that lets somebody publish to their first picture at another viewer.
import { setTimeout as pause } from 'node:timers/promises';
import { LocalVideoTrack, Room, RoomEvent, TrackPublishOptions, TrackSource, VideoBufferType, VideoFrame, VideoSource, VideoStream,
  dispose } from '../tests/interop/rtc_node.mjs';
import { roomService } from '../tests/interop/livekit.mjs';
import { joinToken, newRoomName } from '../tests/support/tokens.mjs';
import { eventOf, within } from '../tests/support/wait.mjs';

const [url, rounds] = process.argv.slice(2);
const betweenRounds = 1200;  // servers ask a publisher for at most one key frame a second
const width = 320, height = 240;
const roomName = newRoomName();
const rooms = roomService({ http: url.replace('ws', 'http') });
const audience = { canPublish: false, canSubscribe: true, canPublishData: true };

async function camera(room) {
  const source = new VideoSource(width, height);
  const track = LocalVideoTrack.createVideoTrack('camera', source);
  let shade = 0;
  const picture = () => new VideoFrame(new Uint8Array(width * height * 4).fill(shade++ & 0xff), width, height, VideoBufferType.RGBA);
  const frames = setInterval(() => source.captureFrame(picture()), 33);
  await room.localParticipant.publishTrack(track, new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast: false }));
  return () => clearInterval(frames);
}

// When the first picture of this participant is decoded.
async function firstPicture(room, from) {
  const [track] = await eventOf(room, RoomEvent.TrackSubscribed, (_track, _publication, who) => who.identity === from);
  const reader = new VideoStream(track).getReader();
  await within(reader.read(), 'a picture', 15_000);
  const at = performance.now();
  await reader.cancel();
  return at;
}

async function enter(identity, grant, from) {
  const token = await joinToken(roomName, identity, grant);
  const room = new Room();
  const picture = from && firstPicture(room, from);
  const began = performance.now();
  await room.connect(url, token, { autoSubscribe: true, dynacast: false });
  return { room, joined: from && (await picture) - began };
}

const { room: host } = await enter('host');
const stop = await camera(host);
await pause(betweenRounds);
const joins = [], promotions = [];
for (let n = 0; n < rounds; ++n) {
  const { room, joined } = await enter(`joiner-${n}`, audience, 'host');
  joins.push(joined);
  await room.disconnect();
  await pause(betweenRounds);
}
const { room: viewer } = await enter('viewer', audience, 'host');
for (let n = 0; n < rounds; ++n) {
  const identity = `guest-${n}`;
  const { room: guest } = await enter(identity, audience, 'host');
  const seen = firstPicture(viewer, identity);
  const promoted = performance.now();
  await rooms.updateParticipant(roomName, identity, { permission: { ...audience, canPublish: true } });
  const quiet = await camera(guest);
  promotions.push((await seen) - promoted);
  quiet();
  await guest.disconnect();
}
stop();
await Promise.all([host, viewer].map((room) => room.disconnect()));
await dispose();
console.log(JSON.stringify({ joins, promotions }));
process.exit(0);
