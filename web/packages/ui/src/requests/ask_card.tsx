import { useAction, useSession } from '@costage/react';
import type { JourneyState, RoomHandle, RoomState, StageJourney, StageRequest } from '@costage/sdk';
import { useEffect, useState, type FormEvent, type ReactElement } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { merelyWatches } from '../invite/invitable.js';
import { declinedWords, messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Text } from '../base/field.js';
import { Problem } from '../base/problem.js';

const kMaxComment = 200;

interface Props {
  room: RoomHandle;
  state: RoomState;
  journey: StageJourney;
  now: JourneyState;
}

/** Somebody who watches asks to come on stage, sees their place in the queue and may step out of it. */
export function AskCard({ room, state, journey, now }: Props): ReactElement | null {
  const { user } = useSession();
  const [isWriting, setWriting] = useState(false);
  const mine = state.requests.find((one) => one.userId === user.userId);
  const waits = now.name === 'asking';
  // Asked in another window, or answered: what was being written is about something that is over.
  const isQueued = mine?.status === 'waiting';
  useEffect(() => setWriting(false), [isQueued]);
  const mayAsk = state.room.policies.requestsOpen && state.me.role !== 'guest';
  if (!waits && !(mayAsk && merelyWatches(now))) return null;
  const send = (comment: string): Promise<unknown> => (isQueued ? room.requests.create(comment) : journey.ask(comment));
  return (
    <section className="cs-card cs-ask" data-testid="ask" data-status={mine?.status}>
      {isWriting ? (
        <Ask comment={(isQueued && mine?.comment) || ''} isAgain={isQueued} onSend={send} onDone={() => setWriting(false)} />
      ) : waits ? (
        <Waiting request={mine} onWithdraw={journey.withdraw} onChange={() => setWriting(true)} />
      ) : (
        <>
          {mine?.status === 'declined' && <p className="cs-hint">{declinedWords(mine.reason)}</p>}
          <div className="cs-actions">
            <Button icon="invite" onPress={() => setWriting(true)} data-testid="ask-to-join">
              {messages.requests.ask}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

interface AskProps {
  comment: string;
  isAgain: boolean;
  onSend: (comment: string) => Promise<unknown>;
  onDone: () => void;
}

function Ask({ comment, isAgain, onSend, onDone }: AskProps): ReactElement {
  const [text, setText] = useState(comment);
  const action = useAction();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await action.run(() => onSend(text.trim()))) onDone();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Text
        label={messages.requests.comment}
        description={messages.requests.commentHint}
        value={text}
        onChange={setText}
        maxLength={kMaxComment}
        testId="ask-comment"
        autoFocus
      />
      <Problem error={action.error} />
      <div className="cs-actions">
        <Button onPress={onDone} isDisabled={action.busy}>{messages.cancel}</Button>
        <Button type="submit" tone="primary" isDisabled={action.busy} data-testid="ask-send">
          {isAgain ? messages.requests.save : messages.requests.send}
        </Button>
      </div>
    </form>
  );
}

interface WaitingProps {
  /** Not yet, for an instant after asking. */
  request: StageRequest | undefined;
  onWithdraw: () => Promise<void>;
  onChange: () => void;
}

function Waiting({ request, onWithdraw, onChange }: WaitingProps): ReactElement {
  const action = useAction();
  return (
    <>
      <div role="status">
        <h2 {...focusHome}>{messages.requests.asked}</h2>
        {request?.place !== undefined && (
          <p data-testid="ask-place" data-place={request.place}>{messages.requests.place({ place: request.place })}</p>
        )}
      </div>
      {request?.comment && <p className="cs-row-comment">{request.comment}</p>}
      <Problem error={action.error} />
      <div className="cs-actions">
        <Button onPress={() => void action.run(onWithdraw)} isDisabled={action.busy} data-testid="ask-withdraw">
          {messages.requests.withdraw}
        </Button>
        <Button tone="quiet" onPress={onChange} isDisabled={action.busy} data-testid="ask-change">
          {messages.requests.change}
        </Button>
      </div>
    </>
  );
}
