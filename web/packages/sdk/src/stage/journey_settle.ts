// Pure: where a person is, by the facts, given where they were.
import type { Invitation, RoomStatus } from '../types.js';
import type { Journey } from './journey.js';
import type { JoinRequest, JourneyFacts, JourneyReason, JourneyState, LeftReason } from './journey_words.js';

export function isRunning(room: RoomStatus): boolean {
  return room === 'live' || room === 'waitingReconnect';
}

export function hasEnded(room: RoomStatus): boolean {
  return room !== 'idle' && !isRunning(room);
}

export function settle(journey: Journey, facts: JourneyFacts): JourneyState {
  const { now } = journey;
  if (hasEnded(facts.room)) return { name: 'left', reason: 'roomEnded' };
  // What became of it is told; until then half of the facts are of before and half of after.
  if (now.name === 'joining' || ('leaving' in now && now.leaving)) return now;
  if (isElsewhere(journey, facts)) return { name: 'elsewhere', isKept: facts.seat !== undefined && facts.seat.state !== 'onAir' };
  if (isHere(journey, facts)) return onStage(journey, facts);
  if (isResumable(journey, facts)) return { name: 'reconnecting', leaseId: facts.seat?.leaseId, leaving: false };
  if (now.name === 'onStage' || now.name === 'reconnecting') return { name: 'left', reason: whyGone(facts), place: placeOf(journey, facts) };
  return offStage(journey, facts);
}

/** The media of this window are on stage, with a seat that has not ended as far as is known. */
export function isHere(journey: Journey, { media, seat }: JourneyFacts): boolean {
  const { now, mine, over } = journey;
  const isOver = !isOpenSeat(journey, seat) && mine !== undefined && over.includes(mine);
  if (media.mode !== 'stage' || isOver) return false;
  // Between two attempts to come back the media have failed for an instant.
  return media.phase !== 'failed' || now.name === 'onStage' || now.name === 'reconnecting';
}

/** The seat may not be listed yet, or that of before still be. */
function onStage(journey: Journey, { media, seat }: JourneyFacts): JourneyState {
  const leaseId = isOpenSeat(journey, seat) ? seat?.leaseId : journey.mine;
  return { name: media.phase === 'connected' ? 'onStage' : 'reconnecting', leaseId, leaving: false };
}

/** The seat of another window; or of this tab's past, but not one that it has left. */
function isElsewhere(journey: Journey, { seat, media, invitation }: JourneyFacts): boolean {
  // An invitation can be answered here although another connection ended ours.
  if (media.ended === 'duplicate') return seat !== undefined || invitation?.status !== 'pending';
  return isOpenSeat(journey, seat) && media.mode !== 'stage' && !isHeld(journey);
}

function isResumable(journey: Journey, { seat, media }: JourneyFacts): boolean {
  if (journey.now.name === 'gettingReady' || media.mode !== 'none' || media.ended !== undefined) return false;
  return isOpenSeat(journey, seat) && isHeld(journey);
}

function isOpenSeat({ over }: Journey, seat: JourneyFacts['seat']): boolean {
  return seat !== undefined && !over.includes(seat.leaseId);
}

function isHeld({ mine, facts }: Journey): boolean {
  return facts?.holdsSeat === true || (mine !== undefined && facts?.seat?.leaseId === mine);
}

function whyGone({ media }: JourneyFacts): LeftReason {
  return media.ended === 'seatLost' ? 'timedOut' : 'seatGone';
}

function offStage(journey: Journey, facts: JourneyFacts): JourneyState {
  const { now } = journey;
  const { invitation, request } = facts;
  if (now.name === 'gettingReady') return gettingReady(now, journey, facts);
  if (invitation?.status === 'pending') {
    const answer = now.name === 'invited' && now.invitation.invitationId === invitation.invitationId ? now.answer : undefined;
    return { name: 'invited', invitation, answer };
  }
  if (now.name === 'invited') return noLongerInvited(now, journey, facts);
  if (request?.status === 'waiting') return { name: 'asking', request };
  if (now.name === 'asking') return now.request ? noLongerAsking(now.request, journey, facts) : now;
  return watching(journey, facts);
}

function watching(journey: Journey, facts: JourneyFacts): JourneyState {
  const { now } = journey;
  const place = placeOf(journey, facts);
  if (now.name === 'left') return { ...now, place };
  if (now.name === 'removed' && !place) return now;
  return now.name === 'watching' ? { ...now, place } : { name: 'watching', place };
}

/** The accepted invitation, unless it is in use or used up. */
function placeOf({ spent }: Journey, { invitation, seat }: JourneyFacts): Invitation | undefined {
  if (seat || invitation?.status !== 'accepted' || invitation.invitationId === spent) return undefined;
  return invitation;
}

type Named<N extends JourneyState['name']> = Extract<JourneyState, { name: N }>;

function gettingReady(now: Named<'gettingReady'>, journey: Journey, facts: JourneyFacts): JourneyState {
  const { invitation } = facts;
  if (!invitation) return now;
  const isSame = invitation.invitationId === now.invitation.invitationId;
  // The event that says `accepted` may come later than the answer that did.
  const stands = invitation.status === 'accepted' || (isSame && invitation.status === 'pending');
  if (stands) return { ...now, invitation, waitsForHost: facts.room === 'idle' };
  if (invitation.status === 'pending') return { name: 'invited', invitation };
  return { name: 'watching', reason: kEnded[invitation.status], place: placeOf(journey, facts) };
}

const kEnded: Partial<Record<Invitation['status'], JourneyReason>> = {
  cancelled: 'invitationCancelled',
  expired: 'invitationExpired',
  rejected: 'invitationDeclined',
};

function noLongerInvited(now: Named<'invited'>, journey: Journey, facts: JourneyFacts): JourneyState {
  const { invitation } = facts;
  const place = placeOf(journey, facts);
  const isSame = invitation?.invitationId === now.invitation.invitationId;
  if (!invitation || !isSame) return { name: 'watching', place };
  if (invitation.status !== 'accepted') return { name: 'watching', reason: kEnded[invitation.status], place };
  // Who accepted here gets ready here; in the other windows there is only the way to it.
  if (now.answer === 'accept') return { name: 'gettingReady', invitation, waitsForHost: facts.room === 'idle' };
  return { name: 'watching', place };
}

const kRequestEnded: Partial<Record<JoinRequest['status'], JourneyReason>> = {
  declined: 'requestDeclined',
  expired: 'requestExpired',
  withdrawn: 'requestWithdrawn',
};

function noLongerAsking(was: JoinRequest, journey: Journey, facts: JourneyFacts): JourneyState {
  const { request } = facts;
  const place = placeOf(journey, facts);
  const ended = request?.requestId === was.requestId ? request : undefined;
  return { name: 'watching', reason: ended && kRequestEnded[ended.status], text: ended?.reason, place };
}
