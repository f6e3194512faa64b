import { useCountdown } from '@costage/react';
import type { Room } from '@costage/sdk';
import type { ReactElement } from 'react';
import { clock } from '../base/format.js';
import { plannedTime } from '../words/figures.js';
import { messages } from '../words/messages.js';

/** The count down begins when this much is left, seconds. */
const kCounted = 24 * 3600;

/** When a show that waits is to begin, as its host has planned it. */
export function Planned({ room }: { room: Pick<Room, 'status' | 'scheduledAt'> }): ReactElement | null {
  const at = room.status === 'idle' ? room.scheduledAt : undefined;
  return at === undefined ? null : <PlannedAt at={at} />;
}

function PlannedAt({ at }: { at: string }): ReactElement {
  const left = useCountdown(at);
  const day = messages.plan.startsAt({ time: plannedTime(new Date(at)) });
  return (
    <span className="cs-planned" data-testid="planned">
      <time dateTime={at}>{day}</time>
      {left > 0 && left < kCounted && (
        <>
          {' · '}
          {/* Each second of it read out would drown the rest. */}
          <span aria-hidden="true">{messages.plan.startsIn({ time: clock(left * 1000) })}</span>
        </>
      )}
    </span>
  );
}
