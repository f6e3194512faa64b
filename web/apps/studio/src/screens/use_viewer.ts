import type { LiveInvitation, MediaState, RoomHandle, RoomState, Seat } from '@costage/sdk';
import { useEffect, useMemo, useRef, useState } from 'react';
import { isHeldHere } from '../lib/held_seat.js';
import { useLive } from '../lib/hooks.js';
import { notify } from '../lib/notices.js';
import { myInvitation } from '../lib/people.js';
import { messages } from '../messages.js';

const kComeBackMs = 2000;

export interface ViewerMedia {
  media: MediaState;
  /** On stage, but not in this window. */
  isElsewhere: boolean;
}

interface ViewerMediaOptions {
  seat: Seat | undefined;
  /** While joining or leaving, the connection is somebody else's business. */
  busy: boolean;
  /** The seat that was given back: it may still be listed for a moment and must not be taken again. */
  leftLease: string | undefined;
}

/**
 * Keeps a viewer connected while the show runs. Who reloads on stage is back in the seat that this tab had; any other is taken by
 * hand only, and meanwhile nothing is connected here.
 */
export function useViewerMedia(room: RoomHandle, state: RoomState, options: ViewerMediaOptions): ViewerMedia {
  const media = room.media();
  const mediaState = useLive(media);
  const { seat, busy, leftLease } = options;
  const { mode, ended } = mediaState;
  const running = state.room.status !== 'idle';
  const held = seat !== undefined && seat.leaseId !== leftLease && ended === undefined ? seat : undefined;
  const isElsewhere = ended === 'duplicate' || (!busy && mode !== 'stage' && held !== undefined && !isHeldHere(held));
  const resumes = held?.leaseId;
  useEffect(() => {
    // What is said on stage over there must not come back out of this window's loudspeaker.
    if (isElsewhere && mode === 'viewer') void media.leave();
    if (!running || busy || mode !== 'none' || isElsewhere) return;
    if (resumes !== undefined) {
      void media.resume(resumes);
      return;
    }
    const timer = setTimeout(() => void media.watch(), ended === 'closed' ? kComeBackMs : 0);
    return () => clearTimeout(timer);
  }, [media, running, busy, mode, ended, isElsewhere, resumes]);
  return { media: mediaState, isElsewhere };
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
