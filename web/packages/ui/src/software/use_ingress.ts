import { ingress, type IngressInput, type RoomHandle } from '@costage/sdk';
import { useEffect, useMemo, useState } from 'react';
import { afterFailure, kNone, kNothingKnown, type Known } from './ingress_known.js';

const kLookMs = 2000;

export interface MyIngress extends Known {
  open: (input: IngressInput) => Promise<void>;
  close: () => Promise<void>;
}

/** The own way onto the stage by streaming software: asked for once, and while there is one again and again, as no event tells how it goes. */
export function useIngress(room: RoomHandle, isAsked = true): MyIngress {
  const port = useMemo(() => ingress(room), [room]);
  const [known, setKnown] = useState<Known>(kNothingKnown);
  const isNone = known.ingress === null;
  useEffect(() => {
    if (!isAsked || isNone) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    const take = (change: (before: Known) => Known): void => {
      if (stopped) return;
      setKnown(change);
      timer = setTimeout(() => void look(), kLookMs);
    };
    const look = async (): Promise<void> => {
      try {
        const found = await port.get();
        take(() => ({ ingress: found, error: undefined }));
      } catch (cause) {
        take((before) => afterFailure(before, cause));
      }
    };
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [port, isAsked, isNone]);
  const open = async (input: IngressInput): Promise<void> => setKnown({ ingress: await port.open(input), error: undefined });
  const close = async (): Promise<void> => {
    await port.close();
    setKnown(kNone);
  };
  return { ...known, open, close };
}
