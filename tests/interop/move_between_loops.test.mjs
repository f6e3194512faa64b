// RoomService.MoveParticipant into a room on another media loop: the client comes into that room by reconnecting.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join as pathOf } from 'node:path';
import { after, before, test } from 'node:test';
import { dispose } from './rtc_node.mjs';
import { startServer, temporaryFolder, testedServer } from '../support/server.mjs';
import { newRoomName } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';
import { join, party, roomService } from './livekit.mjs';

const options = { skip: testedServer === 'livekit' };
let server, folder;
before(async () => {
  if (options.skip) return;
  folder = temporaryFolder('loops');
  writeFileSync(pathOf(folder.path, 'costage.yaml'), 'media: {loops: 2}\n');
  server = await startServer('costage', { args: ['--config', pathOf(folder.path, 'costage.yaml')] });
});
after(async () => { await dispose(); await server?.stop(); folder?.remove(); });

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
