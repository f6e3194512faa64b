import { useLive, useNow, useSession } from '@costage/react';
import type { Invitation, LiveInvitation, RoomHandle, RoomState } from '@costage/sdk';
import { useMemo } from 'react';
import { newestPerInvitee } from '../invite/people.js';

const kCountdownMs = 3000;
/** How long it is said that somebody was called. */
const kSaidMs = 60_000;

/** `seconds`: what is left of the countdown; 0 when its end is there. Undefined while nobody is called, or long after. */
export function useCall(calledFor: string | undefined): { seconds: number } | undefined {
  const { clock } = useSession().client;
  const at = calledFor === undefined ? -Infinity : Date.parse(calledFor);
  const isOld = clock.now() - at > kSaidMs;
  const left = at - useNow(!isOld, 100);
  if (isOld) return undefined;
  // The clock may be a little off: the count never leaves 3 to 0.
  return { seconds: Math.min(kCountdownMs / 1000, Math.max(0, Math.ceil(left / 1000))) };
}

/** Who has accepted and may come on stage, and is not there. */
export function withPlace<T extends Invitation>(invitations: readonly T[], { stage }: Pick<RoomState, 'stage'>): T[] {
  return newestPerInvitee(invitations).filter(
    (one) => one.status === 'accepted' && !one.revoked && !stage.seats.some((seat) => seat.userId === one.inviteeId),
  );
}

/** The same, live and with what can be done about it. */
export function usePlaces(room: RoomHandle, state: RoomState): LiveInvitation[] {
  const accepted = useMemo(() => room.invitations.list({ status: 'accepted' }), [room]);
  return withPlace(useLive(accepted).data, state);
}
