import { useSession } from '@costage/react';
import type { RoomState } from '@costage/sdk';
import { useEffect, useRef, type ReactElement } from 'react';
import { notify, settle } from '../base/notices.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Confirm, useQuestion } from '../base/confirm.js';

/** The host is gone, and somebody carries the show on (D12). */
export function StandsIn({ state }: { state: RoomState }): ReactElement | null {
  const { user } = useSession();
  const { actingHostId, hostId } = state.room;
  const isHostThere = state.stage.seats.some((one) => one.userId === hostId && one.state === 'onAir');
  useHostIsBack(actingHostId, isHostThere, user.userId);
  const seat = state.stage.seats.find((one) => one.userId === actingHostId);
  if (!seat) return null;
  const words = seat.userId === user.userId ? messages.stage.standsIn.self : messages.stage.standsIn.other({ name: seat.name });
  return (
    <p className="cs-notice-line" role="status" data-testid="stands-in" data-user={seat.userId}>
      {words}
    </p>
  );
}

/** Said once, to those who were told before that the host is gone. */
function useHostIsBack(actingHostId: string | undefined, isHostThere: boolean, userId: string): void {
  const stoodIn = useRef<string>(undefined);
  useEffect(() => {
    if (actingHostId !== undefined) {
      stoodIn.current = actingHostId;
      settle('host');
    }
    if (actingHostId !== undefined || stoodIn.current === undefined || !isHostThere) return;
    const { self, other } = messages.stage.standsIn.back;
    notify(stoodIn.current === userId ? self : other, { about: 'host' });
    stoodIn.current = undefined;
  }, [actingHostId, isHostThere, userId]);
}

/** Asks before it ends the show for everybody. */
export function StopShow({ onStop }: { onStop: () => Promise<unknown> }): ReactElement {
  const stopping = useQuestion();
  return (
    <>
      <Button tone="danger" icon="stop" onPress={stopping.open} data-testid="stop-show">
        {messages.host.stop}
      </Button>
      <Confirm
        isOpen={stopping.isOpen}
        onClose={stopping.close}
        title={messages.host.stopTitle}
        lead={messages.host.stopLead}
        confirm={messages.host.stopConfirm}
        busy={messages.host.stopping}
        onConfirm={onStop}
        testId="confirm-stop"
      />
    </>
  );
}
