// RoomService.MoveParticipant into a room on another media loop: the client comes into that room by reconnecting.
// ForwardParticipant: into a room that is there already it is refused; a new one is made on the participant's loop.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import { after, before, test } from 'node:test';
import { RoomEvent, dispose } from './rtc_node.mjs';
import { startServer, temporaryFolder, testedServer } from '../support/server.mjs';
import { newRoomName } from '../support/tokens.mjs';
import { eventOf, until, within } from '../support/wait.mjs';
import { join, party, roomService } from './livekit.mjs';
import { hearTone, publishTone } from './sound.mjs';

const options = { skip: testedServer === 'livekit' };
let server, folder;
before(async () => {
  if (options.skip) return;
  folder = temporaryFolder('loops');
  writeFileSync(pathOf(folder.path, 'costage.yaml'), 'media: {loops: 2}\n');
  server = await startServer('costage', { args: ['--config', pathOf(folder.path, 'costage.yaml')] });
});
after(async () => { await dispose(); await server?.stop(); folder?.remove(); });

test('nobody is shown in a room on another loop; a room that comes after is made beside', options, async () => {
  const service = roomService(server);
  const { roomName, rooms: [ada] } = await party(server, ['ada']);
  const there = newRoomName(), beside = newRoomName();
  const cleo = await join(server, there, 'cleo');  // the emptier loop
  await assert.rejects(service.forwardParticipant(roomName, 'ada', there), { code: 'failed_precondition' });
  assert.deepEqual([...cleo.remoteParticipants.keys()], []);
  await service.forwardParticipant(roomName, 'ada', beside);
  const dan = await join(server, beside, 'dan');  // alone it would be on either
  const subscribed = eventOf(dan, RoomEvent.TrackSubscribed);
  const tone = await publishTone(ada);
  const [track] = await subscribed;
  assert.ok((await within(hearTone(track), 'the tone', 15_000))[0] > 0.8);
  await tone.stop();
  await Promise.all([ada, cleo, dan].map((room) => room.disconnect()));
  const everybodyLeft = async () => (await service.listRooms()).every(({ numParticipants }) => numParticipants === 0);
  await until(everybodyLeft, 'both loops to be empty');
});

test('whose media cannot go along comes by reconnecting', options, async () => {
  const service = roomService(server);
  const { roomName, rooms: [ada, ben] } = await party(server, ['ada', 'ben']);
  const there = newRoomName();
  const cleo = await join(server, there, 'cleo');  // the emptier loop
  await service.moveParticipant(roomName, 'ada', there);
  const here = () => cleo.remoteParticipants.has('ada') && [...ada.remoteParticipants.keys()].join() === 'cleo';
  await until(here, 'ada to be there', 20_000);
  assert.deepEqual((await service.listParticipants(roomName)).map(({ identity }) => identity), ['ben']);
  await Promise.all([ada, ben, cleo].map((room) => room.disconnect()));
});
