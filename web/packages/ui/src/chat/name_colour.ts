import { hueOf } from '../base/format.js';

/** Lightness and strength that stand out by 4.5:1 from everything a name stands on, in every hue. */
export const kNameTones = { light: { lightness: 0.46, chroma: 0.11 }, dark: { lightness: 0.79, chroma: 0.1 } } as const;

/** What a person's name is written in, in each scheme. */
export function nameColours(userId: string): { '--name-light': string; '--name-dark': string } {
  const hue = hueOf(userId);
  const colour = ({ lightness, chroma }: { lightness: number; chroma: number }): string => `oklch(${lightness * 100}% ${chroma} ${hue})`;
  return { '--name-light': colour(kNameTones.light), '--name-dark': colour(kNameTones.dark) };
}
