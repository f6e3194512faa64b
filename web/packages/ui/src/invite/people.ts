import type { Invitation, Room } from '@costage/sdk';

/** The newest invitation of each person, the newest of all first. */
export function newestPerInvitee<T extends Invitation>(invitations: readonly T[]): T[] {
  const newest = new Map<string, T>();
  for (const invitation of invitations) {
    const other = newest.get(invitation.inviteeId);
    if (!other || other.createdAt < invitation.createdAt) newest.set(invitation.inviteeId, invitation);
  }
  return [...newest.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** May the host invite people who are not in the room? Before the show always, then as the room's policy says (D7). */
export function invitesAnybody(room: Pick<Room, 'status' | 'policies'>): boolean {
  return room.status === 'idle' || !room.policies.inviteWatchersOnly;
}
