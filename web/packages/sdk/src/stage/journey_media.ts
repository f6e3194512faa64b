// Pure: what the connection of this window has to do in a state. An effect is due when this differs from the time before.
import type { Journey } from './journey.js';
import { hasEnded, isRunning } from '../room/status.js';
import { isHere, isLeaving } from './journey_settle.js';
import type { JourneyFacts, MediaEffect } from './journey_words.js';

/** After the media of a show were closed: time for the end of the show to be told, or for new ones to open. */
const kComeBackMs = 2000;

const kKeep: MediaEffect = { type: 'keepMedia' };

export function mediaFor(journey: Journey): MediaEffect {
  const { now } = journey;
  const facts = journey.facts!;
  const { mode, ended } = facts.media;
  if (hasEnded(facts.room)) return mode === 'none' ? kKeep : { type: 'leaveMedia' };
  if (!isRunning(facts.room) || now.name === 'joining' || isLeaving(now)) return kKeep;
  // What is said on stage over there must not come back out of this window's loudspeaker.
  if (now.name === 'elsewhere') return mode === 'viewer' ? { type: 'leaveMedia' } : kKeep;
  if (isStuck(journey, facts)) return { type: 'watchMedia', afterMs: 0 };
  if (mode !== 'none') return kKeep;
  if (now.name === 'reconnecting' && now.leaseId !== undefined) return { type: 'resume', leaseId: now.leaseId };
  // Another connection of this person ended ours: to connect by ourselves would end theirs, and so on for ever.
  if (ended === 'duplicate') return kKeep;
  return { type: 'watchMedia', afterMs: ended === 'closed' ? kComeBackMs : 0 };
}

/** Going on stage has failed so that nothing is left to see: then at least watching goes on. */
function isStuck(journey: Journey, facts: JourneyFacts): boolean {
  return facts.media.mode === 'stage' && facts.media.phase === 'failed' && !isHere(journey, facts);
}
