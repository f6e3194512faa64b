import { useLive } from '@costage/react';
import { createJourney, type JourneyNotice, type JourneyState, type RoomHandle, type StageJourney } from '@costage/sdk';
import { useEffect, useMemo } from 'react';
import { isHeldHere } from './held_seat.js';
import { notify, settle } from '../base/notices.js';
import { messages } from '../words/messages.js';

/** The way of this person onto the stage and back. The SDK decides it; the screen draws `now`. */
export function useJourney(room: RoomHandle): { journey: StageJourney; now: JourneyState } {
  const journey = useMemo(() => createJourney(room, { holdsSeat: isHeldHere }), [room]);
  const now = useLive(journey);
  useEffect(() => journey.onNotice(announce), [journey]);
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
      return notify(messages.invitation.gone('cancelled'), { about: 'invitation' });
    case 'invitationExpired':
      return notify(messages.invitation.gone('expired'), { about: 'invitation' });
    case 'requestDeclined':
      return notify(messages.requests.declined(notice.text), { isLong: true, testId: 'declined-notice', about: 'request' });
    case 'requestExpired':
      return notify(messages.requests.expired, { about: 'request' });
  }
}
