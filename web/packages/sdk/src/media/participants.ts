import type { Participant, RemoteTrack, RemoteTrackPublication, Room, Track } from 'livekit-client';
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
  /** Whether they share their screen. */
  screen: DeviceState;
  /** As `videoId`, of the shared screen. Undefined also for the whole of one's own, which would only show itself. */
  screenId: string | undefined;
}

/** The two pictures of one person. */
export type PictureSource = 'camera' | 'screen';
const kPictures: readonly PictureSource[] = ['camera', 'screen'];

type LiveKit = typeof import('livekit-client');

export function videoTrack(livekit: LiveKit, participant: Participant, picture: PictureSource): Track | undefined {
  const { Camera, ScreenShare } = livekit.Track.Source;
  const publication = participant.getTrackPublication(picture === 'screen' ? ScreenShare : Camera);
  // What is not wanted any more is still there until the server has taken it away.
  const isWanted = (publication as Partial<RemoteTrackPublication> | undefined)?.isDesired !== false;
  return publication?.isMuted === false && isWanted ? publication.track : undefined;
}

/** Shows one of somebody's pictures in the element until the returned function is called. */
export function attachPicture(livekit: LiveKit, room: Room, userId: string, element: HTMLVideoElement, picture: PictureSource): () => void {
  const participant = room.getParticipantByIdentity(userId);
  const track = participant && videoTrack(livekit, participant, picture);
  if (!track) return () => {};
  track.attach(element);
  return () => void track.detach(element);
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

/** The whole screen, one's own: the page would show itself in itself. Only own tracks have a surface. */
function showsItself(track: MediaStreamTrack): boolean {
  return track.getSettings?.().displaySurface === 'monitor';
}

function toMediaParticipant(livekit: LiveKit, room: Room, participant: Participant): MediaParticipant {
  // The same track has the same id in another connection.
  const idOf = (picture: PictureSource): string | undefined => {
    const track = videoTrack(livekit, participant, picture)?.mediaStreamTrack;
    return track && !showsItself(track) ? `${room.localParticipant.sid} ${track.id}` : undefined;
  };
  return {
    userId: userIdOf(participant),
    name: participant.name ?? userIdOf(participant),
    isSelf: participant.isLocal,
    camera: deviceState(participant, livekit.Track.Source.Camera),
    microphone: deviceState(participant, livekit.Track.Source.Microphone),
    speaking: participant.isSpeaking,
    quality: participant.connectionQuality,
    videoId: idOf('camera'),
    screen: deviceState(participant, livekit.Track.Source.ScreenShare),
    screenId: idOf('screen'),
  };
}

/** Everybody who publishes, and oneself on stage, whether or not anything is on. */
export function listParticipants(livekit: LiveKit, room: Room, onStage: boolean): MediaParticipant[] {
  const publishing = [...room.remoteParticipants.values()].filter((one) => one.trackPublications.size > 0);
  return [...(onStage ? [room.localParticipant] : []), ...publishing].map((one) => toMediaParticipant(livekit, room, one));
}

/** The others, also those who only listen. */
export function listOthers(livekit: LiveKit, room: Room): MediaParticipant[] {
  return [...room.remoteParticipants.values()].map((one) => toMediaParticipant(livekit, room, one));
}

export function remoteTracks(room: Room): RemoteTrack[] {
  const publications = [...room.remoteParticipants.values()].flatMap((one) => [...one.trackPublications.values()]);
  return publications.flatMap(({ track }) => (track ? [track as RemoteTrack] : []));
}

/** Resolves when every picture that `before` has is there in `after` too, or when the time is over. */
export function showsTheSame(livekit: LiveKit, before: Room, after: Room, timeoutMs: number): Promise<void> {
  const { RoomEvent } = livekit;
  const hasAll = (): boolean =>
    [...before.remoteParticipants.values()].every((one) => {
      const same = after.remoteParticipants.get(one.identity);
      const isShown = (picture: PictureSource): boolean => same !== undefined && videoTrack(livekit, same, picture) !== undefined;
      return kPictures.every((picture) => !videoTrack(livekit, one, picture) || isShown(picture));
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
