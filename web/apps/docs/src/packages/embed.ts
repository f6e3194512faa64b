/**
 * `<costage-show>`, a show in any page: {@link CostageShowElement}.
 *
 * @module @costage/embed
 */
export * from '@costage/embed';
