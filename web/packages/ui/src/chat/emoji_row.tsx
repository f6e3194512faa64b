import { useAction } from '@costage/react';
import type { LiveMessage, RoomHandle } from '@costage/sdk';
import { useState, type FormEvent, type ReactElement, type RefObject } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Text } from '../base/field.js';
import { Problem } from '../base/problem.js';

export const kQuickEmojis = ['👍', '❤️', '😂', '😮', '👏', '🎉'] as const;
const kLongestEmoji = 32;

interface Props {
  room: RoomHandle;
  message: LiveMessage;
  element: HTMLElement;
  onClose: () => void;
}

/** Six at hand; any other comes from the emoji keyboard of the device, which every text field has. */
export function EmojiRow({ room, message, element, onClose }: Props): ReactElement {
  const words = messages.chat.react;
  const [other, setOther] = useState('');
  const action = useAction();
  const mine = new Set(message.reactions.filter((one) => one.mine).map((one) => one.emoji));
  const react = async (emoji: string): Promise<void> => {
    if (await action.run(() => room.chat.react(message.messageId, emoji, !mine.has(emoji)))) onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (other.trim() !== '') void react(other.trim());
  };
  return (
    <Popover className="cs-menu-box" aria-label={words.title({ name: message.name })} triggerRef={{ current: element } as RefObject<HTMLElement | null>} isOpen onOpenChange={(open) => open || onClose()} placement="bottom end">
      <Dialog className="cs-emoji-box" aria-label={words.title({ name: message.name })}>
        <div className="cs-emoji-row">
          {kQuickEmojis.map((emoji, at) => (
            <button key={emoji} type="button" className="cs-emoji" aria-pressed={mine.has(emoji)} autoFocus={at === 0} onClick={() => void react(emoji)} data-testid={`chat-emoji-${at}`}>
              {emoji}
            </button>
          ))}
        </div>
        <form className="cs-emoji-other" onSubmit={submit}>
          <Text label={words.other} description={words.otherHint} value={other} onChange={setOther} maxLength={kLongestEmoji} testId="chat-emoji-other" />
          <Button small type="submit" isDisabled={other.trim() === '' || action.busy} data-testid="chat-emoji-add">{words.add}</Button>
        </form>
        <Problem error={action.error} />
      </Dialog>
    </Popover>
  );
}
