import { useSyncExternalStore, type ReactElement } from 'react';
import { CloseButton } from '../parts/button.js';

interface Notice {
  id: number;
  text: string;
  tone: 'info' | 'warning';
  testId: string | undefined;
}

const kShownMs = 6000;
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

/** Says something in passing: seen for a few seconds, and read out by screen readers. */
export function notify(text: string, options: { tone?: Notice['tone']; testId?: string; stays?: boolean } = {}): void {
  const notice: Notice = { id: ++lastId, text, tone: options.tone ?? 'info', testId: options.testId };
  set([...notices, notice].slice(-kMost));
  if (!options.stays) setTimeout(() => dismiss(notice.id), kShownMs);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Notices(): ReactElement {
  const shown = useSyncExternalStore(subscribe, () => notices);
  return (
    <div className="notices" role="status" aria-live="polite">
      {shown.map((notice) => (
        <div key={notice.id} className="notice" data-tone={notice.tone} data-testid={notice.testId}>
          <span>{notice.text}</span>
          <CloseButton onPress={() => dismiss(notice.id)} />
        </div>
      ))}
    </div>
  );
}
