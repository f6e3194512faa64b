import { useSyncExternalStore, type ReactElement } from 'react';

let said = '';
const listeners = new Set<() => void>();

/** Tells screen readers what others see: that something has moved. */
export function announce(text: string): void {
  // The same words twice are two pieces of news only where something differs.
  said = text === said ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Announcer(): ReactElement {
  const text = useSyncExternalStore(subscribe, () => said);
  return <p className="cs-sr-only" role="status" data-testid="announcer">{text}</p>;
}
