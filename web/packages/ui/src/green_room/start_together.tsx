import { useAction } from '@costage/react';
import type { LiveInvitation, RoomHandle, RoomState } from '@costage/sdk';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useCall, usePlaces } from './call.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Problem } from '../base/problem.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
  isDisabled: boolean;
  onGo: () => void;
}

/** 3-2-1 for the host and all who have accepted, by the server's clock: all of them are called, and the show begins at its end. */
export function StartTogether({ room, state, isDisabled, onGo }: Props): ReactElement | null {
  const places = usePlaces(room, state);
  const action = useAction();
  const [startsAt, setStartsAt] = useState<string>();
  const call = useCall(startsAt);
  const go = useRef(onGo);
  go.current = onGo;
  const isDue = call?.seconds === 0;
  useEffect(() => {
    if (isDue) go.current();
  }, [isDue]);
  if (places.length === 0) return null;
  const words = messages.greenRoom;
  const start = async (): Promise<void> => setStartsAt(latest(await Promise.all(places.map((one) => called(one)))));
  return (
    <>
      <Problem error={action.error} />
      {call && call.seconds > 0 ? (
        <>
          <p className="cs-called" role="status" data-testid="countdown">
            <span className="cs-called-count">{call.seconds}</span> {words.liveIn({ seconds: call.seconds })}
          </p>
          <Button onPress={() => setStartsAt(undefined)} data-testid="stop-countdown">
            {words.cancelCountdown}
          </Button>
        </>
      ) : (
        <Button onPress={() => void action.run(start)} isDisabled={isDisabled || action.busy || isDue} data-testid="start-together">
          {words.countdown({ count: places.length })}
        </Button>
      )}
    </>
  );
}

/** Who was called a moment ago counts already. */
async function called(invitation: LiveInvitation): Promise<string | undefined> {
  try {
    return (await invitation.call()).calledFor;
  } catch (cause) {
    if ((cause as { code?: string }).code === 'rate_limited') return invitation.calledFor;
    throw cause;
  }
}

function latest(times: readonly (string | undefined)[]): string | undefined {
  return times.reduce((best, one) => (one !== undefined && (best === undefined || one > best) ? one : best), undefined);
}
