import type { Client, Seat } from '@costage/sdk';
import { useEffect, useState } from 'react';
import { tabStorage } from '../base/storage.js';

/** A place on stage that this tab had last. */
export interface HeldSeat {
  roomId: string;
  title: string;
  userId: string;
  leaseId: string;
}

const kKey = 'costage.seat';
const kLookMs = 3000;

export function rememberSeat(seat: HeldSeat): void {
  tabStorage.setItem(kKey, JSON.stringify(seat));
}

/** Another window has it now. */
export function forgetSeat(): void {
  tabStorage.removeItem(kKey);
}

export function lastSeat(userId: string): HeldSeat | undefined {
  try {
    const seat = JSON.parse(tabStorage.getItem(kKey) ?? 'null') as HeldSeat | null;
    return seat?.userId === userId && typeof seat.roomId === 'string' ? seat : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this tab had this very seat: only then it goes back there by itself. Elsewhere the person may be on air right now. */
export function isHeldHere(seat: Pick<Seat, 'userId' | 'leaseId'>): boolean {
  return lastSeat(seat.userId)?.leaseId === seat.leaseId;
}

/** The place on stage that this tab had last, as long as it is kept. */
export function useHeldSeat(client: Client, userId: string): HeldSeat | undefined {
  const [held, setHeld] = useState<HeldSeat>();
  useEffect(() => {
    const seat = lastSeat(userId);
    if (!seat) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async (): Promise<void> => {
      const stage = await client.room(seat.roomId).stage.get().catch(() => undefined);
      if (stopped) return;
      const isKept = stage?.seats.some(({ leaseId }) => leaseId === seat.leaseId) === true;
      setHeld(isKept ? seat : undefined);
      // Once given back, it never comes again; an answer that is missing says nothing.
      if (isKept || stage === undefined) timer = setTimeout(() => void look(), kLookMs);
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [client, userId]);
  return held;
}
