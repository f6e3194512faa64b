import type { Room, RoomState } from '@costage/sdk';
import { useState, type ReactElement } from 'react';
import { useSession } from '../lib/context.js';
import { clock } from '../lib/format.js';
import { useNow, useServerAway } from '../lib/hooks.js';
import { notify } from '../lib/notices.js';
import { withBase } from '../lib/base.js';
import { navigate, roomPath } from '../lib/route.js';
import { letsPeopleIn } from '../lib/server.js';
import { isOver } from '../lib/use_settled.js';
import { messages } from '../messages.js';
import { Button, IconButton } from './button.js';
import { Icon } from './icon.js';
import { RoomTitle } from './room_title.js';

export function RoomHeader({ state }: { state: RoomState }): ReactElement {
  const { room, watching } = state;
  const isAway = useServerAway() && !isOver(state);
  return (
    <header className="room-header">
      <IconButton icon="back" label={messages.back} onPress={() => navigate('/')} />
      <div className="room-heading">
        <RoomTitle title={room.title} />
        <p>{messages.home.hostedBy(room.hostName)}</p>
      </div>
      <div className="room-facts">
        <StatusBadge room={room} isAway={isAway} />
        <Timer room={room} isAway={isAway} />
        {/* Who still has the page of a show that is over open watches nothing. */}
        {!isOver(state) && (
          <span className="fact" data-testid="watching-count" data-count={watching}>
            <Icon name="eye" />
            {messages.room.watching(watching)}
          </span>
        )}
        <CopyLink room={room} />
      </div>
    </header>
  );
}

/** Of a show whose server cannot be reached nobody here knows how it goes on. */
export function StatusBadge({ room, isAway }: { room: Room; isAway: boolean }): ReactElement {
  return (
    <span className="status-badge" data-testid="room-status" data-status={room.status} data-stale={isAway || undefined} role="status">
      {isAway ? messages.connection.status : messages.status[room.status]}
    </span>
  );
}

function Timer({ room, isAway }: { room: Room; isAway: boolean }): ReactElement | null {
  const running = room.liveAt !== undefined && room.endedAt === undefined && !isAway;
  const now = useNow(running);
  if (room.liveAt === undefined) return null;
  const until = room.endedAt === undefined ? now : Date.parse(room.endedAt);
  return (
    <span className="fact timer" data-testid="room-timer" role="timer" aria-live="off">
      {clock(until - Date.parse(room.liveAt))}
    </span>
  );
}

/** Only where the link lets somebody in. */
function CopyLink({ room }: { room: Room }): ReactElement | null {
  const { server } = useSession();
  const link = location.origin + withBase(roomPath(room.roomId));
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
      notify(messages.room.copied, { about: 'link' });
    } catch {
      // No clipboard on insecure pages: show the link to copy by hand.
      notify(link, { about: 'link', isLong: true });
    }
  };
  if (!letsPeopleIn(server, room)) return null;
  return (
    <Button small icon={copied ? 'check' : 'link'} onPress={() => void copy()} data-testid="room-link" data-link={link}>
      {messages.room.copyLink}
    </Button>
  );
}
