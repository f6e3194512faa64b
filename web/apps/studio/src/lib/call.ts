import type { Invitation, RoomState } from '@costage/sdk';
import { useNow } from './hooks.js';

const kCountdownMs = 3000;
/** How long it is said that somebody was called. */
const kSaidMs = 60_000;

/** `seconds`: what is left of the countdown; 0 when its end is there. Undefined while nobody is called, or long after. */
export function useCall(calledFor: string | undefined): { seconds: number } | undefined {
  const now = useNow(calledFor !== undefined, 100);
  if (calledFor === undefined) return undefined;
  const left = Date.parse(calledFor) - now;
  // The clock may be a little off: the count never leaves 3 to 0.
  if (left < -kSaidMs) return undefined;
  return { seconds: Math.min(kCountdownMs / 1000, Math.max(0, Math.ceil(left / 1000))) };
}

/** Who has accepted and may come on stage, and is not there. */
export function withPlace<T extends Pick<Invitation, 'inviteeId' | 'status' | 'revoked' | 'createdAt'>>(invitations: readonly T[], { stage }: Pick<RoomState, 'stage'>): T[] {
  const newest = new Map<string, T>();
  for (const one of invitations) {
    const known = newest.get(one.inviteeId);
    if (!known || known.createdAt < one.createdAt) newest.set(one.inviteeId, one);
  }
  return [...newest.values()].filter(
    (one) => one.status === 'accepted' && !one.revoked && !stage.seats.some((seat) => seat.userId === one.inviteeId),
  );
}
