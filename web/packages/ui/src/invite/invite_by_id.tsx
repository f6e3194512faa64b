import { useAction } from '@costage/react';
import type { RoomHandle } from '@costage/sdk';
import { useRef, useState, type FormEvent, type ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Text } from '../base/field.js';
import { Problem } from '../base/problem.js';

const kMaxUserId = 128;

/** Invites people whom the list of watchers does not show. What becomes of it is said by the list of invitations. */
export function InviteById({ room }: { room: RoomHandle }): ReactElement {
  const [userId, setUserId] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const action = useAction();
  const wanted = userId.trim();
  const change = (text: string): void => {
    setUserId(text);
    action.clear();
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (wanted === '' || action.busy) return;
    if (await action.run(() => room.invitations.create(wanted))) setUserId('');
    // The button was off meanwhile and lost the focus; the next thing to do is here in both cases.
    input.current?.focus();
  };
  return (
    <form className="cs-panel-part" onSubmit={(event) => void submit(event)} aria-labelledby="invite-by-id">
      <h2 id="invite-by-id">{messages.host.inviteById}</h2>
      <div className="cs-invite-row">
        <Text
          label={messages.host.userId}
          description={messages.host.userIdHint}
          value={userId}
          onChange={change}
          maxLength={kMaxUserId}
          isInvalid={action.error !== undefined}
          inputRef={input}
          testId="invite-by-id-input"
        />
        <Button type="submit" icon="invite" isDisabled={action.busy || wanted === ''} data-testid="invite-by-id-send">
          {messages.host.invite}
        </Button>
      </div>
      <Problem error={action.error} />
    </form>
  );
}
