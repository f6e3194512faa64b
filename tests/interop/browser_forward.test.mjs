// RoomService.ForwardParticipant with livekit-client in Chromium: the picture and data tracks of a participant of one
// room in another, over reconnections of either side.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closePages, openPlainPage, plainPages, publish } from '../e2e/plain_page.mjs';
import { mediaGrows } from '../support/browser.mjs';
import { testedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';
import { roomService } from './livekit.mjs';

// LiveKit's open-source server forwards nobody.
const options = { skip: testedServer === 'livekit' };
const { server, browser, site } = await plainPages();
const service = roomService(server);

const open = async (room, who, singlePeerConnection) => openPlainPage(browser, site,
  { url: server.ws, token: await joinToken(room, who), options: { singlePeerConnection } });
const others = (page) => page.evaluate(() => [...window.room.remoteParticipants.keys()].sort());
const meets = (page, who) => until(async () => (await others(page)).join() === who.join(), `${who} to be all who are there`);
const sees = (page, what) => mediaGrows(page, what, { direction: 'in', kind: 'video' });

// In the page: reads the first data track that `identity` has or will have.
function readDataTrack(identity) {
  window.frames = [];
  const read = async (track) => {
    for await (const { payload } of track.subscribe()) window.frames.push(payload[0]);
  };
  const [known] = window.room.remoteParticipants.get(identity)?.dataTracks?.values() ?? [];
  if (known) void read(known);
  else window.room.once(window.LivekitClient.RoomEvent.DataTrackPublished, (track) => void read(track));
}

for (const [path, single] of [['v1', true], ['v0', false]]) {
  test(`seen in the other room, by who comes and who comes back: ${path}`, options, async () => {
    const [here, there] = [newRoomName(), newRoomName()];
    const [ada, cleo] = await Promise.all([open(here, 'ada', single), open(there, 'cleo', !single)]);
    await publish(ada);
    await service.forwardParticipant(here, 'ada', there);
    await meets(cleo, ['ada']);
    await sees(cleo, 'ada');
    await meets(ada, []);
    const late = await open(there, 'late', single);
    await sees(late, 'ada, at once');
    await cleo.evaluate(() => window.room.simulateScenario('signal-reconnect'));
    await sees(cleo, 'ada after its own resume');
    await ada.evaluate(() => window.room.simulateScenario('signal-reconnect'));
    await sees(cleo, 'ada after hers');
    await cleo.evaluate(() => window.room.simulateScenario('full-reconnect'));
    await until(async () => (await others(cleo)).length === 2, 'cleo in a new session');
    await sees(cleo, 'ada in a new session');
    await ada.evaluate(() => window.room.disconnect());
    await meets(cleo, ['late']);
    await closePages(ada, cleo, late);
  });
}

test('its data tracks are read in the other room, until they end', options, async () => {
  const [here, there] = [newRoomName(), newRoomName()];
  const [ada, cleo] = await Promise.all([open(here, 'ada', true), open(there, 'cleo', true)]);
  await service.forwardParticipant(here, 'ada', there);
  await meets(cleo, ['ada']);
  await cleo.evaluate(readDataTrack, 'ada');
  await ada.evaluate(async () => { window.own = await window.room.localParticipant.publishDataTrack({ name: 'pose' }); });
  await until(async () => {
    await ada.evaluate(() => window.own.tryPush({ payload: new Uint8Array(100).fill(7) }));
    return cleo.evaluate(() => window.frames.includes(7));
  }, 'frames');
  const tracks = () => cleo.evaluate(() => window.room.remoteParticipants.get('ada').dataTracks.size);
  assert.equal(await tracks(), 1);
  await ada.evaluate(() => window.own.unpublish());
  await until(async () => (await tracks()) === 0, 'the end of the track');
  await closePages(ada, cleo);
});
