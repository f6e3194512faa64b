// RoomService.MoveParticipant with livekit-client in Chromium: camera and microphone go along, and so does what it sees.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closePages, openPlainPage, plainPages, publish } from '../e2e/plain_page.mjs';
import { mediaGrows } from '../support/browser.mjs';
import { testedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';
import { roomService } from './livekit.mjs';

const { server, browser, site } = await plainPages();

const open = async (room, who) => openPlainPage(browser, site, { url: server.ws, token: await joinToken(room, who) });
const others = (page) => page.evaluate(() => [...window.room.remoteParticipants.keys()].sort());
const meets = (page, who) => until(async () => (await others(page)).join() === who.join(), `${who} to be all who are there`);
const sees = (page, what) => mediaGrows(page, what, { direction: 'in', kind: 'video' });

// LiveKit's open-source server moves nobody.
test('moved into another room, and reconnected there', { skip: testedServer === 'livekit' }, async () => {
  const [here, there] = [newRoomName(), newRoomName()];
  const [ada, ben, cleo] = await Promise.all([open(here, 'ada'), open(here, 'ben'), open(there, 'cleo')]);
  await Promise.all([publish(ada), publish(cleo)]);
  await sees(ben, 'ada here');
  const service = roomService(server);
  const { sid } = await service.getParticipant(here, 'ada');
  await service.moveParticipant(here, 'ada', there);
  await Promise.all([meets(ada, ['cleo']), meets(cleo, ['ada']), meets(ben, [])]);
  await Promise.all([sees(ada, 'cleo'), sees(cleo, 'ada')]);
  assert.deepEqual(await ada.evaluate(() => [window.room.name, window.room.state, window.room.localParticipant.sid]), [there, 'connected', sid]);
  await ada.evaluate(() => window.room.simulateScenario('signal-reconnect'));
  await sees(cleo, 'ada after a resume');
  await ada.evaluate(() => window.room.simulateScenario('full-reconnect'));
  // Between the old session and the new one nobody of that name is there.
  await until(async () => (await service.listParticipants(there)).some((each) => each.identity === 'ada' && each.sid !== sid), 'a new session, in the room she was moved to');
  await meets(ada, ['cleo']);
  await closePages(ada, ben, cleo);
});
