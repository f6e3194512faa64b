import { CostageError } from '../errors.js';

export type Device = 'camera' | 'microphone';

const codeByName: Record<string, string> = {
  NotAllowedError: 'denied',
  PermissionDeniedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  DevicesNotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  TrackStartError: 'busy',
  AbortError: 'busy',
};

const sentences: Record<string, string> = {
  denied: 'is blocked. Allow it in the browser and try again.',
  missing: 'was not found. Connect one and try again.',
  gone: 'that was in use is not connected any more. Choose another one, or connect it again.',
  busy: 'cannot be used now. Another program may be using it.',
  failed: 'could not be started.',
};

/** What getUserMedia and friends throw -> `camera_denied`, `microphone_missing`, ...; `chosen`: a certain device was asked for. */
export function deviceError(device: Device, cause: unknown, chosen = false): CostageError {
  if (cause instanceof CostageError) return cause;
  const name = typeof cause === 'object' && cause !== null && 'name' in cause ? String(cause.name) : '';
  const kind = codeByName[name] ?? 'failed';
  if (kind === 'missing' && chosen) return deviceGone(device, cause);
  return new CostageError(`${device}_${kind}`, `The ${device} ${sentences[kind]}`, { cause });
}

/** `camera_gone`, `microphone_gone`: unplugged, or chosen from a list that was older than the truth. */
export function deviceGone(device: Device, cause?: unknown): CostageError {
  return new CostageError(`${device}_gone`, `The ${device} ${sentences['gone']}`, { cause });
}

/** Browsers hand out cameras and microphones on https and on localhost only. */
export function mediaDevices(): MediaDevices {
  const devices = globalThis.navigator?.mediaDevices;
  if (!devices?.getUserMedia) {
    throw new CostageError('insecure_page', 'Camera and microphone work only on a secure (https) page.');
  }
  return devices;
}
