import { useLive, useSession } from '@costage/react';
import { hasEnded, type CostageError, type RoomHandle, type RoomState } from '@costage/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { forgetSeat, rememberSeat } from './held_seat.js';
import { clearNotices } from '../base/notices.js';
import { useSettled } from './use_settled.js';
import { messages, wordsFor } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Problem } from '../base/problem.js';
import { CostageRoot } from '../base/root.js';
import { RoomHeader } from './room_header.js';
import { Slots, type ShowSlots } from './slots.js';
import { StatusPage } from '../base/status_page.js';
import { HostScreen } from './host_screen.js';
import { ViewerScreen } from './viewer_screen.js';

export interface CoHostedShowProps {
  roomId: string;
  /** The way out, in the header and when the show is over. Left out, there is none. */
  onBack?: (() => void) | undefined;
  /** The address at which people watch this show, to be copied. Left out, there is no such button. */
  link?: string | undefined;
  /** What your application adds to it. */
  slots?: ShowSlots | undefined;
}

/** The whole show for everybody in it: the role decides which of its screens is shown. Going away ends the media connection. */
export function CoHostedShow({ slots = {}, ...props }: CoHostedShowProps): ReactElement {
  return (
    <CostageRoot>
      <Slots value={slots}><WholeShow {...props} /></Slots>
    </CostageRoot>
  );
}

function WholeShow({ roomId, onBack, link }: Omit<CoHostedShowProps, 'slots'>): ReactElement {
  const { client } = useSession();
  const room = client.room(roomId);
  useRememberedSeat(room);
  const { data: newest, loading, error } = useLive(room);
  const [isStopping, setStopping] = useState(false);
  const data = useSettled(newest, isStopping);
  useEffect(() => {
    room.media.preload();
    return () => void room.media.disconnect();
  }, [room]);
  const ended = data !== undefined && hasEnded(data.room.status);
  useEffect(() => {
    if (ended) clearNotices();
    return clearNotices;
  }, [ended]);
  const isBanned = error?.code === 'banned';
  useEffect(() => {
    if (isBanned) void room.media.disconnect();
  }, [room, isBanned]);
  if (data && !isBanned) {
    return (
      <div className="cs-room">
        <RoomHeader state={data} onBack={onBack} link={link} />
        {error && !error.isAuthentication && <Problem error={error} onRetry={() => client.reconnect()} />}
        {ended ? <EndedPage state={data} onBack={onBack} /> : data.me.role === 'host' ? <HostScreen room={room} state={data} isStopping={isStopping} onStopping={setStopping} onBack={onBack} /> : <ViewerScreen room={room} state={data} />}
      </div>
    );
  }
  if (error) return <FailedPage error={error} onBack={onBack} onRetry={() => client.reconnect()} />;
  return <p className="cs-hint cs-centred" role="status">{loading ? messages.loading : ''}</p>;
}

type WayOut = Pick<CoHostedShowProps, 'onBack'>;

/** So that the page of all shows knows the way back. */
function useRememberedSeat(room: RoomHandle): void {
  const { user } = useSession();
  const { data } = useLive(room);
  const { mode, ended } = useLive(room.media);
  const leaseId = data?.stage.seats.find((seat) => seat.userId === user.userId)?.leaseId;
  const title = data?.room.title ?? '';
  useEffect(() => {
    if (mode === 'stage' && leaseId !== undefined) rememberSeat({ roomId: room.roomId, title, userId: user.userId, leaseId });
    if (ended === 'duplicate') forgetSeat();
  }, [room, user.userId, mode, ended, leaseId, title]);
}

function EndedPage({ state, onBack }: { state: RoomState } & WayOut): ReactElement {
  const { room, me } = state;
  const why = { ...messages.limits.ended, stopped: undefined }[room.endReason ?? 'stopped'];
  return (
    <StatusPage testId="ended-page" title={messages.room.endedTitle} lead={why ?? (me.role === 'host' ? messages.room.endedHostLead : messages.room.endedLead({ host: room.hostName }))}>
      {onBack && <Button tone="primary" onPress={onBack}>{messages.back}</Button>}
    </StatusPage>
  );
}

function FailedPage({ error, onRetry, onBack }: { error: CostageError; onRetry: () => void } & WayOut): ReactElement {
  const titles: Record<string, string> = {
    room_not_found: messages.room.notFoundTitle,
    not_permitted: messages.room.forbiddenTitle,
    banned: messages.room.bannedTitle,
  };
  const lead = error.code === 'room_not_found' ? messages.room.notFoundLead : wordsFor(error);
  return (
    <StatusPage alone testId="room-failed" title={titles[error.code] ?? messages.serverGone.title} lead={lead}>
      <div className="cs-actions">
        {!titles[error.code] && <Button onPress={onRetry}>{messages.tryAgain}</Button>}
        {onBack && <Button tone="primary" onPress={onBack}>{messages.back}</Button>}
      </div>
    </StatusPage>
  );
}
