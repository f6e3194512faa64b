import { useLive, useSession } from '@costage/react';
import type { RoomHandle, RoomState } from '@costage/sdk';
import type { ReactElement, ReactNode } from 'react';
import { CostageRoot } from '../base/root.js';
import { stageRights, type StageRights } from '../stage/tile_actions.js';

/** What every part of a show takes: the room, from `client.room(roomId)` or `useRoom`. */
export interface RoomPartProps {
  room: RoomHandle;
  /** Put in where the part has a place for more: over the picture, among the buttons. */
  children?: ReactNode;
}

export interface PartProps extends RoomPartProps {
  state: RoomState;
  rights: StageRights;
  /** Whose page it is. */
  userId: string;
}

/** A part that takes only the room. It is there as soon as the room is known, and only for whom it is. */
export function forRoom(Part: (props: PartProps) => ReactElement | null, isFor: (props: PartProps) => boolean = () => true): (props: RoomPartProps) => ReactElement | null {
  return function RoomPart({ room, children }) {
    const { user } = useSession();
    const { data } = useLive(room);
    if (!data) return null;
    const props: PartProps = { room, state: data, rights: stageRights(data, user.userId), userId: user.userId, children };
    return isFor(props) ? <CostageRoot><Part {...props} /></CostageRoot> : null;
  };
}
