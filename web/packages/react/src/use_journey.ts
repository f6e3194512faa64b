import { createJourney, type JourneyNotice, type JourneyOptions, type JourneyState, type RoomHandle, type StageJourney } from '@costage/sdk';
import { useEffect, useMemo, useRef } from 'react';
import { useLive } from './use_live.js';

export interface UseJourneyOptions extends JourneyOptions {
  /** What is to be said in passing, each thing once. */
  onNotice?: (notice: JourneyNotice) => void;
}

/**
 * My way onto the stage of a room and back: `now` is where I am on it, `journey` has the verbs. It keeps a viewer connected, so use it
 * once per room, in what shows the room. `holdsSeat` is taken from the first render.
 */
export function useJourney(room: RoomHandle, { holdsSeat, onNotice }: UseJourneyOptions = {}): { journey: StageJourney; now: JourneyState } {
  const journey = useMemo(() => createJourney(room, holdsSeat ? { holdsSeat } : {}), [room]);
  const newest = useRef(onNotice);
  newest.current = onNotice;
  useEffect(() => journey.onNotice((notice) => newest.current?.(notice)), [journey]);
  const now = useLive(journey);
  return { journey, now };
}
