import { useAction } from '@costage/react';
import type { IngressInput, RoomHandle, RoomState } from '@costage/sdk';
import { useState, type ReactElement } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from '../base/button.js';
import { focusHome } from '../base/focus_keeper.js';
import { Problem } from '../base/problem.js';
import { messages } from '../words/messages.js';
import { SoftwareFacts } from './software_facts.js';
import { useIngress } from './use_ingress.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** For who may be on stage: to be there by OBS and the like instead of by this browser. */
export function SoftwareButton({ room, state }: Props): ReactElement | null {
  const [isOpen, setOpen] = useState(false);
  if (!state.ingressAvailable) return null;
  return (
    <>
      <Button small onPress={() => setOpen(true)} data-testid="software-open">{messages.software.open}</Button>
      {isOpen && <SoftwareDialog room={room} state={state} onClose={() => setOpen(false)} />}
    </>
  );
}

const kInputs: readonly IngressInput[] = ['rtmp', 'whip'];

function SoftwareDialog({ room, state, onClose }: Props & { onClose: () => void }): ReactElement {
  const mine = useIngress(room);
  const action = useAction();
  const words = messages.software;
  const { ingress } = mine;
  return (
    <ModalOverlay className="cs-overlay" isOpen onOpenChange={(open) => open || onClose()} isDismissable={!action.busy}>
      <Modal className="cs-modal">
        <Dialog className="cs-dialog">
          <Heading slot="title" {...focusHome}>{words.title}</Heading>
          <p>{words.lead}</p>
          {ingress === undefined && !mine.error && <p role="status">{messages.loading}</p>}
          {ingress ? <SoftwareFacts ingress={ingress} /> : ingress === null && <Inputs isIdle={state.room.status === 'idle'} isBusy={action.busy} onChoose={(input) => void action.run(() => mine.open(input))} />}
          <Problem error={action.error ?? mine.error} />
          <div className="cs-actions">
            {ingress && <Button onPress={() => void action.run(mine.close)} isPending={action.busy} data-testid="software-close">{action.busy ? words.closing : words.camera}</Button>}
            <Button onPress={onClose} isDisabled={action.busy}>{messages.close}</Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

interface InputsProps {
  isIdle: boolean;
  isBusy: boolean;
  onChoose: (input: IngressInput) => void;
}

function Inputs({ isIdle, isBusy, onChoose }: InputsProps): ReactElement {
  const words = messages.software;
  return (
    <div className="cs-software-inputs" role="group" aria-labelledby="software-choose">
      {isIdle && <p className="cs-notice-line">{words.startsShow}</p>}
      <strong id="software-choose">{words.choose}</strong>
      {kInputs.map((input) => (
        <Button key={input} onPress={() => onChoose(input)} isPending={isBusy} data-testid={`software-input-${input}`}>{words[input]}</Button>
      ))}
    </div>
  );
}
