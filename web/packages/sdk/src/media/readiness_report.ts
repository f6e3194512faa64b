import { worse, type ConnectionGrade } from './grade.js';
import type { ReadinessState } from './readiness.js';
import type { DeviceReadiness, MicrophoneReadiness } from './readiness_devices.js';

/** What the others may know of it: whether somebody is ready, not why. */
export interface ReadinessReport {
  /** `unknown`: nobody has tried yet. */
  camera: 'ready' | 'blocked' | 'missing' | 'off' | 'unknown';
  microphone: 'ready' | 'silent' | 'blocked' | 'missing' | 'off' | 'unknown';
  connection: 'good' | 'fair' | 'poor' | 'unknown';
}

type Parts = Pick<ReadinessState, 'camera' | 'microphone' | 'connection'>;

const kCamera: Record<DeviceReadiness, ReadinessReport['camera']> = {
  starting: 'off', ready: 'ready', off: 'off', blocked: 'blocked', missing: 'missing', busy: 'blocked',
};

const kMicrophone: Record<MicrophoneReadiness, ReadinessReport['microphone']> = {
  starting: 'off', listening: 'ready', heard: 'ready', silent: 'silent', off: 'off', blocked: 'blocked', missing: 'missing', busy: 'blocked',
};

export function readinessReport({ camera, microphone, connection }: Parts): ReadinessReport {
  const grade = connection.result?.grade ?? 'unknown';
  return { camera: kCamera[camera], microphone: kMicrophone[microphone], connection: grade === 'unreachable' ? 'poor' : grade };
}

const works = (device: ReadinessReport['camera'] | ReadinessReport['microphone']): boolean => device === 'ready' || device === 'off';

/** One word for all of it. Switched off is a choice; one device alone is enough for a show, none is not. */
export function overallGrade(parts: Parts): ConnectionGrade | 'unknown' {
  const { camera, microphone } = readinessReport(parts);
  const troubles = Number(!works(camera)) + Number(!works(microphone));
  const devices: ConnectionGrade = troubles === 0 ? 'good' : troubles === 1 ? 'fair' : 'poor';
  const connection = parts.connection.result?.grade;
  return connection ? worse(devices, connection) : devices === 'poor' ? 'poor' : 'unknown';
}
