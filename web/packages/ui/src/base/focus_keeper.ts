/** Spread over what the focus may come to when it had to leave something that is gone; `first` before others. */
export const focusHome = { tabIndex: -1, 'data-focus-home': '' } as const;
export const firstFocusHome = { tabIndex: -1, 'data-focus-home': 'first' } as const;

/** Others come first: whoever takes something away may know better where the focus belongs. */
const kPatienceMs = 120;
/** A button that is off while it works comes on again. */
const kDisabledMs = 1500;

const kOverlay = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** What had the focus, and what it stood in, innermost first: once it is gone it does not know that any more. */
interface Held {
  element: HTMLElement;
  within: Element[];
}

/**
 * What has the focus and goes away, is switched off or is put elsewhere takes the focus with it: the keyboard would start again at the
 * top of the page, and a screen reader would fall silent. Then the focus comes back to it, or to the nearest home around where it was.
 */
export class FocusKeeper {
  private held: Held | undefined;
  /** What had it before a dialog or menu was opened. */
  private outside: Held | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lostAt: number | undefined;

  constructor(
    private readonly page: Document,
    /** What has the focus elsewhere is not looked after. */
    private readonly within: Element = page.body,
    private readonly now: () => number = () => performance.now(),
  ) {}

  start(): () => void {
    const { page } = this;
    const onFocus = (event: FocusEvent): void => this.hold(event.target);
    const onPress = ({ target }: PointerEvent): void => this.forget(target instanceof Element && target.closest(kOverlay) !== null);
    const changes = new MutationObserver(() => this.look());
    page.addEventListener('focusin', onFocus);
    page.addEventListener('pointerdown', onPress, true);
    changes.observe(page.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'hidden'] });
    return () => {
      clearTimeout(this.timer);
      changes.disconnect();
      page.removeEventListener('focusin', onFocus);
      page.removeEventListener('pointerdown', onPress, true);
    };
  }

  private hold(target: EventTarget | null): void {
    if (!(target instanceof HTMLElement) || target === this.page.body) return;
    if (!this.within.contains(target)) return this.forget(false);
    const within: Element[] = [];
    for (let one = target.parentElement; one; one = one.parentElement) within.push(one);
    this.held = { element: target, within };
    if (!target.closest(kOverlay)) this.outside = this.held;
    this.lostAt = undefined;
  }

  /** Who presses beside everything wants the focus nowhere. A press in a dialog says nothing about where it was opened. */
  private forget(isInOverlay: boolean): void {
    this.held = this.lostAt = undefined;
    if (!isInOverlay) this.outside = undefined;
  }

  private isLost(): boolean {
    const { activeElement, body } = this.page;
    return this.held !== undefined && (activeElement === null || activeElement === body);
  }

  private look(): void {
    if (this.timer !== undefined) return;
    // A button that is switched off loses the focus only when the page is painted next.
    if (!this.isLost() && !this.held?.element.matches(':disabled')) return;
    this.lostAt ??= this.now();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.bringBack();
    }, kPatienceMs);
  }

  private bringBack(): void {
    const { held, outside, lostAt } = this;
    if (!this.isLost() || !held) return;
    const isOff = held.element.isConnected && held.element.matches(':disabled');
    if (isOff && this.now() - (lostAt ?? 0) < kDisabledMs) return this.look();
    if (takes(held.element)) return;
    if (outside && outside !== held && takes(outside.element)) return;
    for (const place of [...held.within, ...(outside?.within ?? [])]) if (this.goHome(place)) return;
    // There may be none yet: a page that is being loaded.
  }

  private goHome(place: Element): boolean {
    if (!place.isConnected || place === this.page.body || place === this.page.documentElement) return false;
    const inside = place.querySelectorAll<HTMLElement>('[data-focus-home]');
    const homes = place instanceof HTMLElement && 'focusHome' in place.dataset ? [place, ...inside] : [...inside];
    const first = homes.filter((one) => one.dataset['focusHome'] === 'first');
    return [...first, ...homes].some(takes);
  }
}

function takes(element: HTMLElement): boolean {
  if (!element.isConnected) return false;
  element.focus({ preventScroll: true });
  return element.ownerDocument.activeElement === element;
}
