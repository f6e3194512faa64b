import { useLive } from '@costage/react';
import { createJourney, type JourneyNotice, type JourneyState, type RoomHandle, type StageJourney } from '@costage/sdk';
import { useEffect } from 'react';
import { isHeldHere } from './held_seat.js';
import { notify, settle } from '../base/notices.js';
import { declinedWords, messages } from '../words/messages.js';

const journeys = new WeakMap<RoomHandle, StageJourney>();

function journeyOf(room: RoomHandle): StageJourney {
  const known = journeys.get(room);
  if (known) return known;
  const made = createJourney(room, { holdsSeat: isHeldHere });
  made.onNotice(announce);
  journeys.set(room, made);
  return made;
}

/** The way of this person, who is not the host, onto the stage and back: the same in all parts of a show. What is said in passing is said once. */
export function useMyJourney(room: RoomHandle): { journey: StageJourney; now: JourneyState } {
  const journey = journeyOf(room);
  const now = useLive(journey);
  useEffect(() => {
    for (const about of settledBy(now.name)) settle(about);
  }, [now.name]);
  return { journey, now };
}

/** A new step on the way makes old news of what was said about the one before. */
function settledBy(name: JourneyState['name']): string[] {
  if (name === 'asking') return ['request'];
  return name === 'invited' || name === 'gettingReady' ? ['place', 'invitation', 'request'] : [];
}

function announce(notice: JourneyNotice): void {
  switch (notice.says) {
    case 'joined':
    case 'left':
      return notify(messages.coHost[notice.says], { about: 'place' });
    case 'timedOut':
      return notify(messages.coHost.timedOut, { tone: 'warning', about: 'place' });
    case 'placeTakenBack':
      return notify(messages.coHost.placeTakenBack, { tone: 'warning', testId: 'place-taken-back', isLong: true, about: 'place' });
    case 'removed':
      return notify(messages.coHost.removed, { tone: 'warning', testId: 'removed-notice', isLong: true, about: 'place' });
    case 'invitationCancelled':
      return notify(messages.invitation.takenBack, { about: 'invitation' });
    case 'invitationExpired':
      return notify(messages.invitation.expired, { about: 'invitation' });
    case 'requestDeclined':
      return notify(declinedWords(notice.text), { isLong: true, testId: 'declined-notice', about: 'request' });
    case 'requestExpired':
      return notify(messages.requests.expired, { about: 'request' });
  }
}
