import type { Invitation, Seat } from '@costage/sdk';

/** The newest invitation of each person, newest person first; those already on stage are left out. */
export function newestPerInvitee<T extends Invitation>(invitations: readonly T[], seats: readonly Seat[]): T[] {
  const onStage = new Set(seats.map((seat) => seat.userId));
  const newest = new Map<string, T>();
  for (const invitation of invitations) {
    const other = newest.get(invitation.inviteeId);
    if (!other || other.createdAt < invitation.createdAt) newest.set(invitation.inviteeId, invitation);
  }
  return [...newest.values()]
    .filter((one) => !onStage.has(one.inviteeId))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** My newest invitation in a room, whatever became of it. */
export function myInvitation<T extends Invitation>(invitations: readonly T[], userId: string): T | undefined {
  return newestPerInvitee(invitations, []).find((one) => one.inviteeId === userId);
}
