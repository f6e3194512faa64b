import { useAction, useNow } from '@costage/react';
import type { Room, RoomHandle, RoomState } from '@costage/sdk';
import type { ReactElement } from 'react';
import { clock } from '../base/format.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Problem } from '../base/problem.js';

/** How long before; at most half of the limit. */
const kWarnMs = { quiet: 60_000, longest: 300_000 };
const kMoreSeconds = 30 * 60;
const kMostSeconds = 24 * 3600;

interface Props {
  room: RoomHandle;
  state: RoomState;
  /** They may change the policy. */
  isHost: boolean;
}

/** Warns who is on stage that the show is about to end by itself, and how it goes on. */
export function EndingSoon({ room, state, isHost }: Props): ReactElement | null {
  const action = useAction();
  const { endsBy, endReason, policies } = state.room;
  const now = useNow(endsBy !== undefined);
  const why = endReason === 'quiet' ? 'quiet' : 'longest';
  const left = endsBy === undefined ? Infinity : Date.parse(endsBy) - now;
  if (left > warnAt(state.room, why)) return null;
  const more = (): Promise<unknown> =>
    room.update({ policies: { showLimitSeconds: Math.min(kMostSeconds, policies.showLimitSeconds + kMoreSeconds) } });
  return (
    <section className="cs-notice-line cs-ending-soon" data-testid="ending-soon" data-why={why}>
      <p role="alert">{messages.limits.soon[why]}</p>
      <p className="cs-countdown" role="timer" aria-live="off">
        {messages.limits.endsIn({ time: clock(left) })}
      </p>
      {isHost && why === 'longest' && policies.showLimitSeconds < kMostSeconds && (
        <Button small onPress={() => void action.run(more)} isDisabled={action.busy} data-testid="go-on-longer">
          {messages.limits.more}
        </Button>
      )}
      <Problem error={action.error} />
    </section>
  );
}

function warnAt({ policies }: Room, why: 'quiet' | 'longest'): number {
  const limit = why === 'quiet' ? policies.quietLimitSeconds : policies.showLimitSeconds;
  return Math.min(kWarnMs[why], limit * 500);
}
