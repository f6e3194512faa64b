// What livekit-client in Chromium does with its own tracks: publishes them again, or muted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closePages, openPlainPage, plainPages } from '../e2e/plain_page.mjs';
import { User } from '../support/api.mjs';
import { mediaGrows } from '../support/browser.mjs';
import { testedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { never, until } from '../support/wait.mjs';

const { server, browser, site } = await plainPages();

const open = (url, token) => openPlainPage(browser, site, { url, token });
const heard = (page, what) => mediaGrows(page, what, { direction: 'in', kind: 'audio' });

test('a track published again is heard again', async () => {
  const roomName = newRoomName();
  const [ada, ben] = await Promise.all(['ada', 'ben'].map(async (who) => open(server.ws, await joinToken(roomName, who))));
  await ada.evaluate(async () => {
    window.microphone = await window.LivekitClient.createLocalAudioTrack();
    await window.room.localParticipant.publishTrack(window.microphone);
  });
  await heard(ben, 'the first time');
  for (let round = 0; round < 3; ++round) {
    await ada.evaluate(async () => {
      await window.room.localParticipant.unpublishTrack(window.microphone, false);
      await window.room.localParticipant.publishTrack(window.microphone);
    });
    await heard(ben, `again, round ${round}`);
  }
  await closePages(ada, ben);
});

test('a microphone published muted is muted, and the show is not live on silence', async (t) => {
  if (testedServer !== 'costage') return t.skip('shows are costage\'s');
  const host = await User.create(server, 'Host');
  const { roomId } = await host.createRoom('Silence');
  const { coHostUrl, coHostToken } = await host.broadcaster(roomId);
  const page = await open(coHostUrl, coHostToken);
  const seat = async () => (await host.get(`/v1/rooms/${roomId}/stage`)).seats[0];
  const status = async () => (await host.get(`/v1/rooms/${roomId}`)).status;
  await page.evaluate(async () => {
    const microphone = await window.LivekitClient.createLocalAudioTrack();
    await microphone.mute();
    await window.room.localParticipant.publishTrack(microphone, { source: 'microphone' });
    window.microphone = microphone;
  });
  await until(async () => (await seat()).microphone === 'muted', 'the seat to say muted');
  await never(async () => (await status()) === 'live' || (await seat()).microphone === 'on', 'live on silence', 1000);
  await page.evaluate(() => window.microphone.unmute());
  await until(async () => (await seat()).microphone === 'on' && (await status()) === 'live', 'the show to be live');
  await closePages(page);
});
