import { useAction, useClient } from '@costage/react';
import type { RoomHandle } from '@costage/sdk';
import { useState, type FormEvent, type ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { Text } from '../base/field.js';
import { Problem } from '../base/problem.js';

interface Props {
  room: RoomHandle;
  saved: string;
}

/** Saved when the field is left. What the server does not take stays in the field, with the reason. */
export function MinVersion({ room, saved }: Props): ReactElement {
  const [draft, setDraft] = useState<string>();
  const action = useAction();
  const { clientVersion } = useClient();
  const save = async (): Promise<void> => {
    const version = draft?.trim();
    if (version === undefined) return;
    if (version === saved) action.clear();
    else if (!(await action.run(() => room.update({ policies: { minClientVersion: version } })))) return;
    // What is typed meanwhile is another draft.
    setDraft((now) => (now?.trim() === version ? undefined : now));
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <form className="cs-setting-version" onSubmit={submit}>
      <Text
        label={messages.settings.invitees.minVersion}
        description={messages.settings.invitees.minVersionHint({ own: clientVersion ?? '' })}
        value={draft ?? saved}
        onChange={setDraft}
        onBlur={() => void save()}
        isInvalid={action.error !== undefined}
        testId="setting-min-version"
      />
      <Problem error={action.error} />
    </form>
  );
}
