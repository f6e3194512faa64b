import type { LiveInvitation, MediaState, RoomHandle, RoomState, Seat } from '@costage/sdk';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLive } from '../lib/hooks.js';
import { notify } from '../lib/notices.js';
import { myInvitation } from '../lib/people.js';
import { messages } from '../messages.js';

const kComeBackMs = 2000;

interface ViewerMediaOptions {
  seat: Seat | undefined;
  /** While joining or leaving, the connection is somebody else's business. */
  busy: boolean;
  /** The seat that was given back: it may still be listed for a moment and must not be taken again. */
  leftLease: string | undefined;
}

/** Keeps a viewer connected while the show runs. Who finds an own seat, after a reload, is back in it; a new one is never taken here. */
export function useViewerMedia(room: RoomHandle, state: RoomState, options: ViewerMediaOptions): MediaState {
  const media = room.media();
  const mediaState = useLive(media);
  const { seat, busy, leftLease } = options;
  const { mode, ended } = mediaState;
  const running = state.room.status !== 'idle';
  const resumes = seat !== undefined && seat.leaseId !== leftLease && ended === undefined ? seat.leaseId : undefined;
  useEffect(() => {
    if (!running || busy || mode !== 'none' || ended === 'duplicate') return;
    if (resumes !== undefined) {
      void media.resume(resumes);
      return;
    }
    const timer = setTimeout(() => void media.watch(), ended === 'closed' ? kComeBackMs : 0);
    return () => clearTimeout(timer);
  }, [media, running, busy, mode, ended, resumes]);
  return mediaState;
}

/** By hand: back into the seat that is still held, or else watching. */
export function comeBack(room: RoomHandle, seat: Seat | undefined): Promise<void> {
  return seat ? room.media().resume(seat.leaseId) : room.media().watch();
}

/** My invitation in this room; says so when it is taken back or runs out before I answer. */
export function useMyInvitation(room: RoomHandle, userId: string): LiveInvitation | undefined {
  const collection = useMemo(() => room.getInvitations(), [room]);
  const mine = myInvitation(useLive(collection).data, userId);
  const before = useRef<{ id: string; status: string }>(undefined);
  const id = mine?.invitationId;
  const status = mine?.status;
  useEffect(() => {
    const was = before.current;
    before.current = id && status ? { id, status } : undefined;
    if (was?.status !== 'pending' || was.id !== id) return;
    if (status === 'cancelled' || status === 'expired') notify(messages.invitation.gone(status));
  }, [id, status]);
  return mine;
}

/** Says what happens to my own seat. Returns the lease that the host took away, if any. */
export function useSeatNews(room: RoomHandle, userId: string): string | undefined {
  const [removedLease, setRemovedLease] = useState<string>();
  useEffect(
    () =>
      room.onEvent(({ type, data }) => {
        if (data?.seat?.userId !== userId) return;
        if (type === 'stage.joined') notify(messages.coHost.joined);
        if (type !== 'stage.left') return;
        if (data.reason === 'left') notify(messages.coHost.left);
        if (data.reason === 'timeout') notify(messages.coHost.timedOut, { tone: 'warning' });
        if (data.reason === 'removed') {
          setRemovedLease(data.seat.leaseId);
          notify(messages.coHost.removed, { tone: 'warning', testId: 'removed-notice', stays: true });
        }
      }),
    [room, userId],
  );
  return removedLease;
}
