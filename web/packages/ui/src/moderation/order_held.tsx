import { useAction } from '@costage/react';
import type { ChatMessage, ReviewVerdict, RoomHandle } from '@costage/sdk';
import type { ReactElement } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Problem } from '../base/problem.js';
import { OrderMessage } from './order_message.js';

export function HeldMessages({ room, held }: { room: RoomHandle; held: readonly ChatMessage[] }): ReactElement {
  const words = messages.order.held;
  return (
    <>
      <h3 {...focusHome}>{words.title}</h3>
      {held.length === 0 && <p className="cs-hint">{words.none}</p>}
      <ul className="cs-rows cs-order-rows">
        {held.map((message) => (
          <HeldRow key={message.messageId} room={room} message={message} />
        ))}
      </ul>
    </>
  );
}

function HeldRow({ room, message }: { room: RoomHandle; message: ChatMessage }): ReactElement {
  const words = messages.order.held;
  const { messageId, name } = message;
  const action = useAction();
  const decide = (verdict: ReviewVerdict): void => void action.run(() => room.moderation.review(messageId, verdict));
  return (
    <li className="cs-row cs-order-row" data-testid={`held-${messageId}`}>
      <OrderMessage message={message} />
      <Problem error={action.error} />
      <div className="cs-row-actions">
        <Button small tone="primary" aria-label={words.showOf({ name })} onPress={() => decide('show')} data-testid={`held-show-${messageId}`}>{words.show}</Button>
        <Button small tone="danger" aria-label={words.refuseOf({ name })} onPress={() => decide('refuse')} data-testid={`held-refuse-${messageId}`}>{words.refuse}</Button>
      </div>
    </li>
  );
}
