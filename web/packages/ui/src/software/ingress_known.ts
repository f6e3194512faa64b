import { toCostageError, type CostageError, type Ingress } from '@costage/sdk';

/** What is known of one's own ingress: undefined before it was asked for, null where there is none. */
export interface Known {
  ingress: Ingress | null | undefined;
  /** The last look was not answered; what was known stays. */
  error: CostageError | undefined;
}

export const kNothingKnown: Known = { ingress: undefined, error: undefined };
export const kNone: Known = { ingress: null, error: undefined };

const kPassing: readonly number[] = [401, 408, 429];

/** A refusal is an answer: there is none for this person, now. A connection that is away, or a server in need, says nothing. */
export function afterFailure(before: Known, cause: unknown): Known {
  const error = toCostageError(cause);
  const isRefusal = error.status >= 400 && error.status < 500 && !kPassing.includes(error.status);
  return isRefusal ? kNone : { ...before, error };
}
