import { locale } from './languages.js';

/** What writes in the language of now. Making one takes longer than to write a hundred times with it. */
function kept<Format>(make: (locale: string) => Format): () => Format {
  let format: Format | undefined;
  let madeFor = '';
  return () => {
    if (format === undefined || madeFor !== locale) [format, madeFor] = [make(locale), locale];
    return format;
  };
}

type Unit = 'millisecond' | 'second' | 'minute' | 'hour' | 'kilobyte' | 'megabyte' | 'gigabyte';

const unitFormat = (unit: Unit): (() => Intl.NumberFormat) => kept((tag) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }));
const units = { millisecond: unitFormat('millisecond'), second: unitFormat('second'), minute: unitFormat('minute'), hour: unitFormat('hour'), kilobyte: unitFormat('kilobyte'), megabyte: unitFormat('megabyte'), gigabyte: unitFormat('gigabyte') };
const plainNumber = kept((tag) => new Intl.NumberFormat(tag));
const list = kept((tag) => new Intl.ListFormat(tag, { type: 'unit', style: 'short' }));

const inUnit = (value: number, unit: Unit): string => units[unit]().format(value);

/** As short as it is exact: "30 sec", "10 min", "2 hr". */
export function duration(seconds: number): string {
  if (seconds < 60) return inUnit(seconds, 'second');
  return seconds % 3600 === 0 ? inUnit(seconds / 3600, 'hour') : inUnit(seconds / 60, 'minute');
}

/** As file managers write it. */
export function fileSize(bytes: number): string {
  if (bytes < 1e6) return inUnit(Math.ceil(bytes / 1e3), 'kilobyte');
  return bytes < 1e9 ? inUnit(bytes / 1e6, 'megabyte') : inUnit(bytes / 1e9, 'gigabyte');
}

export const milliseconds = (value: number): string => inUnit(Math.round(value), 'millisecond');

const rounded = (value: number, step: number): number => Math.max(step, Math.round(value / step) * step);

/** Not more exact than it was measured. */
export function rate(kbps: number): string {
  const [value, unit] = kbps < 950 ? [rounded(kbps, 50), 'kbit/s'] : [Math.round(kbps / 100) / 10, 'Mbit/s'];
  return `${plainNumber().format(value)} ${unit}`;
}

/** A way to write times. */
export function dateFormat(options: Intl.DateTimeFormatOptions): (time: Date) => string {
  const format = kept((tag) => new Intl.DateTimeFormat(tag, options));
  return (time) => format().format(time);
}

export const timeOfDay = dateFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const day = dateFormat({ day: 'numeric', month: 'long', year: 'numeric' });
export const plannedTime = dateFormat({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
export const dayAndTime = dateFormat({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** As it is listed in a sentence, without "and". */
export const listed = (parts: readonly string[]): string => list().format(parts);
