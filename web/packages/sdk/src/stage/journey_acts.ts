// Pure: what a person may do where, and what that starts.
import type { Journey, Step } from './journey.js';
import { isLeaving, isOn, withOver } from './journey_settle.js';
import type { JourneyAct, JourneyEffect, JourneyInput, JourneyName, JourneyState } from './journey_words.js';

const kIdle: readonly JourneyName[] = ['watching', 'left', 'removed'];

/** From which states. Elsewhere an act changes nothing: the screen that offered it was late. */
export const kActs: Record<JourneyAct['type'], readonly JourneyName[]> = {
  ask: kIdle,
  withdraw: ['asking'],
  accept: ['invited'],
  decline: ['invited'],
  getReady: ['watching', 'left'],
  notNow: ['gettingReady'],
  join: ['gettingReady'],
  leave: ['onStage', 'reconnecting'],
  takeHere: [...kIdle, 'asking', 'invited', 'gettingReady', 'onStage', 'reconnecting', 'elsewhere'],
  dismiss: kIdle,
};

export function isAct(input: JourneyInput): input is JourneyAct {
  return input.type in kActs;
}

export function accepts({ now, facts }: Journey, { type }: JourneyAct): boolean {
  if (!facts || !kActs[type].includes(now.name)) return false;
  if (now.name === 'left' && now.reason === 'roomEnded') return false;
  if (type === 'join') return facts.room !== 'idle';
  return !isLeaving(now);
}

export function act(journey: Journey, input: JourneyAct): Step {
  const { now } = journey;
  const to = (next: JourneyState, ...effects: JourneyEffect[]): Step => ({ journey: { ...journey, now: next }, effects });
  switch (input.type) {
    case 'ask':
      return to({ name: 'asking' }, { type: 'ask', comment: input.comment });
    case 'withdraw':
      return now.name === 'asking' && now.request ? to(now, { type: 'withdraw', requestId: now.request.requestId }) : to(now);
    case 'accept':
    case 'decline':
      if (now.name !== 'invited') return to(now);
      return to({ ...now, answer: input.type }, { type: input.type, invitationId: now.invitation.invitationId });
    case 'getReady':
      return 'place' in now && now.place ? to({ name: 'gettingReady', invitation: now.place, waitsForHost: false }) : to(now);
    case 'notNow':
    case 'dismiss':
      return to({ name: 'watching' });
    case 'join':
      return join(journey);
    case 'leave':
      return leave(journey);
    case 'takeHere':
      return to(now, takeHere(journey));
  }
}

function join(journey: Journey): Step {
  const { now } = journey;
  if (now.name !== 'gettingReady') return { journey, effects: [] };
  const attempt = journey.attempts + 1;
  const next: JourneyState = { name: 'joining', invitation: now.invitation, attempt };
  // Which seat it will be is not known yet.
  return { journey: { ...journey, attempts: attempt, mine: undefined, now: next }, effects: [{ type: 'goOnStage', attempt }] };
}

/** From the tap on, the seat is not taken again, even if the server cannot be told. */
function leave(journey: Journey): Step {
  const { now, over } = journey;
  if (!isOn(now)) return { journey, effects: [] };
  const next = now.leaseId === undefined ? over : withOver(over, now.leaseId);
  return { journey: { ...journey, over: next, now: { ...now, leaving: true } }, effects: [{ type: 'leaveStage' }] };
}

function takeHere({ facts, over }: Journey): JourneyEffect {
  const seat = facts?.seat;
  return seat && !over.includes(seat.leaseId) ? { type: 'resume', leaseId: seat.leaseId } : { type: 'watchMedia', afterMs: 0 };
}
