// Plain, unmodified livekit-client in Chromium against the server's LiveKit surface.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mediaGrows, mediaStats } from '../support/browser.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { never, until } from '../support/wait.mjs';
import { closePages, logged, openPlainPage, plainPages, publish } from './plain_page.mjs';

const { server, browser, site } = await plainPages();

async function join(roomName, identity, { options = {}, grant = {} } = {}) {
  const token = await joinToken(roomName, identity, grant);
  return openPlainPage(browser, site, { url: server.ws, token, options });
}

const video = { direction: 'in', kind: 'video' };
const audio = { direction: 'in', kind: 'audio' };

async function seesAndHears(page, what, count = 1) {
  await Promise.all([mediaGrows(page, what, video, count), mediaGrows(page, what, audio, count)]);
}

test('two browsers see and hear each other, a third watches both', async () => {
  const roomName = newRoomName();
  const [ada, ben, cyd] = await Promise.all([join(roomName, 'ada'), join(roomName, 'ben'),
    join(roomName, 'cyd', { grant: { canPublish: false } })]);
  await Promise.all([publish(ada), publish(ben)]);
  await Promise.all([seesAndHears(ada, 'ada'), seesAndHears(ben, 'ben'), seesAndHears(cyd, 'cyd', 2)]);
  const refused = await cyd.evaluate(() => window.room.localParticipant.setCameraEnabled(true).then(() => '', String));
  assert.match(refused, /permission|publish/i);
  await closePages(ada, ben, cyd);
});

test('a browser that leaves is gone for the others', async () => {
  const roomName = newRoomName();
  const [ada, ben] = await Promise.all([join(roomName, 'ada'), join(roomName, 'ben')]);
  await publish(ada);
  await seesAndHears(ben, 'ben');
  await ada.evaluate(() => window.room.disconnect());
  await until(async () => (await logged(ben, 'ParticipantDisconnected')).length === 1, 'ada to be gone');
  assert.equal(await ben.evaluate(() => document.querySelectorAll('video, audio').length), 0);
  await closePages(ada, ben);
});

test('mute stops the frames and is told; unmute brings them back', async () => {
  const roomName = newRoomName();
  const [ada, ben] = await Promise.all([join(roomName, 'ada'), join(roomName, 'ben')]);
  await publish(ada);
  await seesAndHears(ben, 'ben');
  await ada.evaluate(() => window.room.localParticipant.setCameraEnabled(false));
  await until(async () => (await logged(ben, 'TrackMuted')).length === 1, 'the mute to be told');
  const frames = async () => (await mediaStats(ben)).find(({ kind, direction }) => kind === 'video' && direction === 'in')?.frames;
  const still = await until(async () => {
    const before = await frames();
    await never(() => false, '', 300);
    return (await frames()) === before && { frames: before };
  }, 'the frames to stop');
  await ada.evaluate(() => window.room.localParticipant.setCameraEnabled(true));
  await until(async () => (await logged(ben, 'TrackUnmuted')).length === 1, 'the unmute to be told');
  await until(async () => (await frames()) > still.frames + 5, 'frames after the unmute');
  await closePages(ada, ben);
});

test('simulcast: the subscriber gets the layer it asks for', async () => {
  const roomName = newRoomName();
  const [ada, ben] = await Promise.all([join(roomName, 'ada'), join(roomName, 'ben')]);
  await ada.evaluate(async () => {
    const { VideoPresets } = window.LivekitClient;
    const capture = { resolution: VideoPresets.h540.resolution };
    const options = { simulcast: true, videoSimulcastLayers: [VideoPresets.h180] };
    await window.room.localParticipant.setCameraEnabled(true, capture, options);
  });
  await mediaGrows(ben, 'ben', video);
  const width = async () => (await mediaStats(ben)).find(({ kind, direction }) => kind === 'video' && direction === 'in')?.width;
  const ask = (quality) => ben.evaluate((wanted) => {
    const [publication] = window.room.remoteParticipants.get('ada').videoTrackPublications.values();
    publication.setVideoQuality(window.LivekitClient.VideoQuality[wanted]);
  }, quality);
  await ask('LOW');
  await until(async () => (await width()) <= 480, 'the low layer', 30_000);
  await ask('HIGH');
  await until(async () => (await width()) >= 900, 'the high layer', 30_000);
  await ask('LOW');
  await until(async () => (await width()) <= 480, 'the low layer again', 30_000);
  await mediaGrows(ben, 'ben', video);
  await closePages(ada, ben);
});

test('adaptive stream: a hidden video is paused, a visible one flows', async () => {
  const roomName = newRoomName();
  const ada = await join(roomName, 'ada');
  const ben = await join(roomName, 'ben', { options: { adaptiveStream: true } });
  await ada.evaluate(() => window.room.localParticipant.setCameraEnabled(true));
  await mediaGrows(ben, 'ben', video);
  const packets = async () => (await mediaStats(ben)).find(({ kind, direction }) => kind === 'video' && direction === 'in')?.packets;
  const show = (display) => ben.evaluate((value) => { document.querySelector('video').style.display = value; }, display);
  await show('none');
  await until(async () => {
    const before = await packets();
    await never(() => false, '', 500);
    return (await packets()) === before;
  }, 'the hidden video to pause', 20_000);
  await show('block');
  await mediaGrows(ben, 'ben', video);
  await closePages(ada, ben);
});

test('data arrives, reliable and lossy, at those it names', async () => {
  const roomName = newRoomName();
  const [ada, ben, cyd] = await Promise.all(['ada', 'ben', 'cyd'].map((identity) => join(roomName, identity)));
  // A message of somebody whom one does not know yet comes without a sender.
  const knowsAll = (page) => page.evaluate(() => window.room.remoteParticipants.size === 2);
  await until(async () => (await Promise.all([ada, ben, cyd].map(knowsAll))).every(Boolean), 'all to know all');
  await ada.evaluate(async () => {
    const bytes = new TextEncoder().encode('secret');
    await window.room.localParticipant.publishData(bytes, { reliable: true, destinationIdentities: ['ben'], topic: 't' });
  });
  await until(async () => (await logged(ben, 'Data')).length === 1, 'the reliable message');
  assert.deepEqual(await logged(ben, 'Data'), [['Data', 'secret', 'ada', 't']]);
  await until(async () => {
    await ada.evaluate(() => window.room.localParticipant.publishData(Uint8Array.of(97), { reliable: false }));
    return (await logged(cyd, 'Data')).length > 0;
  }, 'a lossy message');
  assert.deepEqual((await logged(cyd, 'Data'))[0], ['Data', 'a', 'ada', '']);
  await closePages(ada, ben, cyd);
});

for (const scenario of ['signal-reconnect', 'full-reconnect']) {
  test(`${scenario}: media goes on afterwards, in both directions`, async () => {
    const roomName = newRoomName();
    const [ada, ben] = await Promise.all([join(roomName, 'ada'), join(roomName, 'ben')]);
    await Promise.all([publish(ada), publish(ben)]);
    await Promise.all([seesAndHears(ada, 'ada'), seesAndHears(ben, 'ben')]);
    await ada.evaluate((name) => window.room.simulateScenario(name), scenario);
    await until(async () => (await logged(ada, 'Reconnected')).length > 0, 'ada to be back', 20_000);
    await Promise.all([seesAndHears(ada, 'ada, back'), seesAndHears(ben, 'ben, with ada back')]);
    const tracks = await ben.evaluate(() => window.room.remoteParticipants.get('ada').trackPublications.size);
    assert.equal(tracks, 2);
    if (scenario === 'signal-reconnect') assert.deepEqual(await logged(ben, 'ParticipantDisconnected'), []);
    await closePages(ada, ben);
  });
}
