import { useClient, useLive } from '@costage/react';
import { CoHostedShow, isolated, messages } from '@costage/ui';
import type { ReactElement } from 'react';
import { withBase } from '../lib/base.js';
import { navigate, roomPath } from '../lib/route.js';
import { useTitle } from '../lib/use_title.js';
import { LeaveGuard } from '../parts/leave_guard.js';

/** One show. The studio adds what a page of its own has: a title, the way back, and a question before it is left. */
export function RoomScreen({ roomId }: { roomId: string }): ReactElement {
  const room = useClient().room(roomId);
  const { data } = useLive(room);
  useTitle(data ? `${isolated(data.room.title)} · ${messages.brand}` : messages.brand);
  return (
    <>
      {data && <LeaveGuard room={room} state={data} />}
      <CoHostedShow roomId={roomId} onBack={() => navigate('/')} link={location.origin + withBase(roomPath(roomId))} />
    </>
  );
}
