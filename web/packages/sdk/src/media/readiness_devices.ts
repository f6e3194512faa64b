import type { CostageError } from '../errors.js';
import type { Device } from './device_errors.js';
import type { PreviewState } from './preview.js';

export type DeviceReadiness = 'starting' | 'ready' | 'off' | 'blocked' | 'missing' | 'busy';
/** Allowed is not enough for a microphone: `listening` until something was `heard`, or nothing for so long that it is `silent`. */
export type MicrophoneReadiness = Exclude<DeviceReadiness, 'ready'> | 'listening' | 'heard' | 'silent';

/** By the end of the error's code. What failed in another way is not to be had now either. */
const kByError: Record<string, DeviceReadiness> = { denied: 'blocked', page: 'blocked', missing: 'missing', gone: 'missing' };

const reasonOf = (error: CostageError): DeviceReadiness => kByError[error.code.slice(error.code.lastIndexOf('_') + 1)] ?? 'busy';

/** A device that could not be changed for another one goes on with the one before, so the track counts first. */
export function deviceReadiness(device: Device, state: PreviewState): DeviceReadiness {
  const error = device === 'camera' ? state.cameraError : state.microphoneError;
  if (state[device]) return 'ready';
  if (error) return reasonOf(error);
  return state.starting ? 'starting' : 'off';
}

/** On the meter's scale: -45 dBFS. Speech at arm's length is 10 to 25 dB above, a quiet room with noise suppression below. */
export const kHeardLevel = 0.25;
/** Time to notice that one is asked to speak, and to do so. */
export const kSilentMs = 5000;
/** Levels come with painted frames. A hidden page paints none, and what it did not hear is not silence. */
const kLongestStepMs = 250;

export interface Hearing {
  state: 'listening' | 'heard' | 'silent';
  listenedMs: number;
  atMs: number | undefined;
}

export const kHearingStart: Hearing = { state: 'listening', listenedMs: 0, atMs: undefined };

/** Once heard, a microphone works: who pauses is not asked again. */
export function hear(before: Hearing, level: number, nowMs: number): Hearing {
  if (before.state === 'heard') return before;
  if (level >= kHeardLevel) return { ...before, state: 'heard' };
  const step = before.atMs === undefined ? 0 : Math.min(kLongestStepMs, Math.max(0, nowMs - before.atMs));
  const listenedMs = before.listenedMs + step;
  return { state: listenedMs >= kSilentMs ? 'silent' : 'listening', listenedMs, atMs: nowMs };
}
