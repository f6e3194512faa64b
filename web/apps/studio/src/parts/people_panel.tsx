import type { LiveInvitation, PersonReadiness, RoomHandle, RoomState, Watcher } from '@costage/sdk';
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { useSession } from '../lib/context.js';
import { secondsLeft } from '../lib/format.js';
import { useAction, useLive, useNow } from '../lib/hooks.js';
import { notify } from '../lib/notices.js';
import { invitesAnybody, newestPerInvitee } from '../lib/people.js';
import { letsPeopleIn } from '../lib/server.js';
import { messages } from '../messages.js';
import { Avatar } from './avatar.js';
import { Button } from './button.js';
import { PersonDiagnosis } from './diagnosis.js';
import { Search } from './field.js';
import { InviteById } from './invite_by_id.js';
import { Problem } from './problem.js';
import { QueuePanel } from './queue_panel.js';
import { ReadinessMarks } from './readiness_marks.js';
import { RoomSettings } from './room_settings.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** The side panel of who invites: who asked, who was invited, who could be invited, and what holds for this show. */
export function PeoplePanel({ room, state, manages = true }: Props & { manages?: boolean }): ReactElement {
  return (
    <div className="panel">
      <QueuePanel room={room} state={state} />
      <Invitations room={room} state={state} />
      <Watchers room={room} state={state} />
      {invitesAnybody(state.room) && <InviteById room={room} />}
      {manages && <RoomSettings room={room} state={state} />}
    </div>
  );
}

function Invitations({ room, state }: Props): ReactElement {
  const collection = useMemo(() => room.getInvitations(), [room]);
  const { data } = useLive(collection);
  const shown = newestPerInvitee(data);
  const onStage = new Set(state.stage.seats.map((seat) => seat.userId));
  useAnnouncedChanges(data);
  return (
    <section className="panel-part">
      <h2>{messages.host.invitations}</h2>
      {shown.length === 0 && <p className="hint">{messages.host.noInvitations}</p>}
      <ul className="rows">
        {shown.map((invitation) => (
          <InvitationRow
            key={invitation.inviteeId}
            room={room}
            invitation={invitation}
            readiness={state.readiness.find((one) => one.userId === invitation.inviteeId)}
            isOnStage={onStage.has(invitation.inviteeId)}
          />
        ))}
      </ul>
    </section>
  );
}

/** Every change of status is said once (S-092); what was there at the start is not news. */
function useAnnouncedChanges(invitations: readonly LiveInvitation[]): void {
  const known = useRef<Map<string, string>>(undefined);
  useEffect(() => {
    const before = known.current;
    known.current = new Map(invitations.map((one) => [one.invitationId, one.status]));
    if (!before) return;
    for (const one of invitations) {
      if (before.get(one.invitationId) !== one.status) notify(messages.invitation.changed(one.inviteeName, one.status));
    }
  }, [invitations]);
}

interface InvitationRowProps {
  room: RoomHandle;
  invitation: LiveInvitation;
  readiness: PersonReadiness | undefined;
  isOnStage: boolean;
}

function InvitationRow({ room, invitation, readiness, isOnStage }: InvitationRowProps): ReactElement {
  const action = useAction();
  const pending = invitation.status === 'pending';
  const now = useNow(pending);
  const { inviteeId, inviteeName, status } = invitation;
  return (
    <li className="row" data-testid={`invitation-${inviteeId}`} data-status={status}>
      <Avatar userId={inviteeId} name={inviteeName} />
      <div className="row-text">
        <span className="row-name">{inviteeName}</span>
        <span className="row-status" data-status={status}>
          {isOnStage ? messages.host.onStage : messages.invitation.status[status]}
          {pending && ` · ${messages.invitation.secondsLeft(secondsLeft(invitation, now))}`}
        </span>
        {!isOnStage && <ReadinessMarks readiness={readiness} />}
      </div>
      <div className="row-actions">
        {pending && (
          <>
            <Button small onPress={() => void action.run(() => invitation.resend())} isDisabled={action.busy} data-testid={`resend-${inviteeId}`}>
              {messages.host.resend}
            </Button>
            <Button small tone="quiet" onPress={() => void action.run(() => invitation.cancel())} isDisabled={action.busy} data-testid={`cancel-${inviteeId}`}>
              {messages.host.cancelInvite}
            </Button>
          </>
        )}
        {!pending && !isOnStage && status !== 'accepted' && (
          <Button small onPress={() => void action.run(() => room.createInvitation(inviteeId))} isDisabled={action.busy} data-testid={`reinvite-${inviteeId}`}>
            {messages.host.inviteAgain}
          </Button>
        )}
        <PersonDiagnosis room={room} userId={inviteeId} name={inviteeName} invitation={invitation} />
      </div>
      <Problem error={action.error} />
    </li>
  );
}

const kWatchersShown = 50;

function Watchers({ room, state }: Props): ReactElement {
  const { server } = useSession();
  const [query, setQuery] = useState('');
  const collection = useMemo(
    () => room.watchers({ limit: kWatchersShown, ...(query.trim() === '' ? {} : { query: query.trim() }) }),
    [room, query],
  );
  const { data, loading, error } = useLive(collection);
  const { status, hostId } = state.room;
  const onStage = new Set([hostId, ...state.stage.seats.map((seat) => seat.userId)]);
  const people = data.items.filter((one) => !onStage.has(one.userId));
  const invited = new Set(state.invitations.filter((one) => one.status === 'pending').map((one) => one.inviteeId));
  const more = data.total - data.items.length;
  return (
    <section className="panel-part">
      <h2>{status === 'idle' ? messages.host.watchersIdle : messages.host.watchers}</h2>
      <Search label={messages.host.search} value={query} onChange={setQuery} testId="viewer-search" />
      {error && <Problem error={error} />}
      {!loading && !error && people.length === 0 && (
        <p className="hint">{query.trim() === '' ? (letsPeopleIn(server, state.room) ? messages.host.noWatchers : messages.host.noWatchersNoLink) : messages.host.noMatch(query.trim())}</p>
      )}
      <ul className="rows">
        {people.map((watcher) => (
          <WatcherRow key={watcher.userId} room={room} watcher={invited.has(watcher.userId) ? asInvited(watcher) : watcher} />
        ))}
      </ul>
      {more > 0 && <p className="hint">{messages.host.moreWatchers(more)}</p>}
    </section>
  );
}

/** The room's history knows of the invitation before the list of watchers is asked for again. */
function asInvited(watcher: Watcher): Watcher {
  return { ...watcher, invitable: false, reason: 'invitation_pending', detail: messages.invitation.status.pending };
}

function WatcherRow({ room, watcher }: { room: RoomHandle; watcher: Watcher }): ReactElement {
  const action = useAction();
  const { userId, name, invitable, reason, detail } = watcher;
  const reasonId = `reason-${userId}`;
  return (
    <li className="row" data-testid={`viewer-row-${userId}`} data-invitable={invitable} data-reason={reason}>
      <Avatar userId={userId} name={name} />
      <div className="row-text">
        <span className="row-name">{name}</span>
        {!invitable && (
          <span className="row-status" id={reasonId}>
            {detail ?? reason}
          </span>
        )}
        <ReadinessMarks readiness={watcher.readiness} />
      </div>
      <div className="row-actions">
        {!invitable && reason !== 'invitation_pending' && <PersonDiagnosis room={room} userId={userId} name={name} />}
        <Button
          small
          icon="invite"
          aria-label={messages.host.inviteName(name)}
          {...(invitable ? {} : { 'aria-describedby': reasonId })}
          onPress={() => void action.run(() => room.createInvitation(userId))}
          isDisabled={!invitable || action.busy}
          data-testid={`invite-${userId}`}
        >
          {messages.host.invite}
        </Button>
      </div>
      <Problem error={action.error} />
    </li>
  );
}
