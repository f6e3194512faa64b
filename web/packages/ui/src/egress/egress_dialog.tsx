import { useAction } from '@costage/react';
import { egresses, runningEgress, type Egress, type RoomHandle, type RoomState } from '@costage/sdk';
import type { ReactElement } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from '../base/button.js';
import { focusHome } from '../base/focus_keeper.js';
import { Problem } from '../base/problem.js';
import { messages } from '../words/messages.js';
import { DestinationForm } from './destination_form.js';
import { Destinations, EgressHistory } from './egress_list.js';
import { useEgressList, type EgressList } from './use_egress_list.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
  onClose: () => void;
}

/** Where else the show is seen, and what was recorded of it so far. */
export function EgressDialog({ room, state, onClose }: Props): ReactElement {
  const list = useEgressList(room);
  const running = runningEgress(state.egresses, 'restream');
  const words = messages.egress;
  return (
    <ModalOverlay className="cs-overlay" isOpen onOpenChange={(open) => open || onClose()} isDismissable>
      <Modal className="cs-modal">
        <Dialog className="cs-dialog">
          <Heading slot="title" {...focusHome}>{words.title}</Heading>
          {running ? <Running room={room} egress={running} list={list} /> : <><p>{words.lead}</p><DestinationForm room={room} /></>}
          <EgressHistory list={list} besides={running?.egressId} />
          <div className="cs-actions"><Button onPress={onClose}>{messages.close}</Button></div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface RunningProps {
  room: RoomHandle;
  egress: Egress;
  list: EgressList;
}

/** The room tells that it runs; where to, the list says. */
function Running({ room, egress, list }: RunningProps): ReactElement {
  const action = useAction();
  const { egressId, state } = egress;
  const words = messages.egress;
  const isEnding = action.busy || state === 'ending';
  return (
    <div className="cs-egress-running">
      <p role="status" data-testid="restream-state" data-state={state}>{words.states[state]}</p>
      <Destinations destinations={list.items?.find((one) => one.egressId === egressId)?.destinations ?? []} isOver={false} />
      <Problem error={action.error} />
      <div className="cs-actions">
        <Button tone="danger" icon="stop" isPending={isEnding} onPress={() => void action.run(() => egresses(room).stop(egressId))} data-testid="restream-stop">
          {isEnding ? words.stopping : words.stop}
        </Button>
      </div>
    </div>
  );
}
