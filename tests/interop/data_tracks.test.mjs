// Data tracks of livekit-client in Chromium, with one connection (signalling v1) and with two (v0). The Node SDKs have none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closePages, logged, openPlainPage, plainPages } from '../e2e/plain_page.mjs';
import { testedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const { server, browser, site } = await plainPages();

async function open(roomName, identity, singlePeerConnection, grant = {}) {
  const token = await joinToken(roomName, identity, grant);
  const page = await openPlainPage(browser, site, { url: server.ws, token, options: { singlePeerConnection } });
  await page.evaluate(watch);
  return page;
}

// In the page: every data track there is by name, and its frames once read() was called: [size, first byte, timestamp].
function watch() {
  Object.assign(window, { tracks: {}, gone: [], frames: {}, stops: {} });
  const { RoomEvent } = window.LivekitClient;
  const keep = (track) => { window.tracks[track.info.name] = track; };
  for (const participant of window.room.remoteParticipants.values())
    for (const track of participant.dataTracks?.values() ?? []) keep(track);
  window.room.on(RoomEvent.DataTrackPublished, keep);
  window.room.on(RoomEvent.DataTrackUnpublished, (sid) => window.gone.push(sid));
  window.read = async (name) => {
    const frames = (window.frames[name] = []);
    const stop = new AbortController();
    window.stops[name] = () => stop.abort();
    try {
      for await (const { payload, userTimestamp } of window.tracks[name].subscribe({ signal: stop.signal }))
        frames.push([payload.byteLength, payload[0], String(userTimestamp ?? '')]);
    } catch (error) {
      if (!stop.signal.aborted) window.frames[name].push(String(error));
    }
  };
}

const publishTrack = (page, name) => page.evaluate(async (wanted) => {
  window.own = await window.room.localParticipant.publishDataTrack({ name: wanted });
  return window.own.info.sid;
}, name);
const push = (page, value, size = 100, userTimestamp = undefined) => page.evaluate(([first, length, at]) =>
  window.own.tryPush({ payload: new Uint8Array(length).fill(first), userTimestamp: at && BigInt(at) }), [value, size, userTimestamp]);
const read = async (page, name) => {
  await until(() => page.evaluate((wanted) => wanted in window.tracks, name), `${name} to be announced`);
  await page.evaluate((wanted) => void window.read(wanted), name);
};
const framesOf = (page, name) => page.evaluate((wanted) => window.frames[wanted], name);
// The channel is lossy and may still be opening: sends until it arrives.
const flowing = (from, to, name, value) => until(async () => {
  await push(from, value);
  return (await framesOf(to, name)).some(([, first]) => first === value);
}, `frames of ${name}`);

for (const [path, single, other] of [['v1', true, true], ['v0', false, false], ['v1 to v0', true, false], ['v0 to v1', false, true]]) {
  test(`frames of any size arrive whole at who subscribed: ${path}`, async () => {
    const roomName = newRoomName();
    const [ada, ben, idle] = await Promise.all([open(roomName, 'ada', single), open(roomName, 'ben', other), open(roomName, 'idle', other)]);
    assert.match(await publishTrack(ada, 'pose'), /^DTR_/);
    await read(ben, 'pose');
    await flowing(ada, ben, 'pose', 1);
    await push(ada, 2, 100_000, 1_700_000_000_123);
    await until(async () => (await framesOf(ben, 'pose')).some(([size]) => size === 100_000), 'a frame of several packets');
    assert.deepEqual((await framesOf(ben, 'pose')).find(([size]) => size === 100_000), [100_000, 2, '1700000000123']);
    assert.deepEqual(await idle.evaluate(() => [Object.keys(window.tracks), window.frames]), [['pose'], {}]);
    await closePages(ada, ben, idle);
  });
}

test('a subscription ends and begins again, and a track ends', async () => {
  const roomName = newRoomName();
  const [ada, ben] = await Promise.all([open(roomName, 'ada', true), open(roomName, 'ben', true)]);
  const sid = await publishTrack(ada, 'pose');
  for (const round of [1, 2]) {
    await read(ben, 'pose');
    await flowing(ada, ben, 'pose', round);
    await ben.evaluate(() => window.stops.pose());
    await until(() => ben.evaluate(() => window.room.incomingDataTrackManager.querySubscribed().then((all) => all.length === 0)),
      'the end of the subscription');
  }
  await ada.evaluate(() => window.own.unpublish());
  await until(() => ben.evaluate((wanted) => window.gone.includes(wanted), sid), 'the end of the track');
  await publishTrack(ada, 'pose');  // its name is free
  await ada.evaluate(() => window.room.disconnect());
  await until(() => ben.evaluate(() => window.gone.length === 2), 'the end with its publisher');
  await closePages(ada, ben);
});

test('who comes later, and whose signalling was interrupted, still gets it', async () => {
  const roomName = newRoomName();
  const ada = await open(roomName, 'ada', true);
  await publishTrack(ada, 'pose');
  const late = await open(roomName, 'late', true);
  await read(late, 'pose');
  await flowing(ada, late, 'pose', 1);
  for (const page of [ada, late]) {
    await page.evaluate(() => window.room.simulateScenario('signal-reconnect'));
    await until(async () => (await logged(page, 'Reconnected')).length + (await logged(page, 'SignalReconnecting')).length >= 1, 'a resume');
    await until(() => page.evaluate(() => window.room.state === 'connected'), 'the connection');
  }
  await flowing(ada, late, 'pose', 2);
  await closePages(ada, late);
});

test('after a full reconnect of the publisher its track is there again', async () => {
  const roomName = newRoomName();
  const [ada, ben] = await Promise.all([open(roomName, 'ada', true), open(roomName, 'ben', false)]);
  await publishTrack(ada, 'pose');
  await read(ben, 'pose');
  await flowing(ada, ben, 'pose', 1);
  await ada.evaluate(() => window.room.simulateScenario('full-reconnect'));
  await until(async () => (await logged(ada, 'Reconnected')).length === 1, 'the publisher to be back', 15_000);
  await until(() => ben.evaluate(() => [...window.room.remoteParticipants.values()].some((one) => one.dataTracks.size === 1)),
    'the track to be announced again');
  await read(ben, 'pose');
  await flowing(ada, ben, 'pose', 2);
  await closePages(ada, ben);
});

test('refusals have their reason', async () => {
  const roomName = newRoomName();
  const [ada, mute] = await Promise.all([open(roomName, 'ada', true), open(roomName, 'mute', true, { canPublishData: false })]);
  const reasonOf = (page, name) => page.evaluate((wanted) => window.room.localParticipant.publishDataTrack({ name: wanted })
    .then(() => 'published', (error) => error.reasonName ?? String(error.reason)), name);
  assert.equal(await reasonOf(ada, 'pose'), 'published');
  assert.equal(await reasonOf(ada, 'pose'), 'DuplicateName');
  assert.equal(await reasonOf(ada, 'x'.repeat(300)), 'InvalidName');
  assert.equal(await reasonOf(mute, 'pose'), 'NotAllowed');
  await closePages(ada, mute);
});

test('a track beyond the limit is refused', async (t) => {
  if (testedServer !== 'costage') return t.skip('LiveKit has no limit');
  const page = await open(newRoomName(), 'many', true);
  const outcome = await page.evaluate(async () => {
    for (let i = 0; i < 64; ++i) {
      await window.room.localParticipant.publishDataTrack({ name: `track ${i}` });
      await new Promise((done) => setTimeout(done, 20));
    }
    return window.room.localParticipant.publishDataTrack({ name: 'one more' }).then(() => 'published', (error) => error.reasonName);
  });
  assert.equal(outcome, 'LimitReached');
  await closePages(page);
});
