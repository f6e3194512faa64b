import { describe, expect, it } from 'vitest';
import type { ConnectionGrade } from './grade.js';
import type { ConnectionReadiness } from './readiness.js';
import type { DeviceReadiness, MicrophoneReadiness } from './readiness_devices.js';
import { overallGrade, readinessReport, type ReadinessReport } from './readiness_report.js';

const found = (grade?: ConnectionGrade): ConnectionReadiness => ({
  phase: grade ? 'done' : 'checking', result: grade && { grade, reasons: [] }, error: undefined,
});

it.each<[DeviceReadiness, ReadinessReport['camera']]>([
  ['starting', 'off'], ['ready', 'ready'], ['off', 'off'], ['blocked', 'blocked'], ['missing', 'missing'], ['busy', 'blocked'],
])('a camera that is %s is reported as %s', (camera, expected) => {
  expect(readinessReport({ camera, microphone: 'off', connection: found() }).camera).toBe(expected);
});

it.each<[MicrophoneReadiness, ReadinessReport['microphone']]>([
  ['starting', 'off'], ['listening', 'ready'], ['heard', 'ready'], ['silent', 'silent'], ['off', 'off'], ['blocked', 'blocked'],
  ['missing', 'missing'], ['busy', 'blocked'],
])('a microphone that is %s is reported as %s', (microphone, expected) => {
  expect(readinessReport({ camera: 'off', microphone, connection: found() }).microphone).toBe(expected);
});

it.each<[ConnectionGrade | undefined, ReadinessReport['connection']]>([
  ['good', 'good'], ['fair', 'fair'], ['poor', 'poor'], ['unreachable', 'poor'], [undefined, 'unknown'],
])('a connection that is %s is reported as %s', (grade, expected) => {
  expect(readinessReport({ camera: 'off', microphone: 'off', connection: found(grade) }).connection).toBe(expected);
});

describe('all in one word', () => {
  it.each<[DeviceReadiness, MicrophoneReadiness, ConnectionGrade | undefined, ConnectionGrade | 'unknown']>([
    ['ready', 'heard', 'good', 'good'],
    ['off', 'off', 'good', 'good'],
    ['ready', 'silent', 'good', 'fair'],
    ['blocked', 'heard', 'good', 'fair'],
    ['blocked', 'missing', 'good', 'poor'],
    ['ready', 'heard', 'poor', 'poor'],
    ['blocked', 'heard', 'unreachable', 'unreachable'],
    ['ready', 'heard', undefined, 'unknown'],
    ['missing', 'blocked', undefined, 'poor'],
  ])('camera %s, microphone %s, connection %s: %s', (camera, microphone, grade, expected) => {
    expect(overallGrade({ camera, microphone, connection: found(grade) })).toBe(expected);
  });
});
