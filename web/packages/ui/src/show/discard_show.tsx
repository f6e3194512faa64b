import { useSession } from '@costage/react';
import type { Room } from '@costage/sdk';
import type { ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { Button, IconButton } from '../base/button.js';
import { Confirm, useQuestion } from '../base/confirm.js';

interface Props {
  room: Pick<Room, 'roomId' | 'title'>;
}

/** On the card of a show that its host has not begun: takes it off the list. */
export function DiscardCard({ room }: Props): ReactElement {
  const question = useQuestion();
  return (
    <>
      <IconButton icon="close" label={messages.discard.of({ title: room.title })} onPress={question.open} data-testid={`discard-${room.roomId}`} />
      <Question room={room} question={question} />
    </>
  );
}

/** The same where its host gets ready for it, who then has nothing to get ready for. */
export function DiscardShow({ room, isDisabled, onDone }: Props & { isDisabled: boolean; onDone: (() => void) | undefined }): ReactElement {
  const question = useQuestion();
  return (
    <>
      <Button tone="quiet" onPress={question.open} isDisabled={isDisabled} data-testid="discard-show">
        {messages.discard.go}
      </Button>
      <Question room={room} question={question} onDone={onDone} />
    </>
  );
}

interface QuestionProps extends Props {
  question: ReturnType<typeof useQuestion>;
  onDone?: (() => void) | undefined;
}

function Question({ room, question, onDone }: QuestionProps): ReactElement {
  const { client } = useSession();
  const discard = async (): Promise<void> => {
    await client.room(room.roomId).stop();
    onDone?.();
  };
  return (
    <Confirm
      isOpen={question.isOpen}
      onClose={question.close}
      title={messages.discard.title({ title: room.title })}
      lead={messages.discard.lead}
      confirm={messages.discard.confirm}
      onConfirm={discard}
      testId="confirm-discard"
    />
  );
}
