import type { Room } from 'livekit-client';
import { kAudioConstraints, kVideoConstraints } from './constraints.js';

type LiveKit = typeof import('livekit-client');

/** Publishes tracks that run already; from then on livekit-client stops and restarts them. */
export async function publishTracks(
  livekit: LiveKit,
  room: Room,
  tracks: { camera: MediaStreamTrack | undefined; microphone: MediaStreamTrack | undefined },
): Promise<void> {
  const { LocalAudioTrack, LocalVideoTrack, Track } = livekit;
  const { camera, microphone } = tracks;
  const publishing: Promise<unknown>[] = [];
  if (camera) {
    const track = new LocalVideoTrack(camera, sameDevice(camera, kVideoConstraints), false);
    publishing.push(room.localParticipant.publishTrack(track, { source: Track.Source.Camera }));
  }
  if (microphone) {
    const track = new LocalAudioTrack(microphone, sameDevice(microphone, kAudioConstraints), false);
    publishing.push(room.localParticipant.publishTrack(track, { source: Track.Source.Microphone }));
  }
  await Promise.all(publishing);
}

function sameDevice(track: MediaStreamTrack, base: MediaTrackConstraints): MediaTrackConstraints {
  const { deviceId } = track.getSettings();
  return deviceId === undefined ? base : { ...base, deviceId };
}
