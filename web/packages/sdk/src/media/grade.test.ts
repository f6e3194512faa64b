import { describe, expect, it } from 'vitest';
import { gradeConnection, worse, type ConnectionFigures, type ConnectionGrade, type GradeReason } from './grade.js';

const well: ConnectionFigures = { roundTripMs: 30, lossRatio: 0, sendKbps: 2000, protocol: 'udp', relayed: false };

describe('a connection is', () => {
  it.each<[string, ConnectionFigures, ConnectionGrade, GradeReason[]]>([
    ['good where all is well', {}, 'good', []],
    ['good just above what 720p takes', { sendKbps: 1450 }, 'good', []],
    ['fair just below', { sendKbps: 1449 }, 'fair', ['bandwidth']],
    ['fair with what 360p takes', { sendKbps: 500 }, 'fair', ['bandwidth']],
    ['poor below', { sendKbps: 499 }, 'poor', ['bandwidth']],
    ['poor with nothing', { sendKbps: 0 }, 'poor', ['bandwidth']],
    ['good with a loss that repair hides', { lossRatio: 0.019 }, 'good', []],
    ['fair with 2 % loss', { lossRatio: 0.02 }, 'fair', ['loss']],
    ['poor with 5 % loss', { lossRatio: 0.05 }, 'poor', ['loss']],
    ['good across an ocean', { roundTripMs: 199 }, 'good', []],
    ['fair around half the world', { roundTripMs: 200 }, 'fair', ['delay']],
    ['poor by satellite', { roundTripMs: 400 }, 'poor', ['delay']],
    ['as bad as its worst figure, told first', { lossRatio: 0.03, roundTripMs: 450 }, 'poor', ['delay', 'loss']],
    ['too thin first where it also loses and delays', { sendKbps: 300, lossRatio: 0.2, roundTripMs: 900 }, 'poor', ['bandwidth', 'loss', 'delay']],
    ['not too thin where the browser was still climbing', { sendKbps: 420, atLeast: true }, 'good', []],
    ['judged by what is known', { lossRatio: undefined, roundTripMs: undefined }, 'good', []],
    ['unreachable where nothing was sent', { sendKbps: undefined }, 'unreachable', ['unreachable']],
  ])('%s', (_what, figures, grade, reasons) => {
    expect(gradeConnection({ ...well, ...figures })).toEqual({ grade, reasons });
  });
});

it('the worse of two grades', () => {
  const order: ConnectionGrade[] = ['good', 'fair', 'poor', 'unreachable'];
  for (const [at, one] of order.entries()) for (const [other, two] of order.entries()) expect(worse(one, two)).toBe(order[Math.max(at, other)]);
});
