import { useLive, useSession } from '@costage/react';
import type { RoomHandle } from '@costage/sdk';
import type { ReactElement } from 'react';
import { CostageRoot } from '../base/root.js';
import { Tile } from '../stage/tile.js';

interface Props {
  room: RoomHandle;
  /** Of whom. */
  userId: string;
}

/**
 * One person on stage, for a layout of your own: picture, name, role, what is off, who speaks (`data-state`, `data-camera`,
 * `data-microphone`, `data-speaking`, `data-role`, `data-self`). Nothing while they are not on stage. The media connection is made by
 * `CoHostStage`, `LivePlayer` or `useJourney`.
 */
export function StageTile({ room, userId }: Props): ReactElement | null {
  const { user } = useSession();
  const { data } = useLive(room);
  const media = useLive(room.media);
  const seat = data?.stage.seats.find((one) => one.userId === userId);
  if (!seat) return null;
  const participant = media.participants.find((one) => one.userId === userId);
  return (
    <CostageRoot>
      <ul className="cs-own-tile">
        <Tile seat={seat} media={room.media} participant={participant} phase={media.phase} isSelf={userId === user.userId} />
      </ul>
    </CostageRoot>
  );
}
