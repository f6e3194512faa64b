import { locale } from './languages.js';

const inUnit = (value: number, unit: string): string => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(value);

/** As short as it is exact: "30 sec", "10 min", "2 hr". */
export function duration(seconds: number): string {
  if (seconds < 60) return inUnit(seconds, 'second');
  return seconds % 3600 === 0 ? inUnit(seconds / 3600, 'hour') : inUnit(seconds / 60, 'minute');
}

export const milliseconds = (value: number): string => inUnit(Math.round(value), 'millisecond');

const rounded = (value: number, step: number): number => Math.max(step, Math.round(value / step) * step);

/** Not more exact than it was measured. */
export function rate(kbps: number): string {
  const [value, unit] = kbps < 950 ? [rounded(kbps, 50), 'kbit/s'] : [Math.round(kbps / 100) / 10, 'Mbit/s'];
  return `${new Intl.NumberFormat(locale).format(value)} ${unit}`;
}

/** A way to write times. Making one takes longer than to write a hundred with it. */
export function dateFormat(options: Intl.DateTimeFormatOptions): (time: Date) => string {
  let format: Intl.DateTimeFormat | undefined;
  let madeFor = '';
  return (time) => {
    if (!format || madeFor !== locale) [format, madeFor] = [new Intl.DateTimeFormat(locale, options), locale];
    return format.format(time);
  };
}

export const timeOfDay = dateFormat({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const day = dateFormat({ day: 'numeric', month: 'long', year: 'numeric' });
export const dayAndTime = dateFormat({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** As it is listed in a sentence, without "and". */
export const listed = (parts: readonly string[]): string => new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(parts);
