import { useAction, useLive, useNow } from '@costage/react';
import type { Live, LiveInvitation, Observable, PersonReadiness, RoomHandle, RoomState, Watchers } from '@costage/sdk';
import { useEffect, useId, useMemo, useRef, type ReactElement } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { secondsLeft } from '../base/format.js';
import { useInviting, type Inviting } from './inviting.js';
import { notify } from '../base/notices.js';
import { newestPerInvitee } from './people.js';
import { messages } from '../words/messages.js';
import { Avatar } from '../base/avatar.js';
import { Button } from '../base/button.js';
import { PersonDiagnosis } from '../diagnosis/diagnosis.js';
import { InvitableAgain } from './invitable_again.js';
import { Name } from '../base/name.js';
import { OlderInvitations } from './older_invitations.js';
import { Problem } from '../base/problem.js';
import { ReadinessMarks } from './readiness_marks.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
  /** They know from when somebody who declined can be invited again. */
  watchers: Observable<Live<Watchers>>;
  diagnoses: boolean;
}

/** Whom this room has in mind: the newest invitation of each person, and what comes of it. */
export function Invitations({ room, state, watchers, diagnoses }: Props): ReactElement {
  const collection = useMemo(() => room.invitations.list(), [room]);
  const { data } = useLive(collection);
  const watching = new Map(useLive(watchers).data.items.map((one) => [one.userId, one]));
  const shown = newestPerInvitee(data);
  const onStage = new Set(state.stage.seats.map((seat) => seat.userId));
  const wereOnStage = useWereOnStage(shown, onStage);
  useAnnouncedChanges(data);
  return (
    <section className="cs-panel-part">
      <h2 {...focusHome}>{messages.host.invitations}</h2>
      {shown.length === 0 && <p className="cs-hint">{messages.host.noInvitations}</p>}
      <ul className="cs-rows">
        {shown.map((invitation) => (
          <InvitationRow
            key={invitation.inviteeId}
            room={room}
            invitation={invitation}
            readiness={state.readiness.find((one) => one.userId === invitation.inviteeId)}
            isOnStage={onStage.has(invitation.inviteeId)}
            wasOnStage={wereOnStage.has(invitation.invitationId)}
            knownRetryAt={watching.get(invitation.inviteeId)?.retryAt}
            diagnoses={diagnoses}
          />
        ))}
      </ul>
      {shown.length > 0 && <OlderInvitations room={room} shown={shown} />}
    </section>
  );
}

/** By invitation: who has come on stage with it while this page was open. Who left by themselves keeps their place. */
function useWereOnStage(invitations: readonly LiveInvitation[], onStage: ReadonlySet<string>): ReadonlySet<string> {
  const seen = useRef(new Set<string>());
  for (const one of invitations) if (one.status === 'accepted' && onStage.has(one.inviteeId)) seen.current.add(one.invitationId);
  return seen.current;
}

/** Every change of status is said once (S-092); what was there at the start is not news. */
function useAnnouncedChanges(invitations: readonly LiveInvitation[]): void {
  const known = useRef<Map<string, string>>(undefined);
  useEffect(() => {
    const before = known.current;
    known.current = new Map(invitations.map((one) => [one.invitationId, one.status]));
    if (!before) return;
    for (const one of invitations) {
      if (before.get(one.invitationId) !== one.status) notify(messages.invitation.changed[one.status]({ name: one.inviteeName }), { about: `guest ${one.inviteeId}` });
    }
  }, [invitations]);
}

interface RowProps {
  room: RoomHandle;
  invitation: LiveInvitation;
  readiness: PersonReadiness | undefined;
  isOnStage: boolean;
  wasOnStage: boolean;
  knownRetryAt: number | undefined;
  diagnoses: boolean;
}

function InvitationRow({ room, invitation, readiness, isOnStage, wasOnStage, knownRetryAt, diagnoses }: RowProps): ReactElement {
  const { inviteeId, inviteeName, status, revoked } = invitation;
  const mayComeAgain = status !== 'pending' && (status !== 'accepted' || revoked === true) && !isOnStage;
  const inviting = useInviting(() => room.invitations.create(inviteeId), knownRetryAt);
  const waitId = useId();
  const row = useRef<HTMLLIElement>(null);
  return (
    <li className="cs-row" ref={row} tabIndex={-1} data-testid={`invitation-${inviteeId}`} data-status={status}>
      <Avatar userId={inviteeId} name={inviteeName} />
      <div className="cs-row-text">
        <Name className="cs-row-name">{inviteeName}</Name>
        <Status invitation={invitation} isOnStage={isOnStage} wasOnStage={wasOnStage} />
        {mayComeAgain && inviting.retryAt !== undefined && <InvitableAgain at={inviting.retryAt} id={waitId} />}
        {!isOnStage && <ReadinessMarks readiness={readiness} />}
      </div>
      <RowActions
        room={room}
        invitation={invitation}
        again={mayComeAgain ? inviting : undefined}
        waitId={waitId}
        diagnoses={diagnoses}
        onDone={() => row.current?.focus({ preventScroll: true })}
      />
    </li>
  );
}

function Status({ invitation, isOnStage, wasOnStage }: Pick<RowProps, 'invitation' | 'isOnStage' | 'wasOnStage'>): ReactElement {
  const { status, revoked } = invitation;
  const after = isOnStage || status !== 'accepted' ? undefined : revoked ? ('revoked' as const) : wasOnStage ? ('left' as const) : undefined;
  const words = after ? messages.invitation[after] : messages.invitation.status[status];
  const pending = status === 'pending';
  const now = useNow(pending);
  return (
    <span className="cs-row-status" data-status={after ?? status}>
      {isOnStage ? messages.host.onStage : words}
      {pending && ` · ${messages.invitation.secondsLeft({ seconds: secondsLeft(invitation, now) })}`}
    </span>
  );
}

interface RowActionsProps extends Pick<RowProps, 'room' | 'invitation' | 'diagnoses'> {
  /** Where they can be asked once more, now or in a while. */
  again: Inviting | undefined;
  waitId: string;
  /** The buttons are others now; the focus must not go with them. */
  onDone: () => void;
}

function RowActions({ room, invitation, again, waitId, diagnoses, onDone }: RowActionsProps): ReactElement {
  const action = useAction();
  const { inviteeId, inviteeName, status } = invitation;
  const act = async (work: () => Promise<boolean>): Promise<void> => {
    if (await work()) onDone();
  };
  return (
    <>
      <div className="cs-row-actions">
        {status === 'pending' && (
          <>
            <Button small onPress={() => void action.run(() => invitation.resend())} data-testid={`resend-${inviteeId}`}>
              {messages.host.resend}
            </Button>
            <Button small tone="quiet" onPress={() => void act(() => action.run(() => invitation.cancel()))} data-testid={`cancel-${inviteeId}`}>
              {messages.host.cancelInvite}
            </Button>
          </>
        )}
        {again && (
          <Button
            small
            onPress={() => void act(again.invite)}
            isDisabled={again.retryAt !== undefined}
            {...(again.retryAt === undefined ? {} : { 'aria-describedby': waitId })}
            data-testid={`reinvite-${inviteeId}`}
          >
            {messages.host.inviteAgain}
          </Button>
        )}
        {diagnoses && <PersonDiagnosis room={room} userId={inviteeId} name={inviteeName} invitation={invitation} />}
      </div>
      <Problem error={action.error ?? again?.problem} />
    </>
  );
}
