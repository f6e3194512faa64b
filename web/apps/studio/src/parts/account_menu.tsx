import { useAction, useSession } from '@costage/react';
import { Avatar, BlockList, Button, Icon, messages, Name, Problem, Toggle } from '@costage/ui';
import { useEffect, type ReactElement } from 'react';
import { Button as AriaButton, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { setNotifying, useNotifying } from '../lib/notifying.js';
import { LanguageChoice } from './language_choice.js';

/** Who I am, and behind it what holds for me in all shows. */
export function AccountMenu(): ReactElement {
  const { user } = useSession();
  // A guest has no account and is never invited.
  if (user.guestOf !== undefined) {
    return (
      <span className="cs-whoami" title={messages.home.signedInAs({ name: user.name })}>
        <Me />
      </span>
    );
  }
  return (
    <DialogTrigger>
      <AriaButton className="cs-whoami" data-testid="account">
        <Me />
        <Icon name="chevron" />
        <span className="cs-sr-only">{user.takesInvitations === false ? messages.account.takesNoneShort : messages.account.open}</span>
      </AriaButton>
      <ModalOverlay className="cs-overlay" isDismissable>
        <Modal className="cs-modal">
          <Dialog className="cs-dialog" data-testid="account-box">
            <Heading slot="title">{messages.home.signedInAs({ name: user.name })}</Heading>
            <TakesInvitations />
            <IsNotified />
            <BlockList />
            <LanguageChoice />
            <div className="cs-actions">
              <Button slot="close" data-testid="account-close">
                {messages.close}
              </Button>
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function Me(): ReactElement {
  const { user } = useSession();
  return (
    <>
      <Name className="cs-whoami-name">{user.name}</Name>
      {user.takesInvitations === false && <Icon name="inviteOff" />}
      <Avatar userId={user.userId} name={user.name} />
    </>
  );
}

/** By the system, while the tab is not looked at. */
function IsNotified(): ReactElement | null {
  const notifying = useNotifying();
  if (notifying === 'impossible') return null;
  return (
    <div>
      <Toggle label={messages.account.notify} isOn={notifying === 'on'} onChange={(on) => void setNotifying(on)} testId="notify" />
      {notifying === 'blocked' && <p className="cs-hint" role="status">{messages.account.notifyBlocked}</p>}
    </div>
  );
}

function TakesInvitations(): ReactElement {
  const { client, user, onUser } = useSession();
  const action = useAction();
  // Another window may have changed it.
  useEffect(() => void client.me().then(onUser, () => {}), [client, onUser]);
  const takes = user.takesInvitations !== false;
  const change = (on: boolean): void => void action.run(async () => onUser(await client.takeInvitations(on)));
  return (
    <div>
      <Toggle label={messages.account.takesInvitations} isOn={takes} onChange={change} isBusy={action.busy} testId="takes-invitations" />
      {!takes && <p className="cs-hint">{messages.account.takesNone}</p>}
      <Problem error={action.error} />
    </div>
  );
}
