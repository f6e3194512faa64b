import type { CostageError, RoomHandle, RoomState } from '@costage/sdk';
import { useEffect, type ReactElement } from 'react';
import { useSession } from '../lib/context.js';
import { forgetSeat, rememberSeat } from '../lib/held_seat.js';
import { useLive, useTitle } from '../lib/hooks.js';
import { navigate } from '../lib/route.js';
import { messages, wordsFor } from '../messages.js';
import { Button } from '../parts/button.js';
import { LeaveGuard } from '../parts/leave_guard.js';
import { Problem } from '../parts/problem.js';
import { RoomHeader } from '../parts/room_header.js';
import { StatusPage } from '../parts/status_page.js';
import { HostScreen } from './host_screen.js';
import { ViewerScreen } from './viewer_screen.js';

/** One show: the role decides which of its screens is shown. Going away ends the media connection. */
export function RoomScreen({ roomId }: { roomId: string }): ReactElement {
  const { client } = useSession();
  const room = client.room(roomId);
  useRememberedSeat(room);
  const { data, loading, error } = useLive(room);
  useTitle(data ? `${data.room.title} · ${messages.brand}` : messages.brand);
  useEffect(() => {
    room.media.preload();
    return () => void room.media.disconnect();
  }, [room]);
  const isBanned = error?.code === 'banned';
  useEffect(() => {
    if (isBanned) void room.media.disconnect();
  }, [room, isBanned]);
  if (data && !isBanned) {
    return (
      <div className="room">
        <LeaveGuard room={room} state={data} />
        <RoomHeader state={data} />
        {error && !error.isAuthentication && <Problem error={error} onRetry={() => client.reconnect()} />}
        {isOver(data) ? <EndedPage state={data} /> : data.me.role === 'host' ? <HostScreen room={room} state={data} /> : <ViewerScreen room={room} state={data} />}
      </div>
    );
  }
  if (error) return <FailedPage error={error} onRetry={() => client.reconnect()} />;
  return <p className="hint centred" role="status">{loading ? messages.loading : ''}</p>;
}

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

function isOver({ room }: RoomState): boolean {
  return room.status !== 'idle' && room.status !== 'live' && room.status !== 'waitingReconnect';
}

function EndedPage({ state }: { state: RoomState }): ReactElement {
  const { room, me } = state;
  const why = messages.limits.ended[room.endReason ?? 'stopped'];
  return (
    <StatusPage testId="ended-page" title={messages.room.endedTitle} lead={why ?? (me.role === 'host' ? messages.room.endedHostLead : messages.room.endedLead(room.hostName))}>
      <Button tone="primary" onPress={() => navigate('/')}>{messages.back}</Button>
    </StatusPage>
  );
}

function FailedPage({ error, onRetry }: { error: CostageError; onRetry: () => void }): ReactElement {
  const titles: Record<string, string> = {
    room_not_found: messages.room.notFoundTitle,
    not_permitted: messages.room.forbiddenTitle,
    banned: messages.room.bannedTitle,
  };
  const lead = error.code === 'room_not_found' ? messages.room.notFoundLead : wordsFor(error);
  return (
    <StatusPage alone testId="room-failed" title={titles[error.code] ?? messages.serverGone.title} lead={lead}>
      <div className="actions">
        {!titles[error.code] && <Button onPress={onRetry}>{messages.tryAgain}</Button>}
        <Button tone="primary" onPress={() => navigate('/')}>{messages.back}</Button>
      </div>
    </StatusPage>
  );
}
