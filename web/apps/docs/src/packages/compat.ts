/**
 * The names of the published co-hosting guides over the same client. Begin with {@link setActiveClient}.
 *
 * @module @costage/sdk/compat
 */
export * from '@costage/sdk/compat';
