import type { RemoteTrackPublication, Room } from 'livekit-client';
import { LiveObject, Store, type Listener, type Unsubscribe } from '../store.js';

type LiveKit = typeof import('livekit-client');

/** `auto`: as large as it is shown. `medium` and `low` at most, to save data. `none`: sound only, which saves most. */
export type Pictures = 'auto' | 'medium' | 'low' | 'none';

export interface WatchingState {
  pictures: Pictures;
  /** From 0 to 1, by user id; those that are not here are heard in full. */
  volumes: Readonly<Record<string, number>>;
}

/** How this page sees and hears the others. It is nobody else's business, and holds for every connection to come. */
export class Watching extends LiveObject<WatchingState> {
  private readonly store = new Store<WatchingState>({ pictures: 'auto', volumes: {} });

  getSnapshot = (): WatchingState => this.store.getSnapshot();
  subscribe = (listener: Listener<WatchingState>): Unsubscribe => this.store.subscribe(listener);

  setPictures(pictures: Pictures): void {
    this.store.update({ pictures });
  }

  /** Of one person, from 0 to 1. */
  setVolume(userId: string, volume: number): void {
    const volumes = { ...this.getSnapshot().volumes, [userId]: Math.min(1, Math.max(0, volume)) };
    this.store.update({ volumes });
  }
}

/** Brings a connection to what is wanted. What is so already stays as it is. */
export function applyWatching(livekit: LiveKit, room: Room, { pictures, volumes }: WatchingState): void {
  const { VideoQuality, Track } = livekit;
  const quality = { auto: VideoQuality.HIGH, medium: VideoQuality.MEDIUM, low: VideoQuality.LOW, none: VideoQuality.LOW }[pictures];
  for (const participant of room.remoteParticipants.values()) {
    const volume = volumes[participant.identity];
    if (volume !== undefined) participant.setVolume(volume);
    for (const publication of participant.trackPublications.values()) {
      if (publication.kind === Track.Kind.Video) applyToPicture(publication as RemoteTrackPublication, pictures !== 'none', quality);
    }
  }
}

function applyToPicture(publication: RemoteTrackPublication, isWanted: boolean, quality: RemoteTrackPublication['videoQuality']): void {
  if (publication.isDesired !== isWanted) publication.setSubscribed(isWanted);
  // Full quality is what nobody has asked to lower.
  if (isWanted && publication.videoQuality !== quality) publication.setVideoQuality(quality!);
}
