import type { Seat } from '@costage/sdk';
import { useEffect, useRef } from 'react';
import { messages } from '../words/messages.js';
import { announce } from '../base/announcer.js';

/** Who came on air and whose seat has gone. Who merely reconnects does neither. */
export function stageNews(before: readonly Seat[], after: readonly Seat[]): { came: Seat[]; left: Seat[] } {
  const wasThere = new Map(before.map((seat) => [seat.userId, seat]));
  const isThere = new Set(after.map((seat) => seat.userId));
  const came = after.filter((seat) => seat.state === 'onAir' && (wasThere.get(seat.userId)?.state ?? 'preparing') === 'preparing');
  return { came, left: before.filter((seat) => !isThere.has(seat.userId)) };
}

/** Tells screen readers what others see: who stands on the stage. What I do myself is said to me in other words. */
export function useStageNews(seats: readonly Seat[], selfId: string): void {
  const known = useRef(seats);
  useEffect(() => {
    const { came, left } = stageNews(known.current, seats);
    known.current = seats;
    const others = (some: readonly Seat[]): Seat[] => some.filter((seat) => seat.userId !== selfId);
    const said = [...others(came).map(messages.stage.cameOn), ...others(left).map(messages.stage.wentOff)];
    if (said.length > 0) announce(said.join(' '));
  }, [seats, selfId]);
}
