import type { RoomHandle, RoomState, TrackSources } from '@costage/sdk';
import { useEffect, useRef } from 'react';
import { messages } from '../words/messages.js';
import { notify } from '../base/notices.js';

const kSources = ['screen', 'camera', 'microphone'] as const satisfies (keyof TrackSources)[];

/** Says who has switched off what of mine. */
export function useSwitchedOff(room: RoomHandle, { stage }: RoomState): void {
  const seats = useRef(stage.seats);
  seats.current = stage.seats;
  useEffect(
    () =>
      room.stage.onSwitchedOff((sources, byUserId) => {
        const name = seats.current.find((one) => one.userId === byUserId)?.name ?? messages.sharing.somebody;
        for (const source of kSources) if (sources[source]) notify(messages.sharing.switchedOff[source]({ name }), { testId: `switched-off-${source}`, about: `off ${source}` });
      }),
    [room],
  );
}
