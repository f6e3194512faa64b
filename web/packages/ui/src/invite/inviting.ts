import { useAction, useSession } from '@costage/react';
import { toCostageError, type CostageError } from '@costage/sdk';
import { useEffect, useState } from 'react';

export interface Inviting {
  busy: boolean;
  /** Resolves with whether it was done. While it is under way a second call does nothing: its button stays on, and keeps the focus. */
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
      setTold(retryAtOf(error, clock.now()));
      throw error;
    }
  };
  return {
    busy: action.busy,
    invite: () => action.run(attempt),
    problem: action.error?.code === 'cooling_down' ? undefined : action.error,
    retryAt: isCooling ? retryAt : undefined,
  };
}

/** From when somebody who has declined can be asked again; `now` is when the server said no. */
export function retryAtOf({ code, retryAfterSeconds }: CostageError, now: number): number | undefined {
  return code === 'cooling_down' && retryAfterSeconds !== undefined ? now + retryAfterSeconds * 1000 : undefined;
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
