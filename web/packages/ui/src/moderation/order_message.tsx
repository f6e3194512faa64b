import type { ChatMessage } from '@costage/sdk';
import type { ReactElement } from 'react';
import { timeOfDay } from '../chat/times.js';
import { Name } from '../base/name.js';

/** A message as it stands in a list of what is to be decided. Addresses in it are no links here: nobody has looked at them. */
export function OrderMessage({ message, gone }: { message: ChatMessage; gone?: string }): ReactElement {
  return (
    <>
      <p className="cs-order-author">
        <Name className="cs-row-name">{message.name}</Name> <time className="cs-row-status" dateTime={message.sentAt}>{timeOfDay(message.sentAt)}</time>
      </p>
      <p className="cs-order-text" dir="auto" data-gone={message.status === 'deleted' || undefined}>{message.status === 'deleted' ? gone : message.text}</p>
    </>
  );
}
