import { useSession } from '@costage/react';
import type { Invitation } from '@costage/sdk';
import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { rememberBlockedName } from '../blocks/blocked_names.js';
import { notify } from '../base/notices.js';
import { messages } from '../words/messages.js';
import { IconButton } from '../base/button.js';

interface Props {
  invitation: Invitation;
  onDecline: () => Promise<unknown>;
  run: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** For those who are invited too often, or by the wrong people. */
export function InvitationMenu({ invitation, onDecline, run }: Props): ReactElement {
  const { client, user, onUser } = useSession();
  const { inviterId, inviterName } = invitation;
  const words = messages.account.fromInvitation;
  // The wish first: an invitation that runs out meanwhile must not stand in its way.
  const block = async (): Promise<void> => {
    await client.blocks.add(inviterId);
    rememberBlockedName(user.userId, inviterId, inviterName);
    notify(words.blocked({ name: inviterName }));
    await onDecline();
  };
  const takeNone = async (): Promise<void> => {
    onUser(await client.takeInvitations(false));
    notify(words.takesNone);
    await onDecline();
  };
  return (
    <MenuTrigger>
      <IconButton icon="more" label={words.more({ name: inviterName })} data-testid="invitation-menu" />
      <Popover className="cs-menu-box" placement="top end">
        <Menu className="cs-menu" aria-label={words.more({ name: inviterName })}>
          <MenuItem className="cs-menu-item" onAction={() => void run(block)} data-testid="block-inviter">
            {words.block({ name: inviterName })}
          </MenuItem>
          <MenuItem className="cs-menu-item" onAction={() => void run(takeNone)} data-testid="take-no-invitations">
            {words.takeNone}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
