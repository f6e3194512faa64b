import { clock } from '../base/format.js';
import { messages } from '../words/messages.js';

// Made once: making one takes longer than a hundred messages do.
const ofDay = new Intl.DateTimeFormat(messages.language, { hour: '2-digit', minute: '2-digit' });
const ofYear = new Intl.DateTimeFormat(messages.language, { weekday: 'long', day: 'numeric', month: 'long' });

export function timeOfDay(at: string): string {
  return ofDay.format(Date.parse(at));
}

export function dayOfYear(at: string): string {
  return ofYear.format(Date.parse(at));
}

/** How long until then, in words of a clock. */
export function timeLeft(until: number, now: number): string {
  return clock(Math.ceil(Math.max(0, until - now) / 1000) * 1000);
}
