import type { CostageError } from '../errors.js';
import type { MediaParticipant } from './participants.js';
import type { Preview } from './preview.js';

export type MediaPhase = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

/**
 * `removed`: the server took us out; `duplicate`: the same user connected elsewhere; `closed`: the show's media is over;
 * `seatLost`: we were away for so long that the seat was given back. Going on stage again is for the user to ask.
 */
export type MediaEnd = 'removed' | 'duplicate' | 'closed' | 'seatLost';

export interface MediaState {
  phase: MediaPhase;
  mode: 'none' | 'viewer' | 'stage';
  /** Who can be seen or heard, and oneself on stage. */
  participants: MediaParticipant[];
  /** Of the own connection to the media server. */
  quality: MediaParticipant['quality'];
  /** The browser plays no sound until the user taps: call `startSound()` from the tap. */
  soundBlocked: boolean;
  error: CostageError | undefined;
  /** Devices in use, or to be used when switched on again. */
  cameraId: string | undefined;
  microphoneId: string | undefined;
  cameraError: CostageError | undefined;
  microphoneError: CostageError | undefined;
  /** User ids of those who share their screen, the newest first. */
  screens: string[];
  /** I share my screen. */
  screenOn: boolean;
  screenError: CostageError | undefined;
  /** My connection dropped again and again, so my picture is sent smaller. */
  videoLowered: boolean;
  ended: MediaEnd | undefined;
}

export interface StageOptions {
  /** Its running tracks are taken over. */
  preview?: Preview | undefined;
  /** Without a preview: which devices to open. Left out, those that were on when this seat was last used, else both. */
  camera?: boolean;
  microphone?: boolean;
}

export const kStart: MediaState = {
  phase: 'idle',
  mode: 'none',
  participants: [],
  quality: 'unknown',
  soundBlocked: false,
  error: undefined,
  cameraId: undefined,
  microphoneId: undefined,
  cameraError: undefined,
  microphoneError: undefined,
  screens: [],
  screenOn: false,
  screenError: undefined,
  videoLowered: false,
  ended: undefined,
};
