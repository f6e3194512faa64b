// Pure: where a person is, by the facts, given where they were.
import { hasEnded } from '../room/status.js';
import type { Invitation } from '../types.js';
import type { Journey } from './journey.js';
import type { JoinRequest, JourneyFacts, JourneyReason, JourneyState, LeftReason } from './journey_words.js';

type Named<N extends JourneyState['name']> = Extract<JourneyState, { name: N }>;

export function isOn(now: JourneyState): now is Named<'onStage' | 'reconnecting'> {
  return now.name === 'onStage' || now.name === 'reconnecting';
}

export function isLeaving(now: JourneyState): boolean {
  return isOn(now) && now.leaving;
}

/** At most one or two are still listed at any time; older ones are not heard of again. */
const kMostOver = 8;

export function withOver(over: readonly string[], leaseId: string): readonly string[] {
  return over.includes(leaseId) ? over : [...over, leaseId].slice(-kMostOver);
}

export function settle(journey: Journey, facts: JourneyFacts): JourneyState {
  const { now } = journey;
  if (hasEnded(facts.room)) return { name: 'left', reason: 'roomEnded' };
  // What became of it is told; until then half of the facts are of before and half of after.
  if (now.name === 'joining' || isLeaving(now)) return now;
  if (isElsewhere(journey, facts)) return { name: 'elsewhere', isKept: facts.seat !== undefined && facts.seat.state !== 'onAir' };
  if (isHere(journey, facts)) return onStage(journey, facts);
  if (isResumable(journey, facts)) return { name: 'reconnecting', leaseId: facts.seat?.leaseId, leaving: false };
  return offStage(isOn(now) ? { ...journey, now: { name: 'left', reason: whyGone(facts) } } : journey, facts);
}

/** The media of this window are on stage, with a seat that has not ended as far as is known. */
export function isHere(journey: Journey, { media, seat }: JourneyFacts): boolean {
  const { now, mine, over } = journey;
  const isOver = !isOpenSeat(journey, seat) && mine !== undefined && over.includes(mine);
  if (media.mode !== 'stage' || isOver) return false;
  // Between two attempts to come back the media have failed for an instant.
  return media.phase !== 'failed' || isOn(now);
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

/** A reload, or a connection that ended without a word: the seat is taken up again. Whoever watches here asks first. */
function isResumable(journey: Journey, { seat, media }: JourneyFacts): boolean {
  const { now, isFresh } = journey;
  return (isFresh || isOn(now)) && media.mode === 'none' && media.ended === undefined && isOpenSeat(journey, seat) && isHeld(journey);
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

/** What was is over or goes on; an invitation or a request that waits comes before what is only left of it. */
function offStage(journey: Journey, facts: JourneyFacts): JourneyState {
  const now = goesOn(journey.now, facts);
  const { invitation, request } = facts;
  if (now.name === 'gettingReady') return now;
  if (invitation?.status === 'pending') return { name: 'invited', invitation, answer: now.name === 'invited' ? now.answer : undefined };
  if (request?.status === 'waiting') return { name: 'asking', request };
  if (now.name === 'asking') return now;
  const place = placeOf(journey, facts);
  if (now.name === 'left' || now.name === 'watching') {
    const isTakenBack = now.place !== undefined && invitation?.revoked === true && invitation.invitationId === now.place.invitationId;
    return isTakenBack ? { name: 'watching', reason: 'placeTakenBack' } : { ...now, place };
  }
  return now.name === 'removed' && !place ? now : { name: 'watching', place };
}

/** The accepted invitation, unless it is in use or used up. */
function placeOf({ spent }: Journey, { invitation, seat }: JourneyFacts): Invitation | undefined {
  if (seat || invitation?.status !== 'accepted' || invitation.revoked || invitation.invitationId === spent) return undefined;
  return invitation;
}

function goesOn(now: JourneyState, facts: JourneyFacts): JourneyState {
  switch (now.name) {
    case 'invited':
      return invited(now, facts);
    case 'gettingReady':
      return gettingReady(now, facts);
    case 'asking':
      return now.request ? asking(now, now.request, facts) : now;
    default:
      return now;
  }
}

const kEnded: Partial<Record<Invitation['status'], JourneyReason>> = {
  cancelled: 'invitationCancelled',
  expired: 'invitationExpired',
  rejected: 'invitationDeclined',
};

function invited(now: Named<'invited'>, { invitation, room }: JourneyFacts): JourneyState {
  if (invitation?.invitationId !== now.invitation.invitationId) return { name: 'watching' };
  if (invitation.status === 'pending') return now;
  if (invitation.status !== 'accepted') return { name: 'watching', reason: kEnded[invitation.status] };
  // Who accepted here gets ready here; in the other windows there is only the way to it.
  return now.answer === 'accept' ? { name: 'gettingReady', invitation, waitsForHost: room === 'idle' } : { name: 'watching' };
}

function gettingReady(now: Named<'gettingReady'>, { invitation, room }: JourneyFacts): JourneyState {
  if (!invitation) return { name: 'watching' };
  if (invitation.revoked) return { name: 'watching', reason: 'placeTakenBack' };
  const isSame = invitation.invitationId === now.invitation.invitationId;
  // The event that says `accepted` may come later than the answer that did.
  const stands = invitation.status === 'accepted' || (isSame && invitation.status === 'pending');
  if (stands) return { ...now, invitation, waitsForHost: room === 'idle' };
  return { name: 'watching', reason: kEnded[invitation.status] };
}

const kRequestEnded: Partial<Record<JoinRequest['status'], JourneyReason>> = {
  declined: 'requestDeclined',
  expired: 'requestExpired',
  withdrawn: 'requestWithdrawn',
};

function asking(now: Named<'asking'>, was: JoinRequest, { request }: JourneyFacts): JourneyState {
  if (request?.requestId !== was.requestId) return { name: 'watching' };
  if (request.status === 'waiting') return now;
  return { name: 'watching', reason: kRequestEnded[request.status], text: request.reason };
}
