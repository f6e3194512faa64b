import { useEffect, useRef, useState, type RefObject } from 'react';
import { fateOf, kRestMs, type Press } from './drag.js';

/** Who is dragged, and over whom. */
export interface Dragging {
  userId: string;
  over: string | undefined;
}

/**
 * Drags what carries `data-drag-id` inside `box`, by mouse, pen or finger. Escape, and letting go elsewhere, leave all as it was.
 * Without `drop` nothing can be dragged. The keyboard has the menu of the tile.
 */
export function useDragOrder(box: RefObject<HTMLElement | null>, drop: ((userId: string, over: string) => void) | undefined): Dragging | undefined {
  const [dragging, setDragging] = useState<Dragging>();
  const latest = useRef(drop);
  latest.current = drop;
  const isOn = drop !== undefined;
  useEffect(() => {
    if (!isOn || !box.current) return;
    const gesture = new Gesture(box.current, setDragging, (userId, over) => latest.current?.(userId, over));
    return () => gesture.end();
  }, [box, isOn]);
  return dragging;
}

const idAt = (element: Element | null): string | undefined => element?.closest<HTMLElement>('[data-drag-id]')?.dataset['dragId'];

/** From the press to letting go. */
class Gesture {
  private press: Press | undefined;
  private dragging: Dragging | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listening = new AbortController();

  constructor(
    box: HTMLElement,
    private readonly show: (dragging: Dragging | undefined) => void,
    private readonly drop: (userId: string, over: string) => void,
  ) {
    const { signal } = this.listening;
    box.addEventListener('pointerdown', (event) => this.onDown(event), { signal });
    window.addEventListener('pointermove', (event) => this.onMove(event), { signal });
    window.addEventListener('pointerup', ({ isPrimary }) => isPrimary && this.onUp(), { signal });
    window.addEventListener('pointercancel', ({ isPrimary }) => isPrimary && this.stop(), { signal });
    window.addEventListener('keydown', (event) => this.onKey(event), { signal, capture: true });
    // A finger that drags does not scroll, and opens no menu of the browser.
    const hold = (event: Event): void => {
      if (this.dragging && event.cancelable) event.preventDefault();
    };
    box.addEventListener('touchmove', hold, { signal, passive: false });
    box.addEventListener('contextmenu', hold, { signal });
  }

  end(): void {
    this.stop();
    this.listening.abort();
  }

  private onDown({ target, button, isPrimary, pointerType, clientX: x, clientY: y }: PointerEvent): void {
    const element = target instanceof Element ? target : null;
    const userId = idAt(element);
    if (userId === undefined || !isPrimary || button !== 0 || element?.closest('button')) return;
    const isTouch = pointerType === 'touch';
    this.press = { userId, isTouch, x, y };
    if (isTouch) this.timer = setTimeout(() => this.begin(userId), kRestMs);
  }

  private onMove({ isPrimary, clientX: x, clientY: y }: PointerEvent): void {
    if (!this.press || !isPrimary) return;
    const fate = this.dragging ? 'drags' : fateOf(this.press, x, y);
    if (fate === 'ends') this.stop();
    if (fate !== 'drags') return;
    if (!this.dragging) this.begin(this.press.userId);
    const over = idAt(document.elementFromPoint(x, y));
    this.set({ userId: this.press.userId, over: over === this.press.userId ? undefined : over });
  }

  private onUp(): void {
    const { dragging } = this;
    this.stop();
    if (dragging?.over !== undefined) this.drop(dragging.userId, dragging.over);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.dragging) return;
    event.stopPropagation();
    this.stop();
  }

  private begin(userId: string): void {
    getSelection()?.removeAllRanges();
    this.set({ userId, over: undefined });
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.press = undefined;
    if (this.dragging) this.set(undefined);
  }

  private set(dragging: Dragging | undefined): void {
    const isSame = dragging?.userId === this.dragging?.userId && dragging?.over === this.dragging?.over;
    this.dragging = dragging;
    if (!isSame) this.show(dragging);
  }
}
