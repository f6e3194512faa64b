import { toCostageError, type CostageError } from '@costage/sdk';
import { useEffect, useRef, useState } from 'react';

const kAgainMs = 3000;

export interface Answer<T> {
  data: T | undefined;
  error: CostageError | undefined;
}

/**
 * Asks until there is an answer; `of` another thing, anew. After a refusal of the token it waits for another `token` instead of asking
 * on: anything that changes with it will do.
 */
export function useRetried<T>(of: unknown, ask: () => Promise<T>, token?: unknown): Answer<T> {
  const newest = useRef(ask);
  newest.current = ask;
  const [answer, setAnswer] = useState<Answer<T> & { of: unknown }>();
  const mine = answer?.of === of ? answer : undefined;
  const isAnswered = mine?.data !== undefined;
  useEffect(() => {
    if (isAnswered) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async (): Promise<void> => {
      try {
        const data = await newest.current();
        if (!stopped) setAnswer({ of, data, error: undefined });
      } catch (cause) {
        if (stopped) return;
        const error = toCostageError(cause);
        setAnswer({ of, data: undefined, error });
        if (!error.isAuthentication) timer = setTimeout(() => void look(), kAgainMs);
      }
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [of, token, isAnswered]);
  return { data: mine?.data, error: mine?.error };
}
