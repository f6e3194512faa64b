import { useAction } from '@costage/react';
import type { RoomHandle, Seat } from '@costage/sdk';
import type { ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Problem } from '../base/problem.js';
import { StatusPage } from '../base/status_page.js';

interface Props {
  /** Nobody is on air with this seat at the moment; it waits to be taken. */
  isKept: boolean;
  /** The show allows one window: it cannot be taken from the other. */
  isRefused?: boolean;
  /** What the button says, where it is more than to be here. */
  go?: string | undefined;
  onTake: () => Promise<unknown>;
}

/** The person is, or was, on stage somewhere else. To be here instead is theirs to say: it ends picture and sound there. */
export function Elsewhere({ isKept, isRefused = false, go, onTake }: Props): ReactElement {
  const action = useAction();
  const words = isKept ? messages.room.seatKept : messages.room.elsewhere;
  // What nobody is on air with is taken by hand in any window.
  const isBarred = isRefused && !isKept;
  return (
    <StatusPage testId="elsewhere" title={words.title} lead={isBarred ? messages.room.elsewhere.refused : words.lead}>
      <Problem error={action.error} />
      {!isBarred && <Button tone="primary" onPress={() => void action.run(onTake)} isDisabled={action.busy} data-testid="use-this-window">
        {go ?? words.go}
      </Button>}
    </StatusPage>
  );
}

/** A tap brings this person (back) on stage: into the seat that is still held, or else as the screen sees fit. */
export function takeSeat(room: RoomHandle, seat: Seat | undefined, otherwise: () => Promise<void>): Promise<void> {
  return seat ? room.media.resume(seat.leaseId) : otherwise();
}
