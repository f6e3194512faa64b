import type { Room } from 'livekit-client';
import { kAudioConstraints, kVideoConstraints } from './preview.js';

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

/** Resolves with true as soon as the server lets us publish, with false when it has not in time or disconnected. */
export function permissionToPublish(livekit: LiveKit, room: Room, timeoutMs: number): Promise<boolean> {
  const { RoomEvent } = livekit;
  const mayPublish = (): boolean => room.localParticipant.permissions?.canPublish === true;
  if (mayPublish()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      room.off(RoomEvent.ParticipantPermissionsChanged, check);
      room.off(RoomEvent.Disconnected, done);
      resolve(mayPublish());
    };
    const check = (): void => {
      if (mayPublish()) done();
    };
    const timer = setTimeout(done, timeoutMs);
    room.on(RoomEvent.ParticipantPermissionsChanged, check);
    room.on(RoomEvent.Disconnected, done);
  });
}
