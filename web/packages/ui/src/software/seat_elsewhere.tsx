import { useAction, type Action } from '@costage/react';
import type { Ingress, RoomHandle, RoomState } from '@costage/sdk';
import type { ReactElement, ReactNode } from 'react';
import { Button } from '../base/button.js';
import { focusHome } from '../base/focus_keeper.js';
import { Problem } from '../base/problem.js';
import { RunOfShowLine } from '../run_of_show/run_of_show.js';
import { Elsewhere } from '../stage/elsewhere.js';
import { messages } from '../words/messages.js';
import { SoftwareFacts } from './software_facts.js';
import { SoftwareStage } from './software_stage.js';
import { useIngress, type MyIngress } from './use_ingress.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
  /** Nobody is on air with this seat at the moment; it waits to be taken. */
  isKept: boolean;
  /** What the button says, where it is more than to be here. */
  go?: string | undefined;
  onTake: () => Promise<unknown>;
  /** What this person can do although they are not here. */
  children?: ReactNode;
}

/** The person's seat is not this window's: streaming software has it or is to have it, or else another window. */
export function SeatElsewhere({ room, state, isKept, go, onTake, children }: Props): ReactElement {
  const mine = useIngress(room, state.ingressAvailable);
  const back = useAction();
  const backHere = async (): Promise<void> => {
    await mine.close();
    await onTake();
  };
  if (mine.ingress) return <SoftwareOnStage room={room} mine={mine} ingress={mine.ingress} state={state} back={back} onBack={() => void back.run(backHere)}>{children}</SoftwareOnStage>;
  // Not "in another window" for an instant, to who has just opened or closed it here.
  const isAsked = state.ingressAvailable && mine.ingress === undefined && !mine.error;
  if (isAsked || back.busy) return <p className="cs-hint cs-centred" role="status">{messages.loading}</p>;
  return (
    <>
      <Problem error={back.error} />
      <Elsewhere isKept={isKept} isRefused={state.room.policies.secondWindow === 'refused'} go={go} onTake={onTake} />
    </>
  );
}

interface OnStageProps extends Pick<Props, 'room' | 'state' | 'children'> {
  mine: MyIngress;
  ingress: Ingress;
  back: Action;
  onBack: () => void;
}

function SoftwareOnStage({ room, mine, ingress, state, back, onBack, children }: OnStageProps): ReactElement {
  const words = messages.software;
  const isOnAir = ingress.state === 'publishing';
  return (
    <>
      <SoftwareStage room={room} state={state} />
      <section className="cs-card cs-software-card" data-testid="software-panel" aria-labelledby="software-panel-title">
        <h2 id="software-panel-title" {...focusHome}>{isOnAir ? words.onAirTitle : words.waitingTitle}</h2>
        {isOnAir && <p className="cs-hint">{words.onAirLead}</p>}
        <RunOfShowLine state={state} />
        <SoftwareFacts ingress={ingress} />
        <Problem error={back.error ?? mine.error} />
        <div className="cs-actions">
          <Button icon="camera" onPress={onBack} isPending={back.busy} data-testid="software-close">{back.busy ? words.closing : words.camera}</Button>
          {children}
        </div>
      </section>
    </>
  );
}
