import type { Participant, Room, Track } from 'livekit-client';
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

function toMediaParticipant(livekit: LiveKit, participant: Participant): MediaParticipant {
  return {
    userId: participant.identity,
    name: participant.name ?? participant.identity,
    isSelf: participant.isLocal,
    camera: deviceState(participant, livekit.Track.Source.Camera),
    microphone: deviceState(participant, livekit.Track.Source.Microphone),
    speaking: participant.isSpeaking,
    quality: participant.connectionQuality,
    videoId: cameraTrack(livekit, participant)?.mediaStreamTrack.id,
  };
}

/** Everybody who publishes, and always oneself. */
export function listParticipants(livekit: LiveKit, room: Room): MediaParticipant[] {
  const publishing = [...room.remoteParticipants.values()].filter((one) => one.trackPublications.size > 0);
  return [room.localParticipant, ...publishing].map((one) => toMediaParticipant(livekit, one));
}
