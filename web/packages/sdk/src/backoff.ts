export interface Backoff {
  firstMs: number;
  maxMs: number;
}

export const kBackoff: Backoff = { firstMs: 500, maxMs: 15_000 };

/**
 * Wait before try number `attempt` (from 0): doubles up to the maximum, of which a random half is taken away so that many
 * clients that lost the same server do not come back in the same moment.
 */
export function backoffDelay(attempt: number, random: number, backoff: Backoff = kBackoff): number {
  const ceiling = Math.min(backoff.maxMs, backoff.firstMs * 2 ** Math.min(attempt, 20));
  return Math.round(ceiling * (1 - random / 2));
}
