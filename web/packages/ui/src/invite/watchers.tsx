import { useLive, useSession } from '@costage/react';
import type { ListedWatcher, Live, Observable, RoomHandle, RoomState, Watchers as WatcherList } from '@costage/sdk';
import { useId, useMemo, useRef, useState, type ReactElement } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { useInviting } from './inviting.js';
import { letsPeopleIn } from '../show/access.js';
import type { Several } from './several.js';
import { messages } from '../words/messages.js';
import { Avatar } from '../base/avatar.js';
import { Button } from '../base/button.js';
import { PersonDiagnosis } from '../diagnosis/diagnosis.js';
import { Search } from '../base/field.js';
import { InvitableAgain } from './invitable_again.js';
import { ChoosePerson, InviteSeveral } from './invite_several.js';
import { Name } from '../base/name.js';
import { Problem } from '../base/problem.js';
import { ReadinessMarks } from './readiness_marks.js';

export const kWatchersShown = 50;

interface Props {
  room: RoomHandle;
  state: RoomState;
  /** Without a search. */
  all: Observable<Live<WatcherList>>;
  diagnoses: boolean;
}

/** Who watches, and who of them can be invited. */
export function Watchers({ room, state, all, diagnoses }: Props): ReactElement {
  const { server } = useSession();
  const [query, setQuery] = useState('');
  const wanted = query.trim();
  const collection = useMemo(() => (wanted === '' ? all : room.presence.watchers({ limit: kWatchersShown, query: wanted })), [room, all, wanted]);
  const { data, loading, error } = useLive(collection);
  const people = peopleToInvite(data.items, state);
  const more = data.total - data.items.length;
  const nobody = wanted !== '' ? messages.host.noMatch({ query: wanted }) : letsPeopleIn(server, state.room) ? messages.host.noWatchers : messages.host.noWatchersNoLink;
  return (
    <section className="cs-panel-part">
      <h2 {...focusHome}>{state.room.status === 'idle' ? messages.host.watchersIdle : messages.host.watchers}</h2>
      <Search label={messages.host.search} value={query} onChange={setQuery} testId="viewer-search" />
      {error && <Problem error={error} />}
      {!loading && !error && people.length === 0 && <p className="cs-hint">{nobody}</p>}
      <InviteSeveral room={room} label={messages.host.watchers} people={people} invitable={people.filter((one) => one.invitable).length} testId="several-watchers">
        {(several) => (
          <ul className="cs-rows">
            {people.map((watcher) => (
              <WatcherRow key={watcher.userId} room={room} watcher={watcher} diagnoses={diagnoses} several={several} />
            ))}
          </ul>
        )}
      </InviteSeveral>
      {more > 0 && <p className="cs-hint">{messages.host.moreWatchers({ count: more })}</p>}
    </section>
  );
}

function peopleToInvite(watchers: readonly ListedWatcher[], { room, stage, invitations }: RoomState): ListedWatcher[] {
  const onStage = new Set([room.hostId, ...stage.seats.map((seat) => seat.userId)]);
  const invited = new Set(invitations.filter((one) => one.status === 'pending').map((one) => one.inviteeId));
  return watchers.filter((one) => !onStage.has(one.userId)).map((one) => (invited.has(one.userId) ? asInvited(one) : one));
}

/** The room's history knows of the invitation before the list of watchers is asked for again. */
function asInvited({ retryAt: _, ...watcher }: ListedWatcher): ListedWatcher {
  return { ...watcher, invitable: false, reason: 'invitation_pending', detail: messages.invitation.status.pending };
}

interface RowProps {
  room: RoomHandle;
  watcher: ListedWatcher;
  diagnoses: boolean;
  several: Several | undefined;
}

function WatcherRow({ room, watcher, diagnoses, several }: RowProps): ReactElement {
  const { userId, name, reason, readiness } = watcher;
  const row = useRef<HTMLLIElement>(null);
  const { invite, problem, retryAt } = useInviting(() => room.invitations.create(userId), watcher.retryAt);
  const invitable = watcher.invitable && retryAt === undefined;
  const reasonId = useId();
  const press = async (): Promise<void> => {
    // The button is off from now on, and would take the focus with it.
    if (await invite()) row.current?.focus({ preventScroll: true });
  };
  return (
    <li className="cs-row" ref={row} tabIndex={-1} data-testid={`viewer-row-${userId}`} data-invitable={invitable} data-reason={reason}>
      {several && <ChoosePerson several={several} person={watcher} isDisabled={!invitable} describedBy={invitable ? undefined : reasonId} />}
      <Avatar userId={userId} name={name} />
      <div className="cs-row-text">
        <Name className="cs-row-name">{name}</Name>
        <WhyNot watcher={watcher} retryAt={retryAt} id={reasonId} />
        <ReadinessMarks readiness={readiness} />
      </div>
      <div className="cs-row-actions">
        {diagnoses && !invitable && reason !== 'invitation_pending' && <PersonDiagnosis room={room} userId={userId} name={name} />}
        {!several && (
          <Button
            small
            icon="invite"
            aria-label={messages.host.inviteName({ name })}
            {...(invitable ? {} : { 'aria-describedby': reasonId })}
            onPress={() => void press()}
            isDisabled={!invitable}
            data-testid={`invite-${userId}`}
          >
            {messages.host.invite}
          </Button>
        )}
      </div>
      <Problem error={problem} />
    </li>
  );
}

/** Nothing for who can be invited. */
function WhyNot({ watcher, retryAt, id }: { watcher: ListedWatcher; retryAt: number | undefined; id: string }): ReactElement | null {
  if (retryAt !== undefined) return <InvitableAgain at={retryAt} id={id} />;
  if (watcher.invitable) return null;
  return (
    <span className="cs-row-status" id={id}>
      {watcher.detail ?? watcher.reason}
    </span>
  );
}
