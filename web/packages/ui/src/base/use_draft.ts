import { useAction } from '@costage/react';
import type { CostageError } from '@costage/sdk';
import { useState } from 'react';

interface Draft {
  /** What stands in the field. */
  value: string;
  set: (text: string) => void;
  /** Why it was not taken. */
  error: CostageError | undefined;
  /** The field is left. */
  leave: () => void;
}

/** A field that is saved when it is left. What the server does not take stays in it, with the reason. */
export function useDraft(saved: string, save: (text: string) => Promise<unknown>): Draft {
  const [draft, setDraft] = useState<string>();
  const action = useAction();
  const leave = async (): Promise<void> => {
    const text = draft?.trim();
    if (text === undefined) return;
    if (text === saved) action.clear();
    else if (!(await action.run(() => save(text)))) return;
    // What is typed meanwhile is another draft.
    setDraft((now) => (now?.trim() === text ? undefined : now));
  };
  return { value: draft ?? saved, set: setDraft, error: action.error, leave: () => void leave() };
}
