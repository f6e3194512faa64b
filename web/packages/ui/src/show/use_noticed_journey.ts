import { useJourney } from '@costage/react';
import type { JourneyNotice, JourneyState, RoomHandle, StageJourney } from '@costage/sdk';
import { useEffect } from 'react';
import { isHeldHere } from './held_seat.js';
import { notify, settle } from '../base/notices.js';
import { declinedWords, messages } from '../words/messages.js';

/** The way of this person onto the stage and back, with what is said in passing. */
export function useNoticedJourney(room: RoomHandle): { journey: StageJourney; now: JourneyState } {
  const { journey, now } = useJourney(room, { holdsSeat: isHeldHere, onNotice: announce });
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
