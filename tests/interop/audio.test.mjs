import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RoomEvent, TrackKind, TrackSource, dispose } from './rtc_node.mjs';
import { sharedServer } from '../support/server.mjs';
import { eventOf, within } from '../support/wait.mjs';
import { join, party } from './livekit.mjs';
import { hearTone, publishTone } from './sound.mjs';

let server;
before(async () => { server = await sharedServer(); });
after(async () => { await dispose(); await server?.stop(); });

const formats = [
  { from: { rate: 48000, channels: 1 }, to: { rate: 48000, channels: 1 } },
  { from: { rate: 48000, channels: 2 }, to: { rate: 48000, channels: 2 } },
  { from: { rate: 48000, channels: 2 }, to: { rate: 24000, channels: 2 } },
  { from: { rate: 24000, channels: 2 }, to: { rate: 24000, channels: 1 } },
];
const label = ({ rate, channels }) => `${rate / 1000} kHz x ${channels}`;

for (const { from, to } of formats) {
  test(`a tone arrives: ${label(from)} -> ${label(to)}`, async () => {
    const { rooms: [speaker, listener], leave } = await party(server, ['speaker', 'listener']);
    const subscribed = eventOf(listener, RoomEvent.TrackSubscribed);
    const tone = await publishTone(speaker, from);
    assert.match(tone.publication.sid, /^TR_/);
    const [track, publication, participant] = await subscribed;
    assert.equal(participant.identity, 'speaker');
    assert.equal(track.kind, TrackKind.KIND_AUDIO);
    assert.deepEqual([publication.sid, publication.name], [tone.publication.sid, 'tone']);
    assert.equal(publication.source, TrackSource.SOURCE_MICROPHONE);
    const shares = await within(hearTone(track, to), 'the tone', 15_000);
    assert.equal(shares.length, to.channels);
    assert.ok(shares.every((share) => share > 0.8), `shares of the tone: ${shares}`);
    await tone.stop();
    await leave();
  });
}

test('who joins later hears what is already on', async () => {
  const { roomName, rooms: [speaker], leave } = await party(server, ['speaker']);
  const tone = await publishTone(speaker);
  const late = await join(server, roomName, 'late');
  const [track] = await eventOf(late, RoomEvent.TrackSubscribed);
  const shares = await within(hearTone(track), 'the tone', 15_000);
  assert.ok(shares[0] > 0.8, `share of the tone: ${shares}`);
  await tone.stop();
  await late.disconnect();
  await leave();
});

test('two speakers hear each other', async () => {
  const { rooms, leave } = await party(server, ['ada', 'ben']);
  const subscriptions = rooms.map((room) => eventOf(room, RoomEvent.TrackSubscribed));
  const tones = await Promise.all(rooms.map((room) => publishTone(room)));
  const tracks = await Promise.all(subscriptions);
  const heard = await within(Promise.all(tracks.map(([track]) => hearTone(track))), 'both tones', 15_000);
  assert.ok(heard.flat().every((share) => share > 0.8), `shares of the tone: ${heard}`);
  await Promise.all(tones.map((tone) => tone.stop()));
  await leave();
});

test('unpublishing ends the track at the listener', async () => {
  const { rooms: [speaker, listener], leave } = await party(server, ['speaker', 'listener']);
  const subscribed = eventOf(listener, RoomEvent.TrackSubscribed);
  const tone = await publishTone(speaker);
  await subscribed;
  const ended = Promise.all([
    eventOf(listener, RoomEvent.TrackUnsubscribed),
    eventOf(listener, RoomEvent.TrackUnpublished, (publication) => publication.sid === tone.publication.sid),
  ]);
  await speaker.localParticipant.unpublishTrack(tone.publication.sid);
  await ended;
  await tone.stop();
  await leave();
});
