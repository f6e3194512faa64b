import { getServer, type Room, type ServerInfo } from '@costage/sdk';
import { useEffect, useState } from 'react';
import { serverUrl } from './base.js';
import { useAction } from './hooks.js';

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

/** Whether somebody who opens this show's plain address can get in from there. */
export function letsPeopleIn(server: ServerInfo | undefined, room: Pick<Room, 'policies'>): boolean {
  return room.policies.guestsMayWatch || (server !== undefined && (server.dev || server.loginUrl !== undefined));
}

/** The application's sign-in page, which comes back to `page`. The fragment stays here: it may hold a token. */
export function loginAddress(loginUrl: string, page: Pick<Location, 'origin' | 'pathname' | 'search'>): string {
  const url = new URL(loginUrl);
  url.searchParams.set('return', page.origin + page.pathname + page.search);
  return url.href;
}
