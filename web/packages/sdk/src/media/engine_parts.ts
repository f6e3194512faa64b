import type { Store } from '../store.js';
import type { BroadcasterData, ViewerData } from '../types.js';
import type { Devices } from './devices.js';
import type { ShowFeed } from './media_moves.js';
import type { MediaState } from './media_state.js';
import type { Watching } from './watching.js';

export interface MediaCredentials {
  viewer: () => Promise<ViewerData>;
  broadcaster: () => Promise<BroadcasterData>;
  /** Access to the seat of this very lease; refused when it has ended. */
  reclaim: (leaseId: string) => Promise<BroadcasterData>;
  /** Says when another media server carries the show. Without it a lost connection is the first sign of that. */
  feed?: ShowFeed;
}

/** What the facade has and shows, and the engine works with. */
export interface EngineParts {
  credentials: MediaCredentials;
  store: Store<MediaState>;
  devices: Devices;
  watching: Watching;
}
