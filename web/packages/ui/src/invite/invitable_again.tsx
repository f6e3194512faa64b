import { useNow } from '@costage/react';
import type { ReactElement } from 'react';
import { clock } from '../base/format.js';
import { messages } from '../words/messages.js';

/** Counts down to when somebody can be invited again, an instant of the server's time. */
export function InvitableAgain({ at, id }: { at: number; id?: string }): ReactElement {
  const now = useNow(true);
  const seconds = Math.max(0, Math.ceil((at - now) / 1000));
  return (
    <span className="cs-row-status" id={id} aria-live="off" data-testid="invitable-again" data-seconds={seconds}>
      {messages.inviting.again({ time: clock(seconds * 1000) })}
    </span>
  );
}
