import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ConnectionState, ParticipantKind, RoomEvent, dispose } from './rtc_node.mjs';
import { sharedServer } from '../support/server.mjs';
import { newRoomName } from '../support/tokens.mjs';
import { eventOf, until } from '../support/wait.mjs';
import { join, party } from './livekit.mjs';

let server;
before(async () => { server = await sharedServer(); });
after(async () => { await dispose(); await server?.stop(); });

test('joining tells who I am and which room this is', async () => {
  const name = newRoomName();
  const room = await join(server, name, 'ada', {}, { metadata: '{"seat":1}', attributes: { colour: 'red' } });
  assert.equal(room.connectionState, ConnectionState.CONN_CONNECTED);
  assert.equal(room.name, name);
  assert.match(await room.getSid(), /^RM_\w{6,}/);
  assert.equal(room.remoteParticipants.size, 0);
  assert.ok(Math.abs(room.creationTime.getTime() - Date.now()) < 10_000, `created ${room.creationTime}`);
  const me = room.localParticipant;
  assert.match(me.sid, /^PA_\w{6,}/);
  assert.deepEqual([me.identity, me.name, me.metadata], ['ada', 'Name of ada', '{"seat":1}']);
  assert.deepEqual(me.attributes, { colour: 'red' });
  assert.equal(me.kind, ParticipantKind.STANDARD);
  await room.disconnect();
});

test('three participants see each other, with names and ids that agree', async () => {
  const { rooms, leave } = await party(server, ['ada', 'ben', 'cyd']);
  for (const viewer of rooms) {
    for (const other of rooms) {
      if (other === viewer) continue;
      const seen = viewer.remoteParticipants.get(other.localParticipant.identity);
      assert.equal(seen.sid, other.localParticipant.sid);
      assert.equal(seen.name, other.localParticipant.name);
    }
  }
  const sids = await Promise.all(rooms.map((room) => room.getSid()));
  assert.equal(new Set(sids).size, 1);
  await leave();
});

test('who leaves is reported with identity and name, and is gone', async () => {
  const { rooms: [ada, ben], leave } = await party(server, ['ada', 'ben']);
  const gone = eventOf(ada, RoomEvent.ParticipantDisconnected);
  await ben.disconnect();
  const [participant] = await gone;
  assert.deepEqual([participant.identity, participant.name], ['ben', 'Name of ben']);
  await until(() => ada.remoteParticipants.size === 0, 'ben to be gone');
  await leave();
});

test('a second connection of the same identity replaces the first', async () => {
  const { roomName, rooms: [ada, ben], leave } = await party(server, ['ada', 'ben']);
  const oldSid = ben.localParticipant.sid;
  const replaced = eventOf(ben, RoomEvent.Disconnected);
  const again = await join(server, roomName, 'ben');
  await replaced;
  assert.notEqual(again.localParticipant.sid, oldSid);
  await until(() => ada.remoteParticipants.get('ben')?.sid === again.localParticipant.sid, 'the new ben');
  await again.disconnect();
  await leave();
});

test('rooms do not see each other', async () => {
  const one = await party(server, ['ada']);
  const two = await party(server, ['ada', 'ben']);
  assert.equal(one.rooms[0].remoteParticipants.size, 0);
  assert.notEqual(await one.rooms[0].getSid(), await two.rooms[0].getSid());
  await Promise.all([one.leave(), two.leave()]);
});
