// Pure: what the journey needs to know, out of what a subscriber of the room holds.
import type { MediaState } from '../media/media_state.js';
import type { Invitation, RoomState, Seat } from '../types.js';
import type { JoinRequest, JourneyFacts } from './journey_words.js';

/** The requests of a room's state, as far as the server tells of them; the person's own, newest first or last. */
interface WithRequests {
  requests?: readonly (JoinRequest & { userId: string; createdAt: string })[];
}

export function factsOf(
  state: RoomState & WithRequests,
  userId: string,
  media: MediaState,
  holdsSeat: (seat: Pick<Seat, 'userId' | 'leaseId'>) => boolean,
): JourneyFacts {
  const seat = state.stage.seats.find((one) => one.userId === userId);
  return {
    room: state.room.status,
    seat,
    holdsSeat: seat !== undefined && holdsSeat(seat),
    invitation: newest(state.invitations.filter((one: Invitation) => one.inviteeId === userId)),
    request: newest((state.requests ?? []).filter((one) => one.userId === userId)),
    media: { mode: media.mode, phase: media.phase, ended: media.ended },
  };
}

function newest<T extends { createdAt: string }>(list: readonly T[]): T | undefined {
  return list.reduce<T | undefined>((best, one) => (best && best.createdAt >= one.createdAt ? best : one), undefined);
}
