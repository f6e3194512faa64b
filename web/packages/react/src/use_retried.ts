import { toCostageError, type Client, type CostageError } from '@costage/sdk';
import { useEffect, useRef, useState } from 'react';
import { useLive } from './use_live.js';

const kAgainMs = 3000;

export interface Answer<T> {
  data: T | undefined;
  error: CostageError | undefined;
}

/** Asks until there is an answer. After a refusal of the token it waits for another token instead of asking on. */
export function useRetried<T>(client: Client, ask: () => Promise<T>): Answer<T> {
  const { phase } = useLive(client.access);
  const newest = useRef(ask);
  newest.current = ask;
  const [answer, setAnswer] = useState<Answer<T> & { of: Client }>();
  const mine = answer?.of === client ? answer : undefined;
  const isAnswered = mine?.data !== undefined;
  useEffect(() => {
    if (isAnswered) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async (): Promise<void> => {
      try {
        const data = await newest.current();
        if (!stopped) setAnswer({ of: client, data, error: undefined });
      } catch (cause) {
        if (stopped) return;
        const error = toCostageError(cause);
        setAnswer({ of: client, data: undefined, error });
        if (!error.isAuthentication) timer = setTimeout(() => void look(), kAgainMs);
      }
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [client, phase, isAnswered]);
  return { data: mine?.data, error: mine?.error };
}
