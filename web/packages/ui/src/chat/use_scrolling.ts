import type { LiveChat } from '@costage/sdk';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

const kAtEnd = 40;
const kNearTop = 80;

export interface Scrolling {
  list: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  onScroll: () => void;
  toEnd: () => void;
}

/** The first line that is seen, and where. */
interface Anchor {
  id: string;
  top: number;
}

/**
 * At the end the newest is always seen; elsewhere what is read stays where it is, whatever comes or goes around it. (Browsers
 * can do the latter by themselves, Safari cannot.)
 */
export function useScrolling(chat: LiveChat, lines: unknown, onNearTop: () => void): Scrolling {
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const anchor = useRef<Anchor>(undefined);
  const [isAtEnd, setAtEnd] = useState(true);

  const look = useCallback((): void => {
    const box = list.current;
    if (!box) return;
    const now = box.scrollHeight - box.scrollTop - box.clientHeight < kAtEnd;
    anchor.current = now ? undefined : firstSeen(box);
    if (now === atEnd.current) return;
    atEnd.current = now;
    setAtEnd(now);
    chat.setReadingBack(!now);
  }, [chat]);

  const toEnd = useCallback((): void => {
    const box = list.current;
    if (!box) return;
    box.scrollTop = box.scrollHeight;
    look();
  }, [look]);

  const onScroll = (): void => {
    look();
    if (!atEnd.current && (list.current?.scrollTop ?? kNearTop) < kNearTop) onNearTop();
  };

  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    if (atEnd.current) box.scrollTop = box.scrollHeight;
    else if (anchor.current) holdAt(box, anchor.current);
  }, [lines]);

  // The sheet grows and shrinks with the keyboard of a phone.
  useEffect(() => {
    const box = list.current;
    if (!box || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  useEffect(() => () => chat.setReadingBack(false), [chat]);
  return { list, isAtEnd, onScroll, toEnd };
}

function firstSeen(box: HTMLElement): Anchor | undefined {
  const top = box.getBoundingClientRect().top;
  for (const line of box.querySelectorAll<HTMLElement>('[data-message-id]')) {
    const rect = line.getBoundingClientRect();
    if (rect.bottom > top) return { id: line.dataset['messageId']!, top: rect.top - top };
  }
  return undefined;
}

function holdAt(box: HTMLElement, { id, top }: Anchor): void {
  const line = lineOf(box, id);
  if (line) box.scrollTop += line.getBoundingClientRect().top - box.getBoundingClientRect().top - top;
}

export function lineOf(box: HTMLElement, messageId: string): HTMLElement | null {
  return box.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(messageId)}"]`);
}
