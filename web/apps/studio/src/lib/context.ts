import type { Client, ServerInfo, User } from '@costage/sdk';
import { createContext, use } from 'react';

export interface Session {
  client: Client;
  user: User;
  /** What the server says of me now. */
  onUser: (user: User) => void;
  /** Undefined until the server has told. */
  server: ServerInfo | undefined;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('useSession needs a SessionContext around it');
  return session;
}
