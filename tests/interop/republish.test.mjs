// A track that is published a second time: libwebrtc writes another id into its session description then.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RoomEvent, TrackPublishOptions, TrackSource, dispose } from './rtc_node.mjs';
import { sharedServer } from '../support/server.mjs';
import { eventOf, within } from '../support/wait.mjs';
import { party } from './livekit.mjs';
import { hearTone, publishTone } from './sound.mjs';

let server;
before(async () => { server = await sharedServer(); });
after(async () => { await dispose(); await server?.stop(); });

const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });

test('a track published again is heard again, as often as one likes', async () => {
  const { rooms: [speaker, listener], leave } = await party(server, ['speaker', 'listener']);
  const first = eventOf(listener, RoomEvent.TrackSubscribed);
  const tone = await publishTone(speaker);
  await first;
  let { sid } = tone.publication;
  for (let round = 0; round < 25; ++round) {  // more than the 20 tracks that may wait for their media
    const gone = eventOf(listener, RoomEvent.TrackUnpublished, (publication) => publication.sid === sid);
    await speaker.localParticipant.unpublishTrack(sid, false);
    await gone;
    const again = eventOf(listener, RoomEvent.TrackSubscribed);
    const publication = await speaker.localParticipant.publishTrack(tone.track, options);
    assert.notEqual(publication.sid, sid);
    sid = publication.sid;
    const [track] = await again;
    if (round % 12 !== 0) continue;
    const shares = await within(hearTone(track), `the tone of round ${round}`, 15_000);
    assert.ok(shares[0] > 0.8, `share of the tone: ${shares}`);
  }
  await tone.stop();
  await leave();
});
