// Media that is encrypted end to end: the server forwards what it cannot read, chooses layers of it and starts newcomers at
// key frames, on both signalling paths. AV1 is not among the codecs: livekit-client does not encrypt it.
import { test } from 'node:test';
import { closePages, openPlainPage, plainPages } from '../e2e/plain_page.mjs';
import { mediaGrows } from '../support/browser.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { never } from '../support/wait.mjs';

const { server, browser, site } = await plainPages();

const open = async (roomName, identity, options) =>
  openPlainPage(browser, site, { url: server.ws, token: await joinToken(roomName, identity), options });

const publishCamera = (page, videoCodec) => page.evaluate(async (codec) => {
  await window.room.localParticipant.setCameraEnabled(true, {}, { videoCodec: codec, backupCodec: false });
  await window.room.localParticipant.setMicrophoneEnabled(true);
}, videoCodec);

const decodedFrames = (page) => page.evaluate(async () => {
  let sum = 0;
  for (const { track } of window.room.remoteParticipants.values().flatMap((p) => p.videoTrackPublications.values()))
    for (const report of (await track?.getRTCStatsReport())?.values() ?? [])
      if (report.type === 'inbound-rtp') sum += report.framesDecoded;
  return sum;
});

const pictures = { direction: 'in', kind: 'video' };
const sound = { direction: 'in', kind: 'audio' };

for (const codec of ['vp8', 'h264', 'vp9']) {
  for (const singlePeerConnection of [true, false]) {
    test(`${codec} under a passphrase is seen and heard by who has it, from a browser with ${singlePeerConnection ? 'one connection' : 'two'}`, async () => {
      const roomName = newRoomName();
      const secret = { singlePeerConnection, passphrase: 'correct horse' };
      const [host, viewer] = await Promise.all([open(roomName, 'host', secret), open(roomName, 'viewer', secret)]);
      await publishCamera(host, codec);
      await Promise.all([mediaGrows(viewer, 'pictures', pictures), mediaGrows(viewer, 'sound', sound)]);
      const late = await open(roomName, 'late', secret);
      await mediaGrows(late, 'pictures of a newcomer', pictures);
      const stranger = await open(roomName, 'stranger', { ...secret, passphrase: 'battery staple' });
      await never(() => decodedFrames(stranger), 'with another passphrase something is seen', 1500);
      await closePages(host, viewer, late, stranger);
    });
  }
}
