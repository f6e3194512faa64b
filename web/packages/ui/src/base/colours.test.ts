import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { colourPairs, contrast, problemsOf, type Pixel } from './colours.js';

const tokens = readFileSync(fileURLToPath(new URL('../styles/tokens.css', import.meta.url)), 'utf8');

function fromHex(hex: string): Pixel {
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

function ours(scheme: 'light' | 'dark'): (name: string) => Pixel {
  return (name) => {
    const value = new RegExp(`--cs-${name}: ([^;]+);`).exec(tokens)?.[1] ?? '';
    const [light = '', dark = light] = value.match(/#[0-9a-f]{6}/g) ?? [];
    return fromHex(scheme === 'light' ? light : dark);
  };
}

describe('colours', () => {
  it('differ from 1 to 21', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21);
    expect(contrast([120, 20, 200], [120, 20, 200])).toBe(1);
    expect(contrast([0x76, 0x76, 0x76], [255, 255, 255])).toBeCloseTo(4.54, 2);
  });

  it.each(['light', 'dark'] as const)('of ours can be read in the %s scheme', (scheme) => {
    expect(problemsOf(ours(scheme))).toEqual([]);
  });

  it('that are too alike are named', () => {
    const pale = (name: string): Pixel => (name === 'accent' ? [250, 240, 200] : ours('light')(name));
    expect(problemsOf(pale)).toEqual([
      { upon: 'accent', below: 'surface', contrast: expect.any(Number), least: 4.5 },
      { upon: 'on-accent', below: 'accent', contrast: expect.any(Number), least: 4.5 },
    ]);
  });

  it('are those of the style sheet', () => {
    for (const name of colourPairs.flatMap(([upon, below]) => [upon, below])) expect(tokens).toContain(`--cs-${name}:`);
  });
});
