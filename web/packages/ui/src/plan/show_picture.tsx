import { usePicture } from '@costage/react';
import type { Room } from '@costage/sdk';
import type { CSSProperties, ReactElement } from 'react';
import { Avatar } from '../base/avatar.js';
import { hueOf } from '../base/format.js';

/** What stands for a show in lists: its cover, what was last seen of it, or its host's initials. The title beside it says the rest. */
export function ShowPicture({ room }: { room: Room }): ReactElement {
  const picture = usePicture(room);
  const style = { '--hue': hueOf(room.hostId) } as CSSProperties;
  return (
    <span className="cs-show-picture" style={style} data-testid={`picture-${room.roomId}`} data-shown={picture !== undefined || undefined} aria-hidden="true">
      {picture === undefined ? <Avatar userId={room.hostId} name={room.hostName} large /> : <img src={picture} alt="" />}
    </span>
  );
}
