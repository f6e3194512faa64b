import { backoffDelay } from '../backoff.js';
import type { CostageError } from '../errors.js';

/** Refusals that pass by themselves or with a fresh token; every other 4xx is an answer. */
const kPassing: ReadonlySet<number> = new Set([401, 408, 429]);

/** Asking again would bring the same answer. */
export function isFinal(error: CostageError | undefined): boolean {
  return error !== undefined && error.status >= 400 && error.status < 500 && !kPassing.has(error.status);
}

/** One try after the other, each later than the one before, until one has worked. */
export class Retries {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lost = 0;

  next(work: () => void): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(work, backoffDelay(this.lost++, Math.random()));
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  worked(): void {
    this.lost = 0;
  }
}
