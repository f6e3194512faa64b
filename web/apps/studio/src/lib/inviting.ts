import { toCostageError, type CostageError } from '@costage/sdk';
import { useEffect, useState } from 'react';
import { useSession } from './context.js';
import { useAction } from './hooks.js';

export interface Inviting {
  busy: boolean;
  /** Resolves with whether it was done. */
  invite: () => Promise<boolean>;
  /** Why not; what passes by itself is in `retryAt` instead. */
  problem: CostageError | undefined;
  /** Of the server's time. Undefined as soon as it has come. */
  retryAt: number | undefined;
}

/** Inviting one person. Who has just declined can be asked again a little later: `knownRetryAt`, or what the refusal says. */
export function useInviting(send: () => Promise<unknown>, knownRetryAt?: number): Inviting {
  const { clock } = useSession().client;
  const action = useAction();
  const [toldRetryAt, setTold] = useState<number>();
  const retryAt = knownRetryAt ?? toldRetryAt;
  const isCooling = useIsBefore(retryAt);
  const attempt = async (): Promise<void> => {
    try {
      await send();
    } catch (cause) {
      const error = toCostageError(cause);
      if (isCoolDown(error)) setTold(clock.now() + (error.retryAfterSeconds ?? 0) * 1000);
      throw error;
    }
  };
  return {
    busy: action.busy,
    invite: () => action.run(attempt),
    problem: isCoolDown(action.error) ? undefined : action.error,
    retryAt: isCooling ? retryAt : undefined,
  };
}

function isCoolDown(error: CostageError | undefined): boolean {
  return error?.code === 'cooling_down' && error.retryAfterSeconds !== undefined;
}

/** Whether the server's time is before this instant; changes by itself when it comes. */
export function useIsBefore(at: number | undefined): boolean {
  const { clock } = useSession().client;
  const [passed, setPassed] = useState<number>();
  useEffect(() => {
    if (at === undefined) return;
    const timer = setTimeout(() => setPassed(at), Math.max(0, at - clock.now()));
    return () => clearTimeout(timer);
  }, [clock, at]);
  return at !== undefined && passed !== at;
}
