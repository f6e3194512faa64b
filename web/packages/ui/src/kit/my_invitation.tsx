import { useMyInvitations } from '@costage/react';
import type { ReactElement } from 'react';
import { CostageRoot } from '../base/root.js';
import { InvitationBanner } from '../invitation/invitation_banner.js';

interface Props {
  /** Where to go: they get ready in the show. */
  onAccepted: (roomId: string) => void;
}

/** The newest invitation to me, whatever the show: for the pages of an application that are not a show. */
export function MyInvitation({ onAccepted }: Props): ReactElement | null {
  const invitation = useMyInvitations({ limit: 1 }).data[0];
  if (!invitation) return null;
  const accept = async (): Promise<void> => {
    await invitation.accept();
    onAccepted(invitation.roomId);
  };
  return (
    <CostageRoot>
      <InvitationBanner key={invitation.invitationId} invitation={invitation} onAccept={accept} onDecline={invitation.reject} />
    </CostageRoot>
  );
}
