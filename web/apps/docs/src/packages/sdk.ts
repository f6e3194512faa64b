/**
 * The headless SDK: rooms, invitations, stage, chat and media as live objects, for any framework or none. Begin with {@link createClient}.
 *
 * @module @costage/sdk
 */
export * from '@costage/sdk';
