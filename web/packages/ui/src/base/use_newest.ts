import { useAction } from '@costage/react';
import type { CostageError } from '@costage/sdk';
import { useEffect, useRef, useState } from 'react';

export interface Newest<T> {
  /** With the changes that are not written yet. */
  value: T;
  /** Resolves with false when it was not written; then all is as the server has it. */
  edit: (change: (value: T) => T) => Promise<boolean>;
  error: CostageError | undefined;
}

/** A change shows at once and is written as soon as the one before it is: who presses fast loses no press. */
export function useNewest<T>(saved: T, save: (value: T) => Promise<unknown>): Newest<T> {
  const [draft, setDraft] = useState<T>();
  const wanted = useRef<T>(undefined);
  const writing = useRef<Promise<boolean>>(undefined);
  const latest = useRef(saved);
  latest.current = saved;
  const action = useAction();

  const drop = (): void => {
    wanted.current = undefined;
    setDraft(undefined);
  };
  // What is written comes back as an event, or somebody else has changed it since.
  useEffect(() => {
    if (!writing.current) drop();
  }, [saved]);

  const write = async (): Promise<void> => {
    let sent: T;
    let before: T;
    do {
      before = latest.current;
      sent = wanted.current ?? before;
      await save(sent);
    } while (wanted.current !== sent);
    if (latest.current !== before) drop();
  };

  const writeAll = async (): Promise<boolean> => {
    const isWritten = await action.run(write);
    writing.current = undefined;
    if (!isWritten) drop();
    return isWritten;
  };

  const edit: Newest<T>['edit'] = (change) => {
    wanted.current = change(wanted.current ?? latest.current);
    setDraft(wanted.current);
    return (writing.current ??= writeAll());
  };
  return { value: draft ?? saved, edit, error: action.error };
}
