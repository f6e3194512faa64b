import type { ShowEvent } from '@costage/embed';
import { hasEnded, isRunning, type RoomState } from '@costage/sdk';

/** As much of a show as the page around it is told of. */
export interface Seen {
  status: RoomState['room']['status'];
  isOnAir: boolean;
  invitation: { invitationId: string; inviterName: string } | undefined;
}

export function seenBy(userId: string, { room, stage, invitations }: RoomState): Seen {
  const seat = stage.seats.find((one) => one.userId === userId);
  const asked = invitations.find((one) => one.inviteeId === userId && one.status === 'pending');
  return {
    status: room.status,
    // Whoever loses the connection for a moment keeps the place.
    isOnAir: seat !== undefined && seat.state !== 'preparing',
    invitation: asked && { invitationId: asked.invitationId, inviterName: asked.inviterName },
  };
}

/** What has happened from one state to the next; from nothing, what is so already. */
export function eventsBetween(before: Seen | undefined, now: Seen, roomId: string): ShowEvent[] {
  const events: ShowEvent[] = [];
  if (isRunning(now.status) && !(before && isRunning(before.status))) events.push({ type: 'live', roomId });
  if (now.invitation && now.invitation.invitationId !== before?.invitation?.invitationId) events.push({ type: 'invited', roomId, ...now.invitation });
  if (now.isOnAir && !before?.isOnAir) events.push({ type: 'joined', roomId });
  if (!now.isOnAir && before?.isOnAir) events.push({ type: 'left', roomId });
  if (hasEnded(now.status) && !(before && hasEnded(before.status))) events.push({ type: 'ended', roomId });
  return events;
}
