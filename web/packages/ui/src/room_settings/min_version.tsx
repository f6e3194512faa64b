import { useClient } from '@costage/react';
import type { RoomHandle } from '@costage/sdk';
import type { FormEvent, ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { Text } from '../base/field.js';
import { Problem } from '../base/problem.js';
import { useDraft } from '../base/use_draft.js';

interface Props {
  room: RoomHandle;
  saved: string;
}

export function MinVersion({ room, saved }: Props): ReactElement {
  const draft = useDraft(saved, (minClientVersion) => room.update({ policies: { minClientVersion } }));
  const { clientVersion } = useClient();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    draft.leave();
  };
  return (
    <form className="cs-setting-version" onSubmit={submit}>
      <Text
        label={messages.settings.invitees.minVersion}
        description={messages.settings.invitees.minVersionHint({ own: clientVersion ?? '' })}
        value={draft.value}
        onChange={draft.set}
        onBlur={draft.leave}
        isInvalid={draft.error !== undefined}
        testId="setting-min-version"
      />
      <Problem error={draft.error} />
    </form>
  );
}
