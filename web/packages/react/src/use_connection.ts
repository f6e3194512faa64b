import type { Connection } from '@costage/sdk';
import { useClient } from './provider.js';
import { useLive } from './use_live.js';
import { useOnline } from './use_online.js';

/** State of the realtime connection. */
export function useConnection(): Connection {
  return useLive(useClient().connection);
}

/** Whether what the page shows may be old. */
export function useServerAway(): boolean {
  const { phase, attempt } = useConnection();
  const online = useOnline();
  return !online || phase === 'waiting' || (phase === 'connecting' && attempt > 0);
}
