/**
 * For your backend, which alone has the API secret: tokens, rooms, webhooks. Begin with {@link createAdmin}.
 *
 * @module @costage/sdk/server
 */
export * from '@costage/sdk/server';
