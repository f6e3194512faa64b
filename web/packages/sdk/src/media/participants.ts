import type { Participant, RemoteTrack, Room, Track } from 'livekit-client';
import type { DeviceState } from '../types.js';

export interface MediaParticipant {
  userId: string;
  name: string;
  isSelf: boolean;
  camera: DeviceState;
  microphone: DeviceState;
  speaking: boolean;
  quality: 'excellent' | 'good' | 'poor' | 'lost' | 'unknown';
  /** Changes whenever another video has to be attached; undefined while there is none. */
  videoId: string | undefined;
}

type LiveKit = typeof import('livekit-client');

export function cameraTrack(livekit: LiveKit, participant: Participant): Track | undefined {
  const publication = participant.getTrackPublication(livekit.Track.Source.Camera);
  return publication?.isMuted === false ? publication.track : undefined;
}

function deviceState(participant: Participant, source: Track.Source): DeviceState {
  const publication = participant.getTrackPublication(source);
  if (!publication) return 'off';
  return publication.isMuted ? 'muted' : 'on';
}

/** Viewers' connections have identities of their own: the user id, `#` and an ending. */
function userIdOf({ identity, metadata }: Participant): string {
  const isViewer = metadata?.includes('"role":"viewer"') === true;
  return isViewer ? identity.replace(/#[^#]*$/, '') : identity;
}

function toMediaParticipant(livekit: LiveKit, room: Room, participant: Participant): MediaParticipant {
  const trackId = cameraTrack(livekit, participant)?.mediaStreamTrack.id;
  return {
    userId: userIdOf(participant),
    name: participant.name ?? userIdOf(participant),
    isSelf: participant.isLocal,
    camera: deviceState(participant, livekit.Track.Source.Camera),
    microphone: deviceState(participant, livekit.Track.Source.Microphone),
    speaking: participant.isSpeaking,
    quality: participant.connectionQuality,
    // The same track has the same id in another connection.
    videoId: trackId && `${room.localParticipant.sid} ${trackId}`,
  };
}

/** Everybody who publishes, and always oneself. */
export function listParticipants(livekit: LiveKit, room: Room): MediaParticipant[] {
  const publishing = [...room.remoteParticipants.values()].filter((one) => one.trackPublications.size > 0);
  return [room.localParticipant, ...publishing].map((one) => toMediaParticipant(livekit, room, one));
}

/** The others, also those who only listen. */
export function listOthers(livekit: LiveKit, room: Room): MediaParticipant[] {
  return [...room.remoteParticipants.values()].map((one) => toMediaParticipant(livekit, room, one));
}

export function remoteTracks(room: Room): RemoteTrack[] {
  const publications = [...room.remoteParticipants.values()].flatMap((one) => [...one.trackPublications.values()]);
  return publications.flatMap(({ track }) => (track ? [track as RemoteTrack] : []));
}

/** Resolves when everybody whose camera `before` has is there in `after` too, or when the time is over. */
export function showsTheSame(livekit: LiveKit, before: Room, after: Room, timeoutMs: number): Promise<void> {
  const { RoomEvent } = livekit;
  const hasAll = (): boolean =>
    [...before.remoteParticipants.values()].every((one) => {
      if (!cameraTrack(livekit, one)) return true;
      const same = after.remoteParticipants.get(one.identity);
      return same !== undefined && cameraTrack(livekit, same) !== undefined;
    });
  if (hasAll()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      after.off(RoomEvent.TrackSubscribed, check);
      after.off(RoomEvent.Disconnected, done);
      resolve();
    };
    const check = (): void => {
      if (hasAll()) done();
    };
    const timer = setTimeout(done, timeoutMs);
    after.on(RoomEvent.TrackSubscribed, check);
    after.on(RoomEvent.Disconnected, done);
  });
}
