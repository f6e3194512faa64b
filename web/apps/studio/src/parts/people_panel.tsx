import type { RoomHandle, RoomState } from '@costage/sdk';
import { useMemo, type ReactElement } from 'react';
import { invitesAnybody } from '../lib/people.js';
import { Invitations } from './invitations.js';
import { InviteById } from './invite_by_id.js';
import { QueuePanel } from './queue_panel.js';
import { RoomSettings } from './room_settings.js';
import { Watchers, kWatchersShown } from './watchers.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
  /** The host, or who stands in. Others may be allowed to invite, and no more. */
  manages?: boolean;
}

/** The side panel of who invites: who asked, who was invited, who could be invited, and what holds for this show. */
export function PeoplePanel({ room, state, manages = true }: Props): ReactElement {
  const watchers = useMemo(() => room.watchers({ limit: kWatchersShown }), [room]);
  return (
    <div className="panel">
      <QueuePanel room={room} state={state} />
      <Invitations room={room} state={state} watchers={watchers} diagnoses={manages} />
      <Watchers room={room} state={state} all={watchers} diagnoses={manages} />
      {invitesAnybody(state.room) && <InviteById room={room} />}
      {manages && <RoomSettings room={room} state={state} />}
    </div>
  );
}
