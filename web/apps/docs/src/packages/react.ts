/**
 * Hooks over the SDK's live objects. Begin with {@link CostageProvider}.
 *
 * @module @costage/react
 */
export * from '@costage/react';
