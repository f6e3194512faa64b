import type { LiveRequest, PersonReadiness, RoomHandle, RoomState } from '@costage/sdk';
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { useAction, useLive, useNow } from '../lib/hooks.js';
import { notify } from '../lib/notices.js';
import { messages } from '../messages.js';
import { Avatar } from './avatar.js';
import { Button } from './button.js';
import { Confirm } from './confirm.js';
import { Text } from './field.js';
import { Problem } from './problem.js';
import { ReadinessMarks } from './readiness_marks.js';

const kMaxComment = 200;

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** Who asked to come on stage, in the order of the queue. */
export function QueuePanel({ room, state }: Props): ReactElement {
  const collection = useMemo(() => room.getRequests({ status: 'waiting' }), [room]);
  const { data } = useLive(collection);
  const [declining, setDeclining] = useState<LiveRequest>();
  const { policies } = state.room;
  useAnnounced(data);
  return (
    <section className="panel-part" data-testid="queue">
      <h2>{messages.requests.title(data.length)}</h2>
      {data.length === 0 && <p className="hint">{policies.requestsOpen ? messages.requests.none : messages.requests.closedHint}</p>}
      {data.length > 0 && (
        <ol className="rows">
          {data.map((request) => (
            <QueueRow key={request.requestId} request={request} readiness={state.readiness.find((one) => one.userId === request.userId)} onDecline={() => setDeclining(request)} />
          ))}
        </ol>
      )}
      <Decline request={declining} onClose={() => setDeclining(undefined)} />
    </section>
  );
}

/** Who comes into the queue is said once; who was there at the start is not news. */
function useAnnounced(requests: readonly LiveRequest[]): void {
  const known = useRef<Set<string>>(undefined);
  useEffect(() => {
    const before = known.current;
    known.current = new Set(requests.map((one) => one.requestId));
    if (!before) return;
    for (const one of requests) if (!before.has(one.requestId)) notify(messages.requests.came(one.name));
  }, [requests]);
}

interface RowProps {
  request: LiveRequest;
  readiness: PersonReadiness | undefined;
  onDecline: () => void;
}

function QueueRow({ request, readiness, onDecline }: RowProps): ReactElement {
  const action = useAction();
  const now = useNow(true, 10_000);
  const { userId, name, comment, createdAt, appearances } = request;
  const facts = [messages.requests.waiting(now - Date.parse(createdAt)), ...(appearances > 0 ? [messages.requests.appearances(appearances)] : [])];
  return (
    <li className="row" data-testid={`request-${userId}`}>
      <Avatar userId={userId} name={name} />
      <div className="row-text">
        <span className="row-name">{name}</span>
        {comment && <span className="row-comment">{comment}</span>}
        <span className="row-status">{facts.join(' · ')}</span>
        <ReadinessMarks readiness={readiness} />
      </div>
      <div className="row-actions">
        <Button
          small
          icon="invite"
          aria-label={messages.host.inviteName(name)}
          onPress={() => void action.run(() => request.invite())}
          isDisabled={action.busy}
          data-testid={`request-invite-${userId}`}
        >
          {messages.host.invite}
        </Button>
        <Button small tone="quiet" aria-label={messages.requests.declineName(name)} onPress={onDecline} isDisabled={action.busy} data-testid={`request-decline-${userId}`}>
          {messages.requests.decline}
        </Button>
      </div>
      <Problem error={action.error} />
    </li>
  );
}

function Decline({ request, onClose }: { request: LiveRequest | undefined; onClose: () => void }): ReactElement {
  const [reason, setReason] = useState('');
  const close = (): void => {
    setReason('');
    onClose();
  };
  return (
    <Confirm
      isOpen={request !== undefined}
      onClose={close}
      title={messages.requests.declineTitle(request?.name ?? '')}
      lead={messages.requests.declineLead}
      confirm={messages.requests.decline}
      onConfirm={() => request?.decline(reason.trim()) ?? Promise.resolve()}
      testId="confirm-decline"
    >
      <Text label={messages.requests.reason} value={reason} onChange={setReason} maxLength={kMaxComment} testId="decline-reason" />
    </Confirm>
  );
}
