import { useEffect, useState } from 'react';
import { useClient } from './provider.js';

/** The server's time in ms, renewed while `active`: instants of the server are never compared with the user's own clock. */
export function useNow(active: boolean, everyMs = 500): number {
  const { clock } = useClient();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    if (!active) return;
    setNow(clock.now());
    const timer = setInterval(() => setNow(clock.now()), everyMs);
    return () => clearInterval(timer);
  }, [clock, active, everyMs]);
  return now;
}

/** Whole seconds until an instant of the server (ISO 8601 or ms), down to 0; 0 without one. Right on machines whose clock is wrong. */
export function useCountdown(until: string | number | undefined): number {
  const end = typeof until === 'string' ? Date.parse(until) : (until ?? 0);
  const now = useNow(end > 0);
  return Math.max(0, Math.ceil((end - now) / 1000));
}
