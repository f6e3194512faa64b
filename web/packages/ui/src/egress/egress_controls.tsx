import { useAction } from '@costage/react';
import { egresses, isRunning, runningEgress, type RoomHandle, type RoomState } from '@costage/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { Button } from '../base/button.js';
import { Confirm, useQuestion } from '../base/confirm.js';
import { Problem } from '../base/problem.js';
import { messages } from '../words/messages.js';
import { EgressDialog } from './egress_dialog.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

export function isEgressOffered({ egressAvailable, room }: RoomState): boolean {
  return egressAvailable && isRunning(room.status);
}

/** For the host and who stands in: recording the show, and sending it to other platforms as well. */
export function EgressControls({ room, state }: Props): ReactElement | null {
  const [isOpen, setOpen] = useState(false);
  if (!isEgressOffered(state)) return null;
  return (
    <>
      <RecordButton room={room} state={state} />
      <Button small icon="broadcast" onPress={() => setOpen(true)} data-testid="restream-open">{messages.egress.elsewhere}</Button>
      {isOpen && <EgressDialog room={room} state={state} onClose={() => setOpen(false)} />}
    </>
  );
}

/** The same in a row of its own. */
export function EgressRow(props: Props): ReactElement | null {
  if (!isEgressOffered(props.state)) return null;
  return <div className="cs-stage-tools" role="group" aria-label={messages.egress.tools}><EgressControls {...props} /></div>;
}

/** One button, so that the focus stays on it. What runs is stopped with a question only: it cannot be taken up again. */
function RecordButton({ room, state }: Props): ReactElement {
  const action = useAction();
  const stopping = useQuestion();
  const running = runningEgress(state.egresses, 'recording');
  const words = messages.egress;
  const isEnding = running?.state === 'ending';
  const { close } = stopping;
  // What ends by itself with the question open is not asked about the next time.
  useEffect(() => {
    if (!running) close();
  }, [running === undefined]);
  const start = (): void => void action.run(() => egresses(room).start({ kind: 'recording' }));
  return (
    <>
      <Button
        small
        icon={running ? 'stop' : 'record'}
        tone={running ? 'danger' : 'plain'}
        isPending={action.busy || isEnding}
        onPress={running ? stopping.open : start}
        data-testid={running ? 'record-stop' : 'record-start'}
      >
        {action.busy ? words.starting : isEnding ? words.stopping : running ? words.stopRecord : words.record}
      </Button>
      <Problem error={action.error} onClose={action.clear} />
      <Confirm
        isOpen={stopping.isOpen && running !== undefined}
        onClose={close}
        title={words.stopTitle}
        lead={words.stopLead}
        confirm={words.stopRecord}
        busy={words.stopping}
        onConfirm={async () => running && egresses(room).stop(running.egressId)}
        testId="confirm-record-stop"
      />
    </>
  );
}
