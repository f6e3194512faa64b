import { useSyncExternalStore, type ReactElement } from 'react';
import { CloseButton } from './button.js';

interface Notice {
  id: number;
  about: string | undefined;
  text: string;
  tone: 'info' | 'warning';
  testId: string | undefined;
}

const kShownMs = 6000;
/** For what must not be missed by who looks elsewhere. */
const kLongMs = 20_000;
const kMost = 3;

let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

function dismiss(id: number): void {
  set(notices.filter((notice) => notice.id !== id));
}

interface Options {
  tone?: Notice['tone'];
  testId?: string;
  isLong?: boolean;
  /** There is one notice about a thing: the next takes its place, and `settle` takes it away. */
  about?: string;
}

/** Says something in passing: seen for a few seconds, and read out by screen readers. */
export function notify(text: string, { tone = 'info', testId, isLong = false, about }: Options = {}): void {
  const notice: Notice = { id: ++lastId, about, text, tone, testId };
  set([...notices.filter((one) => about === undefined || one.about !== about), notice].slice(-kMost));
  setTimeout(() => dismiss(notice.id), isLong ? kLongMs : kShownMs);
}

/** What was said about it is not true any more. */
export function settle(about: string): void {
  if (notices.some((one) => one.about === about)) set(notices.filter((one) => one.about !== about));
}

/** Nothing that was said about a show is news after it. */
export function clearNotices(): void {
  if (notices.length > 0) set([]);
}

export function shownNotices(): readonly Notice[] {
  return notices;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** In the bar at the top: in a place of their own they cover nothing that can be pressed. The newest is seen, all are read out. */
export function Notices(): ReactElement {
  const shown = useSyncExternalStore(subscribe, shownNotices);
  return (
    <div className="cs-notices" role="status" aria-live="polite">
      {shown.map((notice) => (
        <div key={notice.id} className="cs-notice" data-tone={notice.tone} data-testid={notice.testId}>
          <span>{notice.text}</span>
          <CloseButton onPress={() => dismiss(notice.id)} />
        </div>
      ))}
    </div>
  );
}
