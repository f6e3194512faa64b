// How a full show feels: node e2e/busy_show.mjs [seconds]. Twelve on stage, then 100 messages a second as well, watched in one page
// of the studio: pictures that were dropped, and frames of the page.
import { setTimeout as pause } from 'node:timers/promises';
import { LocalVideoTrack, Room, TrackPublishOptions, TrackSource, VideoBufferType, VideoFrame, VideoSource, dispose } from '../interop/rtc_node.mjs';
import { User } from '../support/api.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startServer } from '../support/server.mjs';
import { until } from '../support/wait.mjs';
import { openStudio } from './studio.mjs';

const onStage = 12, writers = 120, messagesPerSecond = 100;
const seconds = Number(process.argv[2] ?? 20);
const size = { width: 320, height: 180 }, picturesPerSecond = 15;

// A bar that moves, so that there is something to encode.
function picture(at) {
  const data = new Uint8Array(size.width * size.height * 4).fill(90);
  for (let y = 0; y < size.height; y++) data.fill(220, (y * size.width + (at * 3) % 300) * 4, (y * size.width + (at * 3) % 300 + 20) * 4);
  return new VideoFrame(data, size.width, size.height, VideoBufferType.RGBA);
}

async function goOnAir(user, roomId) {
  const { coHostUrl, coHostToken } = await user.broadcaster(roomId);
  const room = new Room();
  await room.connect(coHostUrl, coHostToken, { autoSubscribe: false, dynacast: false });
  const source = new VideoSource(size.width, size.height);
  let at = 0;
  setInterval(() => source.captureFrame(picture(at++)), 1000 / picturesPerSecond);
  await room.localParticipant.publishTrack(LocalVideoTrack.createVideoTrack('camera', source), new TrackPublishOptions({ source: TrackSource.SOURCE_CAMERA, simulcast: false }));
}

async function fullStage(server) {
  const people = await Promise.all(Array.from({ length: onStage }, (_, at) => User.create(server, `Person ${at}`)));
  const [host, ...guests] = people;
  const { roomId } = await host.createRoom('A full show', { policies: { maxCoHosts: onStage - 1, inviteWatchersOnly: false } });
  await goOnAir(host, roomId);
  await until(async () => (await host.get(`/v1/rooms/${roomId}`)).status === 'live', 'the show to be live');
  for (const guest of guests) {
    await guest.get('/v1/me'); // who has been here can be invited
    // Ten invitations a minute.
    const { invitationId } = await until(() => host.invite(roomId, guest.userId).catch(() => false), 'the invitation', 90_000, 1000);
    await guest.answer(invitationId, 'accept');
    await goOnAir(guest, roomId);
  }
  return { host, roomId };
}

// {pictures, dropped, frames, longest}: of all tiles, of the page, and its longest wait for a frame, ms.
const observe = (page) => page.evaluate(async (time) => {
  const sums = () => [...document.querySelectorAll('[data-testid^="tile-"] video')].map((one) => one.getVideoPlaybackQuality())
    .reduce((sum, { totalVideoFrames, droppedVideoFrames }) => [sum[0] + totalVideoFrames, sum[1] + droppedVideoFrames], [0, 0]);
  const before = sums();
  let frames = 0, longest = 0, last = performance.now();
  const end = last + time;
  await new Promise((done) => {
    const count = (now) => {
      frames++;
      longest = Math.max(longest, now - last);
      last = now;
      if (now > end) done(); else requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  const after = sums();
  return { tiles: document.querySelectorAll('[data-testid^="tile-"] video').length, pictures: after[0] - before[0], dropped: after[1] - before[1], frames, longest: Math.round(longest) };
}, seconds * 1000);

const line = (what, { tiles, pictures, dropped, frames, longest }) =>
  console.log(`${what}: ${tiles} tiles, ${(pictures / seconds).toFixed(0)} pictures a second, ${(100 * dropped / Math.max(1, pictures + dropped)).toFixed(1)} % dropped; ${(frames / seconds).toFixed(0)} frames of the page a second, the longest ${longest} ms`);

const server = await startServer('costage');
const browser = await launchBrowser();
try {
  const { roomId } = await fullStage(server);
  const viewer = await User.create(server, 'Vera');
  const page = await openStudio(browser, viewer, roomId, { viewport: { width: 1440, height: 900 } });
  await until(() => page.evaluate((count) => [...document.querySelectorAll('[data-testid^="tile-"] video')].filter((one) => one.videoWidth > 0).length >= count, 6), 'the pictures', 30_000);
  await pause(3000);
  line('twelve on stage', await observe(page));
  const crowd = await Promise.all(Array.from({ length: writers }, (_, at) => User.create(server, `Writer ${at}`)));
  let sent = 0, refused = 0;
  const writing = setInterval(() => {
    for (let i = 0; i < messagesPerSecond / 20; i++) crowd[sent++ % writers].post(`/v1/rooms/${roomId}/chat/messages`, { text: `Message ${sent}` }).catch(() => { refused++; });
  }, 50);
  await pause(2000);
  const begun = sent;
  line(`and ${messagesPerSecond} messages a second`, await observe(page));
  console.log(`sent ${((sent - begun) / seconds).toFixed(0)} messages a second, ${refused} refused; ${await page.locator('.cs-chat-message').count()} held in the page`);
  clearInterval(writing);
} catch (error) {
  console.error(error);
} finally {
  await browser.close();
  await server.stop();
  await dispose();
  process.exit(0);
}
