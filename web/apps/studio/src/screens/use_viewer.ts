import { createJourney, type JourneyNotice, type JourneyState, type RoomHandle, type StageJourney } from '@costage/sdk';
import { useEffect, useMemo } from 'react';
import { isHeldHere } from '../lib/held_seat.js';
import { useLive } from '../lib/hooks.js';
import { notify } from '../lib/notices.js';
import { messages } from '../messages.js';

/** The way of this person onto the stage and back. The SDK decides it; the screen draws `now`. */
export function useJourney(room: RoomHandle): { journey: StageJourney; now: JourneyState } {
  const journey = useMemo(() => createJourney(room, { holdsSeat: isHeldHere }), [room]);
  const now = useLive(journey);
  useEffect(() => journey.onNotice(announce), [journey]);
  return { journey, now };
}

function announce(notice: JourneyNotice): void {
  switch (notice.says) {
    case 'joined':
    case 'left':
      return notify(messages.coHost[notice.says]);
    case 'timedOut':
      return notify(messages.coHost.timedOut, { tone: 'warning' });
    case 'placeTakenBack':
      return notify(messages.coHost.placeTakenBack, { tone: 'warning', testId: 'place-taken-back', stays: true });
    case 'removed':
      return notify(messages.coHost.removed, { tone: 'warning', testId: 'removed-notice', stays: true });
    case 'invitationCancelled':
      return notify(messages.invitation.gone('cancelled'));
    case 'invitationExpired':
      return notify(messages.invitation.gone('expired'));
    case 'requestDeclined':
      return notify(messages.requests.declined(notice.text), { stays: true, testId: 'declined-notice' });
    case 'requestExpired':
      return notify(messages.requests.expired);
  }
}
