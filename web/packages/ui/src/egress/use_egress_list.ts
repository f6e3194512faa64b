import { egresses, toCostageError, type CostageError, type EgressDetails, type RoomHandle } from '@costage/sdk';
import { useCallback, useEffect, useRef, useState } from 'react';

export interface EgressList {
  /** The newest first; undefined until it is known. */
  items: EgressDetails[] | undefined;
  error: CostageError | undefined;
  again: () => void;
}

/** Everything that was recorded or sent elsewhere. The room tells only what runs, so it is read again with each event of it. */
export function useEgressList(room: RoomHandle): EgressList {
  const [known, setKnown] = useState<Omit<EgressList, 'again'>>({ items: undefined, error: undefined });
  const asked = useRef(0);
  const look = useCallback(async (): Promise<void> => {
    // An answer that was overtaken is older than what is shown.
    const mine = ++asked.current;
    try {
      const items = await egresses(room).list();
      if (mine === asked.current) setKnown({ items, error: undefined });
    } catch (cause) {
      if (mine === asked.current) setKnown(({ items }) => ({ items, error: toCostageError(cause) }));
    }
  }, [room]);
  useEffect(() => {
    void look();
    const stop = room.onEvent(({ type }) => {
      if (type.startsWith('egress.')) void look();
    });
    return () => {
      asked.current++;
      stop();
    };
  }, [room, look]);
  return { ...known, again: () => void look() };
}
