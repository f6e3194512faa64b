export { Client, createClient, createDevToken, getServer, type ClientOptions, type RoomFilter } from './client.js';
export type { Clock } from './clock.js';
export { CostageError, toCostageError } from './errors.js';
export type { TokenSource } from './http.js';
export type { InvitationFilter, LiveInvitation } from './invitation.js';
export type { Live } from './live.js';
export type { DeviceList, Devices } from './media/devices.js';
export { createPreview, Preview, type PreviewState } from './media/preview.js';
export {
  StageMedia,
  type MediaParticipant,
  type MediaPhase,
  type MediaState,
  type StageOptions,
} from './media/stage_media.js';
export type { Connection, ConnectionPhase } from './realtime.js';
export type { RoomHandle } from './room.js';
export type { Listener, Observable, Unsubscribe } from './store.js';
export type * from './types.js';
export type { WatcherFilter, Watchers } from './watchers.js';
