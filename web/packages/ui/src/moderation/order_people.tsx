import { useAction, useNow, useSession } from '@costage/react';
import type { RoomHandle, RoomState, Standing } from '@costage/sdk';
import type { ReactElement } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { stageRights } from '../stage/tile_actions.js';
import { messages } from '../words/messages.js';
import { Avatar } from '../base/avatar.js';
import { Button } from '../base/button.js';
import { Name } from '../base/name.js';
import { Problem } from '../base/problem.js';
import { isMuted, personActions } from '../chat/message_actions.js';
import { actOnPerson, type PersonAct } from './person_acts.js';
import { timeLeft } from '../chat/times.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
  people: readonly Standing[];
}

/** Of whom something is to be said in this show. */
export function OrderPeople({ room, state, people }: Props): ReactElement {
  const words = messages.order.people;
  const now = useNow(people.some((one) => one.muted && one.mutedUntil !== undefined));
  const shown = people.filter((one) => one.moderator || one.banned || isMuted(one, now));
  return (
    <>
      <h3 {...focusHome}>{words.title}</h3>
      {shown.length === 0 && <p className="cs-hint">{words.none}</p>}
      <ul className="cs-rows cs-order-rows">
        {shown.map((person) => (
          <PersonRow key={person.userId} room={room} state={state} person={person} now={now} />
        ))}
      </ul>
    </>
  );
}

function standingIn(person: Standing, now: number): string {
  const words = messages.order.people;
  const muted = person.mutedUntil === undefined ? words.mutedToTheEnd : words.muted({ time: timeLeft(Date.parse(person.mutedUntil), now) });
  return [
    ...(person.moderator ? [words.moderator] : []),
    ...(person.banned ? [words.banned] : isMuted(person, now) ? [muted] : []),
  ].join(' · ');
}

function PersonRow({ room, state, person, now }: { room: RoomHandle; state: RoomState; person: Standing; now: number }): ReactElement {
  const words = messages.order.people;
  const { userId, name, reason } = person;
  const action = useAction();
  const acts = usePersonActs(state, person, now);
  return (
    <li className="cs-row cs-order-row" data-testid={`standing-${userId}`} data-banned={person.banned || undefined} data-muted={isMuted(person, now) || undefined}>
      <div className="cs-order-person">
        <Avatar userId={userId} name={name} />
        <div className="cs-row-text">
          <span className="cs-row-name"><Name>{name}</Name></span>
          <span className="cs-row-status">{standingIn(person, now)}</span>
          {reason && (person.banned || isMuted(person, now)) && <span className="cs-row-comment">{words.reason({ reason })}</span>}
        </div>
      </div>
      <Problem error={action.error} />
      <div className="cs-row-actions">
        {acts.map((id) => (
          <Button key={id} small aria-label={words[`${id}Of`]({ name })} onPress={() => void action.run(() => actOnPerson(id, room, person))} data-testid={`${id}-${userId}`}>{words[id]}</Button>
        ))}
      </div>
    </li>
  );
}

type Taking = Extract<PersonAct, 'unmute' | 'unban' | 'dismiss'>;

/** What was said of somebody is taken back here, and nothing new said. */
function usePersonActs(state: RoomState, { userId, moderator }: Standing, now: number): Taking[] {
  const { user } = useSession();
  const rights = stageRights(state, user.userId);
  const actions = personActions({ userId, state, rights, now });
  return [
    ...actions.filter((id): id is 'unmute' | 'unban' => id === 'unmute' || id === 'unban'),
    ...(moderator && rights.hosts ? ['dismiss' as const] : []),
  ];
}
