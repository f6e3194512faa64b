import { hasEnded, type RoomState } from '@costage/sdk';
import { useEffect, useRef, useState } from 'react';

/** Whoever ends a show goes off the air first. That the host reconnects is said when it lasts. */
const kBriefMs = 1500;

/** The room as it is shown: without what is true for a moment only, and while its host ends it as it was before. */
export function useSettled(data: RoomState | undefined, isStopping: boolean): RoomState | undefined {
  const calm = useWithoutBriefWait(data);
  const before = useRef(calm);
  if (!isStopping) before.current = calm;
  return data !== undefined && hasEnded(data.room.status) ? data : before.current;
}

function useWithoutBriefWait(data: RoomState | undefined): RoomState | undefined {
  const isWaiting = data?.room.status === 'waitingReconnect';
  const wasLive = useRef(false);
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    setLasts(false);
    if (!isWaiting) return;
    const timer = setTimeout(() => setLasts(true), kBriefMs);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  if (data && !isWaiting) wasLive.current = data.room.status === 'live';
  if (!data || !isWaiting || lasts || !wasLive.current) return data;
  return { ...data, room: { ...data.room, status: 'live' } };
}
