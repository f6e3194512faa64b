import { useAction } from '@costage/react';
import { getServer, type ServerInfo } from '@costage/sdk';
import { useEffect, useState } from 'react';
import { serverUrl } from './base.js';

/** The server's answer, asked again and again until it comes. */
export function useServer(): { server: ServerInfo | undefined; failed: boolean } {
  const [server, setServer] = useState<ServerInfo>();
  const { run, error, busy } = useAction();
  useEffect(() => {
    if (server || busy) return;
    const timer = setTimeout(() => void run(async () => setServer(await getServer(serverUrl()))), error ? 3000 : 0);
    return () => clearTimeout(timer);
  }, [server, busy, error, run]);
  return { server, failed: error !== undefined };
}
