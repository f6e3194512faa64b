import { clock } from '../base/format.js';
import { dateFormat } from '../words/figures.js';

const ofDay = dateFormat({ hour: '2-digit', minute: '2-digit' });
const ofYear = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' });

export function timeOfDay(at: string): string {
  return ofDay(new Date(at));
}

export function dayOfYear(at: string): string {
  return ofYear(new Date(at));
}

/** How long until then, in words of a clock. */
export function timeLeft(until: number, now: number): string {
  return clock(Math.ceil(Math.max(0, until - now) / 1000) * 1000);
}
