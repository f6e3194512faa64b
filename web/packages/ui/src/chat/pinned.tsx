import { useAction } from '@costage/react';
import { cutText, type ChatPin, type RoomHandle } from '@costage/sdk';
import { useState, type ReactElement } from 'react';
import { notify } from '../base/notices.js';
import { duration } from '../words/figures.js';
import { messages } from '../words/messages.js';
import { IconButton } from '../base/button.js';
import { Choice, Text } from '../base/field.js';
import { Icon } from '../base/icon.js';
import { Problem } from '../base/problem.js';
import { FormDialog } from '../base/form_dialog.js';
import { splitText } from './message_text.js';
import { timeOfDay } from './times.js';

interface Props {
  room: RoomHandle;
  pin: ChatPin;
  mayModerate: boolean;
}

/** The announcement that stands above the chat. */
export function Pinned({ room, pin, mayModerate }: Props): ReactElement {
  const words = messages.chat.pin;
  const action = useAction();
  const facts = [words.by({ name: pin.name }), ...(pin.until === undefined ? [] : [words.until({ time: timeOfDay(pin.until) })])];
  return (
    <section className="cs-chat-pin" data-testid="chat-pin" aria-label={words.label}>
      <Icon name="pin" />
      <div className="cs-chat-pin-text">
        <p dir="auto">
          {splitText(pin.text).map((part, at) =>
            part.kind === 'link' ? <a key={at} href={part.href} rel="noopener noreferrer nofollow ugc" target="_blank">{part.text}</a> : part.text,
          )}
        </p>
        <p className="cs-chat-mark">{facts.join(' · ')}</p>
        <Problem error={action.error} />
      </div>
      {mayModerate && <IconButton icon="close" label={words.take} onPress={() => void action.run(() => room.chat.unpin())} isDisabled={action.busy} data-testid="chat-unpin" />}
    </section>
  );
}

const kLengths = [0, 60, 300, 900, 3600];
const kMostText = 500;

interface DialogProps {
  room: RoomHandle;
  /** What is pinned; without it an announcement is written. */
  messageId?: string;
  text?: string;
  onClose: () => void;
}

export function PinDialog({ room, messageId, text: given = '', onClose }: DialogProps): ReactElement {
  const words = messages.chat.pin;
  const [text, setText] = useState(given);
  const [seconds, setSeconds] = useState(0);
  const action = useAction();
  const pin = async (): Promise<void> => {
    const what = messageId === undefined ? { text: cutText(text.trim(), kMostText) } : { messageId };
    if (!(await action.run(() => room.chat.pin({ ...what, ...(seconds > 0 ? { seconds } : {}) })))) return;
    notify(messages.chat.done.pinned);
    onClose();
  };
  return (
    <FormDialog title={words.title} go={words.go} testId="chat-pin-go" action={action} isDisabled={text.trim() === ''} onGo={() => void pin()} onClose={onClose}>
      {messageId === undefined ? (
        <Text label={words.text} value={text} onChange={setText} maxLength={kMostText} testId="chat-pin-text" autoFocus />
      ) : (
        <p className="cs-chat-pin-quoted" dir="auto">{given}</p>
      )}
      <Choice
        label={words.how}
        options={kLengths.map((one) => ({ id: String(one), name: one === 0 ? words.toTheEnd : duration(one) }))}
        value={String(seconds)}
        onChange={(id) => setSeconds(Number(id))}
        testId="chat-pin-length"
      />
    </FormDialog>
  );
}
