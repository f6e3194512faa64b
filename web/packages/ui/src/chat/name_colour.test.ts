import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { kNameTones, nameColours } from './name_colour.js';

type Rgb = [number, number, number];

/** Linear light, by Björn Ottosson's definition of OKLab. */
function fromOklch(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function fromHex(hex: string): Rgb {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const tokens = readFileSync(fileURLToPath(new URL('../styles/tokens.css', import.meta.url)), 'utf8');
const kAt = { light: 1, dark: 2 } as const;
const colour = (scheme: 'light' | 'dark', name: string): Rgb =>
  fromHex(new RegExp(`--cs-${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens)![kAt[scheme]]!);

it.each(['light', 'dark'] as const)('is read with 4.5:1 on whatever it stands in the %s scheme, whoever it is', (scheme) => {
  const { lightness, chroma } = kNameTones[scheme];
  for (const ground of ['surface', 'surface-2', 'accent-soft', 'ground']) {
    const worst = Math.min(...Array.from({ length: 360 }, (_, hue) => contrast(fromOklch(lightness, chroma, hue), colour(scheme, ground))));
    expect(worst, ground).toBeGreaterThanOrEqual(4.5);
  }
});

it('is the same for the same person', () => {
  expect(nameColours('vera')).toEqual(nameColours('vera'));
  expect(nameColours('vera')).not.toEqual(nameColours('wim'));
});
