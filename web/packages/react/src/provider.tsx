import type { Access, Client, CostageError, ServerInfo, User } from '@costage/sdk';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { useLive } from './use_live.js';
import { useRetried } from './use_retried.js';

/** Who is here, and over which connection. */
export interface Session {
  client: Client;
  user: User;
  /** The server has answered something new about me. */
  onUser: (user: User) => void;
  /** Undefined until the server has told. */
  server: ServerInfo | undefined;
}

const SessionContext = createContext<Session | undefined>(undefined);

export interface CostageProviderProps {
  client: Client;
  children?: ReactNode;
  /** Shown until the server has said who I am; also what a server renders. */
  fallback?: ReactNode;
  /** Shown instead of `fallback` while that fails. It goes on trying, unless the token itself is refused: then until it is another one. */
  failed?: (error: CostageError) => ReactNode;
}

/** Puts a client within reach of all hooks below it. It neither makes nor closes the client. */
export function CostageProvider({ client, children, fallback, failed }: CostageProviderProps): ReactNode {
  const { phase } = useLive(client.access);
  const me = useMe(client, phase);
  const server = useRetried(client, () => client.server(), phase).data;
  const { user, onUser, error } = me;
  const session = useMemo(() => user && { client, user, onUser, server }, [client, user, onUser, server]);
  if (session) return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>;
  return error && failed ? failed(error) : fallback;
}

function useMe(client: Client, phase: Access['phase']): { user: User | undefined; onUser: (user: User) => void; error: CostageError | undefined } {
  const { data, error } = useRetried(client, () => client.me(), phase);
  const [newer, setNewer] = useState<{ client: Client; user: User }>();
  const onUser = useCallback((user: User) => setNewer({ client, user }), [client]);
  return { user: newer?.client === client ? newer.user : data, onUser, error };
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Hooks of @costage/react need a <CostageProvider> around them.');
  return session;
}

export function useClient(): Client {
  return useSession().client;
}

/** Me, as the server knows me. */
export function useUser(): User {
  return useSession().user;
}
