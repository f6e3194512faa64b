/** Red, green and blue as they are stored, 0 to 255. */
export type Pixel = readonly [red: number, green: number, blue: number];

const linear = (stored: number): number => {
  const value = stored / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

/** Red, green and blue in linear light, 0 to 1. */
export type Light = readonly [red: number, green: number, blue: number];

export const lightOf = ([red, green, blue]: Pixel): Light => [linear(red), linear(green), linear(blue)];

const luminance = ([red, green, blue]: Light): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** From 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(a: Light, b: Light): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** What stands on what, and how much they have to differ: 4.5 for text, 3 for signs (WCAG 2.2, 1.4.3 and 1.4.11). */
export const colourPairs: readonly (readonly [upon: string, below: string, least: number])[] = [
  ['ink', 'ground', 4.5],
  ['ink', 'surface', 4.5],
  ['ink', 'surface-2', 4.5],
  ['ink-2', 'ground', 4.5],
  ['ink-2', 'surface', 4.5],
  ['accent', 'surface', 4.5],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ['danger', 'danger-soft', 4.5],
  ['danger', 'surface', 4.5],
  ['good', 'surface', 4.5],
  ['warn', 'warn-soft', 4.5],
  ['on-stage', 'stage', 4.5],
  ['focus', 'ground', 3],
  ['focus', 'surface', 3],
];

export interface ColourProblem {
  /** Names of custom properties, without `--cs-`. */
  upon: string;
  below: string;
  contrast: number;
  least: number;
}

/** Which pairs are too alike to be read. */
export function problemsOf(colour: (name: string) => Pixel): ColourProblem[] {
  return colourPairs.flatMap(([upon, below, least]) => {
    const found = contrast(lightOf(colour(upon)), lightOf(colour(below)));
    return found < least ? [{ upon, below, contrast: Math.round(found * 100) / 100, least }] : [];
  });
}

/** Which of the colours that hold in an element of the kit are too alike: for tests and while choosing one's own. */
export function colourProblems(element: Element): ColourProblem[] {
  const probe = element.appendChild(document.createElement('span'));
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  try {
    return problemsOf((name) => {
      probe.style.color = `var(--cs-${name})`;
      canvas.fillStyle = getComputedStyle(probe).color;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [red, green, blue];
    });
  } finally {
    probe.remove();
  }
}
