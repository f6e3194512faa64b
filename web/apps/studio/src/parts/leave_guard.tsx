import { useLive } from '@costage/react';
import type { RoomHandle, RoomState } from '@costage/sdk';
import { Confirm, messages } from '@costage/ui';
import { useState, type ReactElement } from 'react';
import { useGuard } from '../lib/route.js';

/** Nobody goes off the air by a slip: leaving the page of a show is asked about while one is on its stage. */
export function LeaveGuard({ room, state }: { room: RoomHandle; state: RoomState }): ReactElement | null {
  const onStage = useLive(room.media).mode === 'stage';
  return onStage ? <Guard state={state} /> : null;
}

function Guard({ state }: { state: RoomState }): ReactElement {
  const [proceed, setProceed] = useState<() => void>();
  useGuard((go) => setProceed(() => go));
  const words = state.me.role === 'host' ? messages.leaving.host : messages.leaving.coHost;
  return (
    <Confirm
      isOpen={proceed !== undefined}
      onClose={() => setProceed(undefined)}
      title={words.title}
      lead={words.lead({ seconds: state.room.policies.reconnectGraceSeconds ?? 60 })}
      cancel={messages.leaving.stay}
      confirm={messages.leaving.go}
      onConfirm={async () => proceed?.()}
      testId="confirm-go"
    />
  );
}
