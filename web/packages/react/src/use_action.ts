import { toCostageError, type CostageError } from '@costage/sdk';
import { useCallback, useRef, useState } from 'react';

/** Something that a person sets off and that may be refused. */
export interface Action {
  busy: boolean;
  error: CostageError | undefined;
  clear: () => void;
  /** Resolves with false when it failed; the error is then shown. A second call while busy does nothing. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CostageError>();
  const running = useRef(false);
  const run = useCallback(async (work: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(undefined);
    try {
      await work();
      return true;
    } catch (cause) {
      setError(toCostageError(cause));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setError(undefined), []);
  return { busy, error, clear, run };
}
