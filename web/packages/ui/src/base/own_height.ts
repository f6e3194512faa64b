/** As a `ref`: tells the styles how high the element is, as `--own-height`. */
export function ownHeight(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined;
  const sizes = new ResizeObserver(() => element.style.setProperty('--own-height', `${element.offsetHeight}px`));
  sizes.observe(element);
  return () => sizes.disconnect();
}
