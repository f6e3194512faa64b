// @costage/sdk/server: for backends. WebCrypto and fetch alone, so it runs in Node 20, Deno, Bun and at the edge.
export type { ErrorCode } from '../error_codes.js';
export { CostageError } from '../errors.js';
export { Admin, createAdmin, type AdminOptions, type NewRoomFor } from './admin.js';
export type { AdminRoom } from './admin_room.js';
export { mintUserToken, type ApiKey, type UserTokenOptions } from './user_token.js';
export { verifyWebhook, type WebhookEvent, type WebhookName, type WebhookRequest } from './webhook.js';
