export { PerFrame } from './per_frame.js';
export { CostageProvider, useClient, useSession, useUser, type CostageProviderProps, type Session } from './provider.js';
export { useAction, type Action } from './use_action.js';
export { useConnection, useServerAway } from './use_connection.js';
export { useLive } from './use_live.js';
export { useCountdown, useNow } from './use_now.js';
export { useOnline } from './use_online.js';
