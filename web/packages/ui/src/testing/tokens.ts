import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Pixel } from '../base/colours.js';

export type Scheme = 'light' | 'dark';

export const tokens = readFileSync(fileURLToPath(new URL('../styles/tokens.css', import.meta.url)), 'utf8');

/** A colour of the style sheet, by its name without `--cs-`. */
export function tokenColour(scheme: Scheme, name: string): Pixel {
  const value = new RegExp(`--cs-${name}: ([^;]+);`).exec(tokens)![1]!;
  const [light, dark = light] = value.match(/#[0-9a-f]{6}/g)!;
  const hex = (scheme === 'light' ? light : dark)!;
  const channel = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}
