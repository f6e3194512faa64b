// Pure: the way of a person from watching to the stage and back. `step` takes one thing that happened and gives what is now and
// what is to be done. Who is on air is the server's to say; this decides only what the person is shown and what is tried for them.
import type { LeaveReason } from '../types.js';
import { accepts, act, isAct } from './journey_acts.js';
import { mediaFor } from './journey_media.js';
import { isHere, isLeaving, isOn, settle, withOver } from './journey_settle.js';
import type { JourneyEffect, JourneyFacts, JourneyInput, JourneyName, JourneyNotice, JourneyState, LeftReason, MediaEffect } from './journey_words.js';

/** From every state: another window has the seat; the media are on stage; the host takes the person off; the show is over. */
const kAlways = ['elsewhere', 'onStage', 'reconnecting', 'removed', 'left'] as const;

/** The only moves there are, and what makes them. Where two things happen at once, the state between them is left out. */
export const kMoves: Record<JourneyName, readonly JourneyName[]> = {
  // ask, or a request that waits; an invitation that waits; getReady, with an invitation that was accepted before.
  watching: [...kAlways, 'asking', 'invited', 'gettingReady'],
  // Withdrawn, declined, expired; the host invites.
  asking: [...kAlways, 'watching', 'invited'],
  // accept, as soon as the server's answer or its event says so; declined, cancelled, expired, accepted in another window. One that
  // waits for an answer is shown also to who is taken off the stage meanwhile.
  invited: ['elsewhere', 'onStage', 'reconnecting', 'left', 'gettingReady', 'watching', 'asking'],
  // join; notNow, or the invitation is taken back, or a new one is there.
  gettingReady: [...kAlways, 'joining', 'watching', 'asking', 'invited'],
  // Success; a refusal, or both that and the end of the invitation.
  joining: [...kAlways, 'gettingReady', 'watching', 'asking', 'invited'],
  // A lost connection; leave, the seat given back, taken off by the host.
  onStage: [...kAlways, 'asking', 'invited'],
  // The connection is back; as above.
  reconnecting: [...kAlways, 'asking', 'invited'],
  // takeHere; the seat over there has ended.
  elsewhere: [...kAlways, 'watching', 'asking', 'invited'],
  // As watching, and dismiss.
  left: [...kAlways, 'watching', 'asking', 'invited', 'gettingReady'],
  // dismiss, ask, a new invitation; getting ready with the old one is no way.
  removed: [...kAlways, 'watching', 'asking', 'invited'],
};

export interface Journey {
  now: JourneyState;
  /** Undefined until the room has told its state. */
  facts: JourneyFacts | undefined;
  /** Nothing was connected and nothing asked for in this window yet. */
  isFresh: boolean;
  /** Leases that have ended for this window: they may still be listed for a moment, and are not to be used again. */
  over: readonly string[];
  /** The lease with which this window was on stage last. */
  mine: string | undefined;
  /** The invitation that a removal used up. */
  spent: string | undefined;
  /** Numbers the attempts to join, so that what an older one says late is not taken for this one. */
  attempts: number;
  media: MediaEffect;
}

export const kStart: Journey = {
  now: { name: 'watching' },
  facts: undefined,
  isFresh: true,
  over: [],
  mine: undefined,
  spent: undefined,
  attempts: 0,
  media: { type: 'keepMedia' },
};

export interface Step {
  journey: Journey;
  effects: JourneyEffect[];
}

export function step(before: Journey, input: JourneyInput): Step {
  if (isAct(input) && !accepts(before, input)) return { journey: before, effects: [] };
  const heard = hear(before, input);
  if (!heard.journey.facts) return heard;
  const journey = remember(heard.journey);
  const media = mediaFor(journey);
  const effects = [...heard.effects, ...noticesOf(before.now, journey.now)];
  if (!isSameMedia(media, journey.media)) effects.push(media);
  return { journey: { ...journey, media }, effects };
}

function hear(journey: Journey, input: JourneyInput): Step {
  if (isAct(input)) return act({ ...journey, isFresh: false }, input);
  switch (input.type) {
    case 'facts':
      return { journey: { ...journey, facts: input.facts }, effects: [] };
    case 'seatTaken':
      return { journey, effects: [say({ says: 'joined' })] };
    case 'seatEnded':
      return seatEnded(journey, input.leaseId, input.reason);
    default:
      return { journey: { ...journey, now: answered(journey.now, input) }, effects: [] };
  }
}

/** What became of an effect; late answers to what is no longer asked change nothing. */
function answered(now: JourneyState, input: JourneyInput): JourneyState {
  switch (input.type) {
    case 'accepted':
      if (now.name !== 'invited' || now.invitation.invitationId !== input.invitationId) return now;
      return { name: 'gettingReady', invitation: now.invitation, waitsForHost: false };
    case 'joined':
      return now.name === 'joining' && now.attempt === input.attempt ? { name: 'onStage', leaseId: undefined, leaving: false } : now;
    case 'joinFailed':
      if (now.name !== 'joining' || now.attempt !== input.attempt) return now;
      return { name: 'gettingReady', invitation: now.invitation, waitsForHost: false };
    case 'leaveDone':
      return isLeaving(now) ? { name: 'left', reason: 'left' } : now;
    case 'askFailed':
      return now.name === 'asking' && !now.request ? { name: 'watching' } : now;
    default:
      return now;
  }
}

function seatEnded(journey: Journey, leaseId: string, reason: LeaveReason): Step {
  const isNews = endsHere(journey, leaseId);
  // Media that are still on stage for an instant are known by it to be on stage no more.
  const next = { ...journey, over: withOver(journey.over, leaseId), mine: isNews ? leaseId : journey.mine };
  if (reason === 'removed') {
    const spent = journey.facts?.invitation?.invitationId;
    return { journey: { ...next, spent, now: { name: 'removed' } }, effects: [say({ says: 'removed' })] };
  }
  if (reason === 'ended') return { journey: next, effects: [] };
  const why: LeftReason & JourneyNotice['says'] = reason === 'timeout' ? 'timedOut' : 'left';
  const now = isNews ? { name: 'left' as const, reason: why } : journey.now;
  return { journey: { ...next, now }, effects: [say({ says: why })] };
}

/** Whether the end of this seat is news to where the person is now: not if they are already about another one. */
function endsHere({ now, mine, over }: Journey, leaseId: string): boolean {
  const wasOver = over.includes(leaseId);
  switch (now.name) {
    case 'watching':
    case 'elsewhere':
      return true;
    case 'left':
      return now.reason !== 'roomEnded';
    case 'joining':
      return !wasOver;
    case 'onStage':
    case 'reconnecting':
      return mine === leaseId || (mine === undefined && !wasOver);
    default:
      return false;
  }
}

/** Lets the facts decide, and keeps what later decisions need. */
function remember(journey: Journey): Journey {
  const facts = journey.facts!;
  const now = settle(journey, facts);
  const was = journey.now;
  let { mine, over } = journey;
  if (facts.media.ended === 'duplicate') mine = undefined;
  // The seat of another window can be taken back here.
  const lost = isOn(was) && !isOn(now) && now.name !== 'elsewhere' ? (was.leaseId ?? mine) : undefined;
  if (lost !== undefined) over = withOver(over, lost);
  if (isOn(now) && isHere(journey, facts)) mine = now.leaseId ?? mine;
  const isFresh = journey.isFresh && facts.media.mode === 'none';
  return { ...journey, now: sameAs(was, now), isFresh, mine, over };
}

function say(notice: JourneyNotice): JourneyEffect {
  return { type: 'say', notice };
}

/** What a move says by itself. The end of a seat is said by the room's history, which knows why. */
function noticesOf(was: JourneyState, now: JourneyState): JourneyEffect[] {
  if (now === was || now.name !== 'watching' || (was.name === 'watching' && was.reason === now.reason)) return [];
  switch (now.reason) {
    case 'invitationCancelled':
    case 'invitationExpired':
    case 'placeTakenBack':
    case 'requestExpired':
      return [say({ says: now.reason })];
    case 'requestDeclined':
      return [say({ says: now.reason, text: now.text })];
    default:
      return [];
  }
}

/** The same object while nothing changes, so that screens are not drawn again. */
function sameAs(was: JourneyState, now: JourneyState): JourneyState {
  const keys = new Set([...Object.keys(was), ...Object.keys(now)]);
  const differs = [...keys].some((key) => was[key as keyof JourneyState] !== now[key as keyof JourneyState]);
  return differs ? now : was;
}

function isSameMedia(a: MediaEffect, b: MediaEffect): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
