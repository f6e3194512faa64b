import { type Action } from '@costage/react';
import type { FormEvent, ReactElement, ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { messages } from '../words/messages.js';
import { Button } from './button.js';
import { Problem } from './problem.js';

interface Props {
  title: string;
  go: string;
  testId: string;
  action: Action;
  isDisabled?: boolean;
  onGo: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Something to fill in and send; stays open, with the reason, when that fails. */
export function FormDialog({ title, go, testId, action, isDisabled = false, onGo, onClose, children }: Props): ReactElement {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isDisabled && !action.busy) onGo();
  };
  return (
    <ModalOverlay className="cs-overlay" isOpen onOpenChange={(open) => open || onClose()} isDismissable={!action.busy}>
      <Modal className="cs-modal">
        <Dialog className="cs-dialog">
          <Heading slot="title">{title}</Heading>
          <form className="cs-dialog-form" onSubmit={submit}>
            {children}
            <Problem error={action.error} />
            <div className="cs-actions">
              <Button onPress={onClose} isDisabled={action.busy}>{messages.cancel}</Button>
              <Button type="submit" tone="primary" isDisabled={isDisabled || action.busy} data-testid={testId}>{go}</Button>
            </div>
          </form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
