import { useLive, useNow } from '@costage/react';
import type { LiveRequest, PersonReadiness, RoomHandle, RoomState } from '@costage/sdk';
import { useEffect, useId, useMemo, useRef, useState, type ReactElement } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { useInviting } from '../invite/inviting.js';
import { notify, settle } from '../base/notices.js';
import type { Several } from '../invite/several.js';
import { duration } from '../words/figures.js';
import { messages } from '../words/messages.js';
import { Avatar } from '../base/avatar.js';
import { Button } from '../base/button.js';
import { Confirm } from '../base/confirm.js';
import { Text } from '../base/field.js';
import { InvitableAgain } from '../invite/invitable_again.js';
import { ChoosePerson, InviteSeveral } from '../invite/invite_several.js';
import { Name } from '../base/name.js';
import { Problem } from '../base/problem.js';
import { ReadinessMarks } from '../invite/readiness_marks.js';

const kMaxComment = 200;

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** Who asked to come on stage, in the order of the queue. */
export function QueuePanel({ room, state }: Props): ReactElement {
  const collection = useMemo(() => room.requests.list({ status: 'waiting' }), [room]);
  const { data } = useLive(collection);
  const [declining, setDeclining] = useState<LiveRequest>();
  const heading = useRef<HTMLHeadingElement>(null);
  const { policies } = state.room;
  useAnnounced(data);
  return (
    <section className="cs-panel-part" data-testid="queue">
      <h2 ref={heading} {...focusHome}>{messages.requests.title({ count: data.length })}</h2>
      {data.length === 0 && <p className="cs-hint">{policies.requestsOpen ? messages.requests.none : messages.requests.closedHint}</p>}
      {/* Also without a request: what became of those who were invited stands there. */}
      <InviteSeveral room={room} label={messages.requests.title({ count: data.length })} people={data} invitable={data.length} testId="several-requests">
        {(several) => (
          <Queue requests={data} readiness={state.readiness} several={several} onInvited={() => heading.current?.focus({ preventScroll: true })} onDecline={setDeclining} />
        )}
      </InviteSeveral>
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
    for (const one of requests) if (!before.has(one.requestId)) notify(messages.requests.came({ name: one.name }), { about: one.requestId });
    for (const one of before) if (!known.current.has(one)) settle(one);
  }, [requests]);
}

interface QueueProps {
  requests: readonly LiveRequest[];
  readiness: readonly PersonReadiness[];
  several: Several | undefined;
  onInvited: () => void;
  onDecline: (request: LiveRequest) => void;
}

function Queue({ requests, readiness, several, onInvited, onDecline }: QueueProps): ReactElement | null {
  if (requests.length === 0) return null;
  return (
    <ol className="cs-rows">
      {requests.map((request) => (
        <QueueRow
          key={request.requestId}
          request={request}
          readiness={readiness.find((one) => one.userId === request.userId)}
          several={several}
          onInvited={onInvited}
          onDecline={() => onDecline(request)}
        />
      ))}
    </ol>
  );
}

interface RowProps {
  request: LiveRequest;
  readiness: PersonReadiness | undefined;
  several: Several | undefined;
  /** The row goes, and would take the focus with it. */
  onInvited: () => void;
  onDecline: () => void;
}

function waitingWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  return minutes <= 0 ? messages.requests.justNow : messages.requests.waitingFor({ time: duration(60 * minutes) });
}

function QueueRow({ request, readiness, several, onInvited, onDecline }: RowProps): ReactElement {
  const { busy, invite, problem, retryAt } = useInviting(() => request.invite());
  const waitId = useId();
  const now = useNow(true, 10_000);
  const { userId, name, comment, createdAt, appearances } = request;
  const facts = [waitingWords(now - Date.parse(createdAt)), ...(appearances > 0 ? [messages.requests.appearances({ count: appearances })] : [])];
  const press = async (): Promise<void> => {
    if (await invite()) onInvited();
  };
  return (
    <li className="cs-row" data-testid={`request-${userId}`}>
      {several && <ChoosePerson several={several} person={request} isDisabled={retryAt !== undefined} describedBy={retryAt === undefined ? undefined : waitId} />}
      <Avatar userId={userId} name={name} />
      <div className="cs-row-text">
        <Name className="cs-row-name">{name}</Name>
        {comment && <span className="cs-row-comment">{comment}</span>}
        <span className="cs-row-status">{facts.join(' · ')}</span>
        {retryAt !== undefined && <InvitableAgain at={retryAt} id={waitId} />}
        <ReadinessMarks readiness={readiness} />
      </div>
      <div className="cs-row-actions">
        {!several && (
          <Button
            small
            icon="invite"
            aria-label={messages.host.inviteName({ name })}
            onPress={() => void press()}
            isDisabled={retryAt !== undefined}
            data-testid={`request-invite-${userId}`}
          >
            {messages.host.invite}
          </Button>
        )}
        <Button small tone="quiet" aria-label={messages.requests.declineName({ name })} onPress={onDecline} isDisabled={busy} data-testid={`request-decline-${userId}`}>
          {messages.requests.decline}
        </Button>
      </div>
      <Problem error={problem} />
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
      title={messages.requests.declineTitle({ name: request?.name ?? '' })}
      lead={messages.requests.declineLead}
      confirm={messages.requests.decline}
      onConfirm={() => request?.decline(reason.trim()) ?? Promise.resolve()}
      testId="confirm-decline"
    >
      <Text label={messages.requests.reason} value={reason} onChange={setReason} maxLength={kMaxComment} testId="decline-reason" />
    </Confirm>
  );
}
