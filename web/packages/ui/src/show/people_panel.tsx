import type { RoomHandle, RoomState } from '@costage/sdk';
import { useMemo, type ReactElement } from 'react';
import { invitesAnybody } from '../invite/people.js';
import type { StageRights } from '../stage/tile_actions.js';
import { Invitations } from '../invite/invitations.js';
import { InviteById } from '../invite/invite_by_id.js';
import { QueuePanel } from '../requests/queue_panel.js';
import { RoomSettings } from '../room_settings/room_settings.js';
import { RunOfShowEditor } from '../run_of_show/run_of_show_editor.js';
import { useSlots } from './slots.js';
import { Watchers, kWatchersShown } from '../invite/watchers.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
  /** The host, and who stands in, may do all of it. Others may be allowed to invite or to moderate, and no more. */
  rights: StageRights;
}

/** The side panel of who runs the show or helps with it. */
export function PeoplePanel({ room, state, rights }: Props): ReactElement {
  const slots = useSlots();
  return (
    <div className="cs-panel">
      {rights.invites && <Inviting room={room} state={state} diagnoses={rights.hosts} />}
      {rights.moderates && <RunOfShowEditor room={room} state={state} />}
      {rights.hosts && <RoomSettings room={room} state={state} />}
      {slots.panel}
    </div>
  );
}

/** Who asked, who was invited, who could be invited. */
export function Inviting({ room, state, diagnoses }: Pick<Props, 'room' | 'state'> & { diagnoses: boolean }): ReactElement {
  const watchers = useMemo(() => room.presence.watchers({ limit: kWatchersShown }), [room]);
  return (
    <>
      <QueuePanel room={room} state={state} />
      <Invitations room={room} state={state} watchers={watchers} diagnoses={diagnoses} />
      <Watchers room={room} state={state} all={watchers} diagnoses={diagnoses} />
      {invitesAnybody(state.room) && <InviteById room={room} />}
    </>
  );
}
