import type { LiveRequest, RoomHandle, RoomState } from '@costage/sdk';
import { useEffect, useMemo, useRef, useState, type FormEvent, type ReactElement } from 'react';
import { useSession } from '../lib/context.js';
import { useAction, useLive } from '../lib/hooks.js';
import { notify } from '../lib/notices.js';
import { messages } from '../messages.js';
import { Button } from './button.js';
import { Text } from './field.js';
import { Problem } from './problem.js';

const kMaxComment = 200;

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** Somebody who watches asks to come on stage, sees their place in the queue and may step out of it. */
export function AskCard({ room, state }: Props): ReactElement | null {
  const { user } = useSession();
  const collection = useMemo(() => room.getRequests(), [room]);
  const mine = useLive(collection).data.find((one) => one.userId === user.userId);
  const [isWriting, setWriting] = useState(false);
  useAnswer(mine);
  const waits = mine?.status === 'waiting';
  if (state.me.role === 'guest' || (!waits && !state.room.policies.requestsOpen)) return null;
  return (
    <section className="card ask" data-testid="ask" data-status={mine?.status}>
      {isWriting ? (
        <Ask room={room} comment={waits ? (mine.comment ?? '') : ''} isAgain={waits} onDone={() => setWriting(false)} />
      ) : waits ? (
        <Waiting request={mine} onChange={() => setWriting(true)} />
      ) : (
        <>
          {mine?.status === 'declined' && <p className="hint">{messages.requests.declined(mine.reason)}</p>}
          <Button icon="invite" onPress={() => setWriting(true)} data-testid="ask-to-join">
            {messages.requests.ask}
          </Button>
        </>
      )}
    </section>
  );
}

/** What became of my request is said once. An invitation speaks for itself. */
function useAnswer(mine: LiveRequest | undefined): void {
  const before = useRef<{ requestId: string; status: string }>(undefined);
  useEffect(() => {
    const was = before.current;
    before.current = mine && { requestId: mine.requestId, status: mine.status };
    if (was?.status !== 'waiting' || was.requestId !== mine?.requestId) return;
    if (mine.status === 'declined') notify(messages.requests.declined(mine.reason), { stays: true, testId: 'declined-notice' });
    if (mine.status === 'expired') notify(messages.requests.expired);
  }, [mine]);
}

interface AskProps {
  room: RoomHandle;
  comment: string;
  isAgain: boolean;
  onDone: () => void;
}

function Ask({ room, comment, isAgain, onDone }: AskProps): ReactElement {
  const [text, setText] = useState(comment);
  const action = useAction();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await action.run(() => room.askToJoin(text.trim()))) onDone();
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
      <div className="actions">
        <Button onPress={onDone} isDisabled={action.busy}>{messages.cancel}</Button>
        <Button type="submit" tone="primary" isDisabled={action.busy} data-testid="ask-send">
          {isAgain ? messages.requests.save : messages.requests.send}
        </Button>
      </div>
    </form>
  );
}

function Waiting({ request, onChange }: { request: LiveRequest; onChange: () => void }): ReactElement {
  const action = useAction();
  return (
    <>
      <div role="status">
        <h2>{messages.requests.asked}</h2>
        {request.place !== undefined && (
          <p data-testid="ask-place" data-place={request.place}>{messages.requests.place(request.place)}</p>
        )}
      </div>
      {request.comment && <p className="row-comment">{request.comment}</p>}
      <Problem error={action.error} />
      <div className="actions">
        <Button onPress={() => void action.run(() => request.withdraw())} isDisabled={action.busy} data-testid="ask-withdraw">
          {messages.requests.withdraw}
        </Button>
        <Button tone="quiet" onPress={onChange} isDisabled={action.busy} data-testid="ask-change">
          {messages.requests.change}
        </Button>
      </div>
    </>
  );
}
