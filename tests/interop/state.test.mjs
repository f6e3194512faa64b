import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RoomEvent, dispose } from './rtc_node.mjs';
import { sharedServer } from '../support/server.mjs';
import { eventOf, never, until } from '../support/wait.mjs';
import { join, party, roomService } from './livekit.mjs';
import { publishTone } from './sound.mjs';

let server;
before(async () => { server = await sharedServer(); });
after(async () => { await dispose(); await server?.stop(); });

const mayUpdate = { ada: { canUpdateOwnMetadata: true } };

test('a participant changes own metadata, name and attributes', async () => {
  const { rooms: [ada, ben], leave } = await party(server, ['ada', 'ben'], mayUpdate);
  const seen = () => ben.remoteParticipants.get('ada');
  const changed = eventOf(ben, RoomEvent.ParticipantMetadataChanged, (_, who) => who.identity === 'ada');
  await ada.localParticipant.updateMetadata('{"mood":"good"}');
  await changed;
  assert.equal(seen().metadata, '{"mood":"good"}');
  await ada.localParticipant.updateName('Ada L.');
  await until(() => seen().name === 'Ada L.', 'the new name');
  await ada.localParticipant.setAttributes({ hand: 'up', hat: 'on' });
  await until(() => seen().attributes.hand === 'up', 'the attributes');
  await ada.localParticipant.setAttributes({ hat: '' });
  await until(() => !('hat' in seen().attributes), 'an empty value to remove the attribute');
  assert.equal(seen().attributes.hand, 'up');
  await leave();
});

test('who may not change own metadata changes nothing', async () => {
  const { rooms: [ada, ben], leave } = await party(server, ['ada', 'ben']);
  await ben.localParticipant.updateMetadata('mine').catch(() => {});  // clients differ in whether they report it
  await never(() => ada.remoteParticipants.get('ben').metadata !== '', 'a change without the right');
  await leave();
});

test('who joins later gets the present state', async () => {
  const { roomName, rooms: [ada], leave } = await party(server, ['ada'], mayUpdate);
  await ada.localParticipant.updateMetadata('present');
  await ada.localParticipant.setAttributes({ hand: 'up' });
  const late = await join(server, roomName, 'late');
  await until(() => late.remoteParticipants.has('ada'), 'ada');
  const seen = late.remoteParticipants.get('ada');
  assert.deepEqual([seen.metadata, seen.attributes], ['present', { hand: 'up' }]);
  await late.disconnect();
  await leave();
});

test('a muted track is reported as muted, to those who are there and to those who come', async () => {
  const { roomName, rooms: [speaker, listener], leave } = await party(server, ['speaker', 'listener']);
  const subscribed = eventOf(listener, RoomEvent.TrackSubscribed);
  const tone = await publishTone(speaker);
  await subscribed;
  const { sid } = tone.publication;
  const told = [speaker, listener].map((room) =>
    eventOf(room, RoomEvent.TrackMuted, (publication, who) => publication.sid === sid && who.identity === 'speaker'));
  const track = await roomService(server).mutePublishedTrack(roomName, 'speaker', sid, true);
  assert.deepEqual([track.sid, track.muted], [sid, true]);
  await Promise.all(told);
  const late = await join(server, roomName, 'late');
  const muted = () => late.remoteParticipants.get('speaker')?.trackPublications.get(sid)?.muted;
  await until(() => muted() === true, 'the newcomer to see the mute');
  await tone.stop();
  await late.disconnect();
  await leave();
});
