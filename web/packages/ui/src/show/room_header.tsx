import { useNow, useServerAway, useSession } from '@costage/react';
import { hasEnded, type Room, type RoomState } from '@costage/sdk';
import { useState, type ReactElement, type ReactNode } from 'react';
import { clock } from '../base/format.js';
import { EgressBadges } from '../egress/egress_badges.js';
import { notify } from '../base/notices.js';
import { RoomTitle } from './room_title.js';
import { useSlots } from './slots.js';
import { letsPeopleIn } from './access.js';
import { messages } from '../words/messages.js';
import { Button, IconButton } from '../base/button.js';
import { Icon } from '../base/icon.js';

interface Props {
  state: RoomState;
  /** The way out; left out, there is none. */
  onBack?: (() => void) | undefined;
  /** Where people watch this show; left out, there is no button to copy it. */
  link?: string | undefined;
}

export function RoomHeader({ state, onBack, link }: Props): ReactElement {
  const { room } = state;
  const slots = useSlots();
  return (
    <header className="cs-room-header">
      {onBack && <IconButton icon="back" label={messages.back} onPress={onBack} />}
      <div className="cs-room-heading">
        <RoomTitle title={room.title} />
        <p>{messages.home.hostedBy({ name: room.hostName })}</p>
      </div>
      <RoomFacts state={state}>
        {slots.header}
        {link !== undefined && <CopyLink room={room} link={link} />}
      </RoomFacts>
    </header>
  );
}

/** Whether it is live, recorded and seen elsewhere, for how long, and how many watch. */
export function RoomFacts({ state, children }: { state: RoomState; children?: ReactNode }): ReactElement {
  const { room, watching } = state;
  const isAway = useServerAway() && !hasEnded(room.status);
  return (
    <div className="cs-room-facts">
      <StatusBadge room={room} isAway={isAway} />
      <EgressBadges state={state} />
      <Timer room={room} isAway={isAway} />
      {/* Who still has the page of a show that is over open watches nothing. */}
      {!hasEnded(room.status) && (
        <span className="cs-fact" data-testid="watching-count" data-count={watching}>
          <Icon name="eye" />
          {messages.room.watching({ count: watching })}
        </span>
      )}
      {children}
    </div>
  );
}

/** Of a show whose server cannot be reached nobody here knows how it goes on. */
export function StatusBadge({ room, isAway }: { room: Room; isAway: boolean }): ReactElement {
  return (
    <span className="cs-status-badge" data-testid="room-status" data-status={room.status} data-stale={isAway || undefined} role="status">
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
    <span className="cs-fact cs-timer" data-testid="room-timer" role="timer" aria-live="off">
      {clock(until - Date.parse(room.liveAt))}
    </span>
  );
}

/** Only where the link lets somebody in. */
function CopyLink({ room, link }: { room: Room; link: string }): ReactElement | null {
  const { server } = useSession();
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
