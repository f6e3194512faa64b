import { useAction } from '@costage/react';
import { useState, type ReactElement, type ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { messages } from '../words/messages.js';
import { Button } from './button.js';
import { Problem } from './problem.js';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  lead: string;
  /** What the button that changes nothing says. */
  cancel?: string;
  confirm: string;
  busy?: string;
  onConfirm: () => Promise<unknown>;
  testId: string;
  /** What may be said with it. */
  children?: ReactNode;
}

/** Asks before something that cannot be taken back; stays open, with the reason, when it fails. */
export function Confirm({ isOpen, onClose, title, lead, cancel = messages.cancel, confirm, busy, onConfirm, testId, children }: Props): ReactElement {
  const action = useAction();
  const go = async (): Promise<void> => {
    if (await action.run(onConfirm)) onClose();
  };
  const change = (open: boolean): void => {
    if (open) return;
    action.clear();
    onClose();
  };
  return (
    <ModalOverlay className="cs-overlay" isOpen={isOpen} onOpenChange={change} isDismissable={!action.busy}>
      <Modal className="cs-modal">
        <Dialog role="alertdialog" className="cs-dialog">
          <Heading slot="title">{title}</Heading>
          <p>{lead}</p>
          {children}
          <Problem error={action.error} />
          <div className="cs-actions">
            <Button tone="plain" onPress={() => change(false)} isDisabled={action.busy}>
              {cancel}
            </Button>
            <Button tone="danger" onPress={() => void go()} isDisabled={action.busy} data-testid={testId}>
              {action.busy && busy ? busy : confirm}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** State of a question that is open or not. */
export function useQuestion(): { isOpen: boolean; open: () => void; close: () => void } {
  const [isOpen, setOpen] = useState(false);
  return { isOpen, open: () => setOpen(true), close: () => setOpen(false) };
}
