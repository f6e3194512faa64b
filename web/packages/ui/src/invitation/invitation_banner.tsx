import { useAction, useNow } from '@costage/react';
import type { Invitation, RoomHandle } from '@costage/sdk';
import { type ReactElement } from 'react';
import { firstFocusHome } from '../base/focus_keeper.js';
import { secondsLeft } from '../base/format.js';
import { messages } from '../words/messages.js';
import { Avatar } from '../base/avatar.js';
import { Button } from '../base/button.js';
import { InvitationMenu } from './invitation_menu.js';
import { InviteeReadiness } from './invitee_readiness.js';
import { Problem } from '../base/problem.js';

interface Props {
  invitation: Invitation;
  /** Where the person watches it: with it, it is looked at whether they are ready. */
  room?: RoomHandle;
  onAccept: () => Promise<unknown>;
  onDecline: () => Promise<unknown>;
}

/** S-048, S-049: prominent, with the host's name, the title of the show and the time that is left. */
export function InvitationBanner({ invitation, room, onAccept, onDecline }: Props): ReactElement {
  const action = useAction();
  const now = useNow(true);
  const left = secondsLeft(invitation, now);
  return (
    <section
      className="cs-banner"
      aria-labelledby="invitation-title"
      data-testid="invitation-banner"
      data-invitation={invitation.invitationId}
      data-status={invitation.status}
    >
      <Avatar userId={invitation.inviterId} name={invitation.inviterName} large />
      <div className="cs-banner-text">
        <div role="alert">
          <h2 id="invitation-title" {...firstFocusHome}>{messages.invitation.title({ host: invitation.inviterName })}</h2>
          <p>{messages.invitation.lead({ title: invitation.roomTitle })}</p>
        </div>
        <p className="cs-countdown" aria-live="off">
          {messages.invitation.timeLeft({ seconds: left })}
        </p>
        <progress max={invitation.ttlSeconds} value={left} aria-hidden="true" />
        {room && <InviteeReadiness room={room} />}
        <Problem error={action.error} />
      </div>
      <div className="cs-actions">
        <InvitationMenu invitation={invitation} onDecline={onDecline} run={action.run} />
        <Button onPress={() => void action.run(onDecline)} isDisabled={action.busy} data-testid="decline">
          {messages.invitation.decline}
        </Button>
        <Button tone="primary" onPress={() => void action.run(onAccept)} isDisabled={action.busy} data-testid="accept">
          {messages.invitation.accept}
        </Button>
      </div>
    </section>
  );
}
