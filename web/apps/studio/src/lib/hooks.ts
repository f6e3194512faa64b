import { CostageError, toCostageError, type Watchable } from '@costage/sdk';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useSession } from './context.js';

/** The current snapshot of a live object. The object has to stay the same between renders. */
export function useLive<T>(source: Watchable<T>): T {
  return useSyncExternalStore(source.subscribe, source.getSnapshot);
}

/** The server's time, renewed while `active`: instants of the server are never compared with the user's own clock. */
export function useNow(active: boolean, everyMs = 500): number {
  const { clock } = useSession().client;
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    if (!active) return;
    setNow(clock.now());
    const timer = setInterval(() => setNow(clock.now()), everyMs);
    return () => clearInterval(timer);
  }, [clock, active, everyMs]);
  return now;
}

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

export function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
