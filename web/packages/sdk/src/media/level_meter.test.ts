import { expect, it } from 'vitest';
import { levelOf } from './level_meter.js';

const tone = (amplitude: number): Float32Array => Float32Array.from({ length: 480 }, (_, i) => amplitude * Math.sin(i / 5));

it('is 0 in silence, grows with loudness and never passes 1', () => {
  expect(levelOf(new Float32Array(480))).toBe(0);
  expect(levelOf(tone(0.01))).toBeLessThan(levelOf(tone(0.1)));
  expect(levelOf(tone(4))).toBe(1);
});
