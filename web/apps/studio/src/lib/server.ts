import { useRetried } from '@costage/react';
import { getServer, type ServerInfo } from '@costage/sdk';
import { serverUrl } from './base.js';

export function useServer(): { server: ServerInfo | undefined; failed: boolean } {
  const { data, error } = useRetried('server', () => getServer(serverUrl()));
  return { server: data, failed: error !== undefined };
}
