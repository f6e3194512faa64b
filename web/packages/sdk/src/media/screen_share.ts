import type { LocalParticipant, Room, ScreenShareCaptureOptions } from 'livekit-client';
import { CostageError } from '../errors.js';
import { firstPicture } from './first_picture.js';

type LiveKit = typeof import('livekit-client');

/** What is shared is read: sharp before smooth. Its sound is music or a film, not a voice. */
const kCapture: ScreenShareCaptureOptions = {
  contentHint: 'detail',
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  systemAudio: 'include',
  surfaceSwitching: 'include',
  // A page that shows itself shows itself showing itself.
  selfBrowserSurface: 'exclude',
};

/** Phones' browsers cannot. */
export function canShareScreen(): boolean {
  return typeof globalThis.navigator?.mediaDevices?.getDisplayMedia === 'function';
}

const sentences = {
  screen_denied: 'The browser or the system does not allow sharing the screen.',
  screen_unsupported: 'This device cannot share its screen.',
  screen_failed: 'The screen could not be shared.',
  screen_ended: 'Sharing your screen ended with the connection.',
};

export function screenError(code: keyof typeof sentences, cause?: unknown): CostageError {
  return new CostageError(code, sentences[code], { cause });
}

/**
 * Browsers say "not allowed" both for the picker that was closed, which is no error, and for a system or a page that forbids it;
 * only their words tell which.
 */
export function whyNotShared(cause: unknown): CostageError | undefined {
  const { name = '', message = '' } = typeof cause === 'object' && cause !== null ? (cause as { name?: string; message?: string }) : {};
  if (name === 'NotAllowedError') return /by system|policy|disallowed/i.test(message) ? screenError('screen_denied', cause) : undefined;
  if (name === 'SecurityError') return screenError('screen_denied', cause);
  if (/Unsupported|NotSupported|TypeError/.test(name)) return screenError('screen_unsupported', cause);
  return screenError('screen_failed', cause);
}

export interface ScreenShareOptions {
  room: () => Room | undefined;
  onError: (error: CostageError | undefined) => void;
  onChange: () => void;
}

/** The own screen, shared with the sound of what is shown where the browser gives it. */
export class ScreenShare {
  private isOn = false;
  private starting: Promise<void> | undefined;

  constructor(private readonly options: ScreenShareOptions) {}

  /** Still so while the connection ends: livekit-client takes every own track back and says only then, in the same turn, that it ends. */
  get wasOn(): boolean {
    return this.isOn;
  }

  async set(livekit: LiveKit, on: boolean): Promise<void> {
    const local = this.options.room()?.localParticipant;
    if (!local) return;
    try {
      if (on) await (this.starting ??= start(livekit, local).finally(() => (this.starting = undefined)));
      else await local.setScreenShareEnabled(false);
      this.options.onError(undefined);
    } catch (cause) {
      this.options.onError(whyNotShared(cause));
    }
    this.options.onChange();
  }

  /** Whether it is on, in each connection. A muted screen is one that somebody else switched off: it is given up, so that the browser stops capturing too. */
  follow(livekit: LiveKit, room: Room): void {
    const { ScreenShare: screen, ScreenShareAudio: sound } = livekit.Track.Source;
    const { RoomEvent } = livekit;
    room.on(RoomEvent.LocalTrackPublished, ({ source }) => {
      if (source === screen) this.isOn = true;
    });
    room.on(RoomEvent.LocalTrackUnpublished, ({ source }) => {
      if (source === screen) queueMicrotask(() => (this.isOn = false));
    });
    room.on(RoomEvent.TrackMuted, ({ source }, participant) => {
      if (participant === room.localParticipant && (source === screen || source === sound)) void this.set(livekit, false);
    });
  }
}

// As `setScreenShareEnabled` does, but for the wait: until a tab has given a picture its browser says the size that it was asked for,
// from which viewers' servers would choose a layer that is too small to be read.
async function start(livekit: LiveKit, local: LocalParticipant): Promise<void> {
  const tracks = await local.createScreenTracks({ ...kCapture });
  const stop = (): void => tracks.forEach((track) => track.stop());
  try {
    await Promise.all(tracks.map(({ mediaStreamTrack }) => firstPicture(mediaStreamTrack)));
    if (tracks.some(({ mediaStreamTrack }) => mediaStreamTrack.readyState === 'ended')) return stop();
    // Silence between two sounds is part of what is shown.
    const publishing = { audioPreset: livekit.AudioPresets.musicStereo, dtx: false };
    await Promise.all(tracks.map((track) => local.publishTrack(track, publishing)));
  } catch (cause) {
    stop();
    throw cause;
  }
}

/** Who shares, the newest first; of those who shared before we came it is not known who was first. */
export class ScreenOrder {
  private newest: string[] = [];

  update(sharing: readonly string[]): string[] {
    const before = this.newest.filter((userId) => sharing.includes(userId));
    const added = sharing.filter((userId) => !before.includes(userId));
    this.newest = [...added, ...before];
    return this.newest;
  }
}
