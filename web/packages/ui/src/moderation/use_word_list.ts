import { type Action, useAction } from '@costage/react';
import type { RoomHandle, WordList } from '@costage/sdk';
import { useMemo, useState } from 'react';
import { isSameList } from './word_list.js';

export interface EditedWords {
  /** Undefined until they are there. */
  list: WordList | undefined;
  isChanged: boolean;
  loading: Action;
  saving: Action;
  load: () => void;
  edit: (change: (list: WordList) => WordList) => void;
  drop: () => void;
  /** Resolves with false when the server does not take it; what was written stays. */
  save: () => Promise<boolean>;
}

/** The words of a show are read, changed, and saved as a whole. */
export function useWordList(room: RoomHandle): EditedWords {
  const [saved, setSaved] = useState<WordList>();
  const [draft, setDraft] = useState<WordList>();
  const loading = useAction();
  const saving = useAction();
  const list = draft ?? saved;
  return useMemo(
    () => ({
      list,
      isChanged: draft !== undefined && saved !== undefined && !isSameList(draft, saved),
      loading,
      saving,
      load: () => void loading.run(async () => setSaved(await room.chat.words())),
      edit: (change) => {
        saving.clear();
        if (list) setDraft(change(list));
      },
      drop: () => {
        saving.clear();
        setDraft(undefined);
      },
      save: () =>
        saving.run(async () => {
          if (draft) setSaved(await room.chat.setWords(draft));
          setDraft(undefined);
        }),
    }),
    [room, list, draft, saved, loading, saving],
  );
}
