// Pure: the way of a person from watching to the stage and back. `step` takes one thing that happened and gives what is now and
// what is to be done. Who is on air is the server's to say; this decides only what the person is shown and what is tried for them.
//
//   state         leaves it for                what moves it
//   ------------  ---------------------------  ----------------------------------------------------------------
//   watching      asking                       ask, or a request that waits
//                 invited                      an invitation that waits for an answer
//                 gettingReady                 getReady, with an invitation that was accepted before
//   asking        watching, invited            withdraw, declined, expired; the host invites
//   invited       gettingReady                 accept, as soon as the server's answer or its event says so
//                 watching                     declined, cancelled, expired; accepted in another window
//   gettingReady  joining, watching            join; notNow, or the invitation is taken back
//   joining       onStage, gettingReady        what became of it
//   onStage       reconnecting                 the connection is lost
//                 left, removed                leave, seat given back, taken off by the host
//   reconnecting  onStage, left, removed       the connection is back; as above
//   elsewhere     onStage, reconnecting        takeHere
//                 watching, left, removed      the seat over there has ended
//   left          as watching
//   removed       watching, asking, invited    dismiss, ask, a new invitation
//
// Besides: every state becomes `elsewhere` when another window has the seat (but not in the midst of joining), `onStage` when the
// media are (a reload into the seat that this tab had), `removed` when the host says so, and `left: roomEnded` at the end of the show.
import type { LeaveReason } from '../types.js';
import { accepts, act, isAct } from './journey_acts.js';
import { mediaFor } from './journey_media.js';
import { isHere, settle } from './journey_settle.js';
import type { JourneyEffect, JourneyFacts, JourneyInput, JourneyNotice, JourneyState, LeftReason, MediaEffect } from './journey_words.js';

export interface Journey {
  now: JourneyState;
  /** Undefined until the room has told its state. */
  facts: JourneyFacts | undefined;
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

/** More than one can be listed at any time; older ones are not heard of again. */
const kMostOver = 8;

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
  if (isAct(input)) return act(journey, input);
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
  return { ...journey, now: sameAs(was, now), mine, over };
}

function withOver(over: readonly string[], leaseId: string): readonly string[] {
  return over.includes(leaseId) ? over : [...over, leaseId].slice(-kMostOver);
}

export function isOn(now: JourneyState): now is Extract<JourneyState, { name: 'onStage' | 'reconnecting' }> {
  return now.name === 'onStage' || now.name === 'reconnecting';
}

function isLeaving(now: JourneyState): boolean {
  return isOn(now) && now.leaving;
}

function say(notice: JourneyNotice): JourneyEffect {
  return { type: 'say', notice };
}

/** What a move says by itself. The end of a seat is said by the room's history, which knows why. */
function noticesOf(was: JourneyState, now: JourneyState): JourneyEffect[] {
  if (now === was || now.name !== 'watching' || now.name === was.name) return [];
  switch (now.reason) {
    case 'invitationCancelled':
    case 'invitationExpired':
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
