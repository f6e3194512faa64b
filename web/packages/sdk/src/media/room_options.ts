import type { DisconnectReason, RoomOptions } from 'livekit-client';
import type { MediaEnd } from './media_state.js';

type LiveKit = typeof import('livekit-client');

/** What the user has chosen, for each connection that comes. */
export interface ChosenDevices {
  cameraId: string | undefined;
  microphoneId: string | undefined;
  speakerId: string | undefined;
}

export function roomOptions(livekit: LiveKit, { cameraId, microphoneId, speakerId }: ChosenDevices): RoomOptions {
  return {
    adaptiveStream: true,
    dynacast: true,
    // One round trip less: costage's media server speaks the two-connection form.
    singlePeerConnection: false,
    disconnectOnPageLeave: false,
    videoCaptureDefaults: { resolution: livekit.VideoPresets.h720.resolution, deviceId: cameraId },
    audioCaptureDefaults: { deviceId: microphoneId },
    ...(speakerId === undefined ? {} : { audioOutput: { deviceId: speakerId } }),
  };
}

/** What may change what is known of the people in a room. */
export function changesOf({ RoomEvent }: LiveKit) {
  return [
    RoomEvent.ParticipantConnected, RoomEvent.ParticipantDisconnected, RoomEvent.TrackPublished,
    RoomEvent.TrackUnpublished, RoomEvent.TrackSubscribed, RoomEvent.TrackUnsubscribed, RoomEvent.TrackMuted,
    RoomEvent.TrackUnmuted, RoomEvent.LocalTrackPublished, RoomEvent.LocalTrackUnpublished,
    RoomEvent.ActiveSpeakersChanged, RoomEvent.ConnectionQualityChanged, RoomEvent.AudioPlaybackStatusChanged,
    RoomEvent.ParticipantNameChanged, RoomEvent.ActiveDeviceChanged,
  ] as const;
}

/** For which reasons it is over; after any other it is tried again. */
export function endOf({ DisconnectReason: Reason }: LiveKit, reason: DisconnectReason | undefined): MediaEnd | undefined {
  const ends = new Map<DisconnectReason | undefined, MediaEnd>([
    [Reason.PARTICIPANT_REMOVED, 'removed'],
    [Reason.DUPLICATE_IDENTITY, 'duplicate'],
    [Reason.ROOM_DELETED, 'closed'],
    [Reason.ROOM_CLOSED, 'closed'],
  ]);
  return ends.get(reason);
}
