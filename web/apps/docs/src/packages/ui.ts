/**
 * Components, up to the whole show in one element: {@link CoHostedShow}.
 *
 * @module @costage/ui
 */
export * from '@costage/ui';
