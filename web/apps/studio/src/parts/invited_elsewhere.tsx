import { useMyInvitations, useUser } from '@costage/react';
import type { LiveInvitation } from '@costage/sdk';
import { messages } from '@costage/ui';
import { useEffect, useSyncExternalStore, type ReactElement } from 'react';
import { useNotifying } from '../lib/notifying.js';
import { navigate, roomPath } from '../lib/route.js';
import { useTitleNews } from '../lib/use_title.js';

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}

const useIsHidden = (): boolean => useSyncExternalStore(subscribe, () => document.visibilityState === 'hidden');

/** Who looks elsewhere hears of an invitation: by the title of the tab, the badge of the installed app and, if they wish, the system. */
export function InvitedElsewhere(): ReactElement | null {
  const { guestOf } = useUser();
  return guestOf === undefined ? <Watching /> : null;
}

function Watching(): null {
  const invitation = useMyInvitations({ limit: 1 }).data[0];
  const isHidden = useIsHidden();
  const missed = isHidden ? invitation : undefined;
  useTitleNews(missed && `(1) ${wordsOf(missed)}`);
  useBadge(missed !== undefined);
  useNotification(missed);
  return null;
}

const wordsOf = ({ inviterName }: LiveInvitation): string => messages.invitation.title({ host: inviterName });

function useBadge(isOn: boolean): void {
  useEffect(() => {
    if (!isOn || !('setAppBadge' in navigator)) return;
    // A page that is not installed has none.
    void navigator.setAppBadge(1).catch(() => {});
    return () => void navigator.clearAppBadge().catch(() => {});
  }, [isOn]);
}

/** Gone as soon as it is seen, answered or over. */
function useNotification(invitation: LiveInvitation | undefined): void {
  const isWanted = useNotifying() === 'on';
  const { invitationId } = invitation ?? {};
  useEffect(() => {
    if (!isWanted || !invitation) return;
    const note = new Notification(wordsOf(invitation), { body: invitation.roomTitle, tag: invitation.invitationId });
    note.onclick = () => {
      window.focus();
      navigate(roomPath(invitation.roomId));
    };
    return () => note.close();
  }, [isWanted, invitationId]);
}
