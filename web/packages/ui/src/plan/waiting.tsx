import type { Room } from '@costage/sdk';
import type { ReactElement } from 'react';
import { StatusPage } from '../base/status_page.js';
import { messages } from '../words/messages.js';
import { Planned } from './planned.js';
import { ShowPicture } from './show_picture.js';

/** In the place of the stage as long as the show has not begun. */
export function Waiting({ room }: { room: Room }): ReactElement {
  return (
    <StatusPage title={messages.room.idleTitle} lead={messages.room.idleLead({ host: room.hostName })}>
      <Planned room={room} />
      {room.coverAt !== undefined && <ShowPicture room={room} />}
    </StatusPage>
  );
}
