import type { ConnectionReadiness, CostageError, LiveFinding, ProbeResult } from '@costage/sdk';
import { rate, milliseconds } from './figures.js';
import { language, messages } from './languages.js';

export { messages } from './languages.js';

/** Words for people; refusals that are not known here bring their own sentence. */
export function wordsFor(error: CostageError): string {
  const words = wordsForCode(error);
  const { retryAfterSeconds } = error;
  return retryAfterSeconds ? `${words} ${messages.retryIn({ seconds: Math.ceil(retryAfterSeconds) })}` : words;
}

/** The same without when to try again. */
export function wordsForCode({ code, message }: CostageError): string {
  const known: Record<string, string | undefined> = messages.errors;
  return known[code] ?? (message || messages.errors.unexpected);
}

/** What the host said to a request, to whom it was theirs. */
export function declinedWords(reason: string | undefined): string {
  return reason ? messages.requests.declinedBecause({ reason }) : messages.requests.declined;
}

export function wordsForConnection({ phase, result, error }: ConnectionReadiness): string {
  const { readiness } = messages;
  if (phase !== 'done') return readiness.checking;
  if (error || !result) return readiness.unknown;
  return result.grade === 'good' ? readiness.good : worstOf(result);
}

function worstOf({ grade, reasons, sendKbps = 0, lossRatio = 0, roundTripMs = 0 }: ProbeResult): string {
  const words = messages.readiness.because[grade === 'poor' ? 'poor' : 'fair'];
  switch (reasons[0]) {
    case 'bandwidth':
      return words.bandwidth({ rate: rate(sendKbps) });
    case 'loss':
      return words.loss({ ratio: lossRatio });
    case 'delay':
      return words.delay({ time: milliseconds(roundTripMs) });
    default:
      return words.none;
  }
}

export type FindingReader = 'host' | 'self';

// In English the server's own sentence counts how often.
const kServerCounts: readonly string[] = ['keeps_dropping', 'dropped_recently'];

/** By code and reader; anything else shows the sentence that the server sent. */
export function wordsForFinding({ code, detail, advice }: LiveFinding, reader: FindingReader): { detail: string; advice: string | undefined } {
  const known: Record<string, { detail: string; advice: string } | undefined> = messages.findings[reader];
  const words = language === 'en' && kServerCounts.includes(code) ? undefined : known[code];
  return { detail: words?.detail ?? detail, advice: (words?.advice ?? advice) || undefined };
}
