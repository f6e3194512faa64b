import { expect, it } from 'vitest';
import { contrast, lightOf, type Light } from '../base/colours.js';
import { tokenColour } from '../testing/tokens.js';
import { kNameTones, nameColours } from './name_colour.js';

/** Linear light, by Björn Ottosson's definition of OKLab. */
function fromOklch(lightness: number, chroma: number, hue: number): Light {
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

it.each(['light', 'dark'] as const)('is read with 4.5:1 on whatever it stands in the %s scheme, whoever it is', (scheme) => {
  const { lightness, chroma } = kNameTones[scheme];
  for (const ground of ['surface', 'surface-2', 'accent-soft', 'ground']) {
    const worst = Math.min(...Array.from({ length: 360 }, (_, hue) => contrast(fromOklch(lightness, chroma, hue), lightOf(tokenColour(scheme, ground)))));
    expect(worst, ground).toBeGreaterThanOrEqual(4.5);
  }
});

it('is the same for the same person', () => {
  expect(nameColours('vera')).toEqual(nameColours('vera'));
  expect(nameColours('vera')).not.toEqual(nameColours('wim'));
});
