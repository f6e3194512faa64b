import { describe, expect, it } from 'vitest';
import { tokenColour, tokens } from '../testing/tokens.js';
import { colourPairs, contrast, lightOf, problemsOf, type Pixel } from './colours.js';

describe('colours', () => {
  it('differ from 1 to 21', () => {
    expect(contrast(lightOf([0, 0, 0]), lightOf([255, 255, 255]))).toBeCloseTo(21);
    expect(contrast(lightOf([120, 20, 200]), lightOf([120, 20, 200]))).toBe(1);
    expect(contrast(lightOf([0x76, 0x76, 0x76]), lightOf([255, 255, 255]))).toBeCloseTo(4.54, 2);
  });

  it.each(['light', 'dark'] as const)('of ours can be read in the %s scheme', (scheme) => {
    expect(problemsOf((name) => tokenColour(scheme, name))).toEqual([]);
  });

  it('that are too alike are named', () => {
    const pale = (name: string): Pixel => (name === 'accent' ? [250, 240, 200] : tokenColour('light', name));
    expect(problemsOf(pale)).toEqual([
      { upon: 'accent', below: 'surface', contrast: expect.any(Number), least: 4.5 },
      { upon: 'on-accent', below: 'accent', contrast: expect.any(Number), least: 4.5 },
    ]);
  });

  it('are those of the style sheet', () => {
    for (const name of colourPairs.flatMap(([upon, below]) => [upon, below])) expect(tokens).toContain(`--cs-${name}:`);
  });
});
