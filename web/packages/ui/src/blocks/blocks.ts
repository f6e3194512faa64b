import { useAction, useSession } from '@costage/react';
import type { Block, CostageError } from '@costage/sdk';
import { useCallback, useEffect, useState } from 'react';
import { forgetBlockedName } from './blocked_names.js';

export interface Blocks {
  blocks: readonly Block[];
  hasMore: boolean;
  loading: boolean;
  error: CostageError | undefined;
  loadMore: () => void;
  /** Resolves with whether it was done. */
  unblock: (userId: string) => Promise<boolean>;
}

/** Whom I have blocked, asked for when it is shown. */
export function useBlocks(): Blocks {
  const { client, user } = useSession();
  const [blocks, setBlocks] = useState<readonly Block[]>([]);
  const [cursor, setCursor] = useState<string>();
  const [isLoaded, setLoaded] = useState(false);
  const { run, error } = useAction();
  const load = useCallback(
    async (from?: string): Promise<void> => {
      const page = await client.blocks.fetch(from === undefined ? {} : { cursor: from });
      setBlocks((known) => (from === undefined ? page.items : [...known, ...page.items]));
      setCursor(page.nextCursor);
      setLoaded(true);
    },
    [client],
  );
  useEffect(() => void run(load), [run, load]);
  const release = async (userId: string): Promise<void> => {
    await client.blocks.remove(userId);
    forgetBlockedName(user.userId, userId);
    setBlocks((known) => known.filter((one) => one.userId !== userId));
  };
  return {
    blocks,
    hasMore: cursor !== undefined,
    loading: !isLoaded,
    error,
    loadMore: () => void run(() => load(cursor)),
    unblock: (userId) => run(() => release(userId)),
  };
}
