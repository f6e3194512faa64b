import { useSession } from '@costage/react';
import type { Block } from '@costage/sdk';
import { useRef, type ReactElement } from 'react';
import { nameOfBlocked } from './blocked_names.js';
import { useBlocks } from './blocks.js';
import { day } from '../words/figures.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Name } from '../base/name.js';
import { Problem } from '../base/problem.js';

/** Whom I have blocked, and the way back. */
export function BlockList(): ReactElement {
  const { blocks, hasMore, loading, error, loadMore, unblock } = useBlocks();
  const heading = useRef<HTMLHeadingElement>(null);
  const release = async (userId: string): Promise<void> => {
    // The row goes, and would take the focus with it.
    if (await unblock(userId)) heading.current?.focus();
  };
  return (
    <section className="cs-blocks" data-testid="blocks">
      <h3 ref={heading} tabIndex={-1}>
        {messages.account.blocked}
      </h3>
      {!loading && !error && blocks.length === 0 && <p className="cs-hint">{messages.account.nobodyBlocked}</p>}
      <ul className="cs-rows">
        {blocks.map((block) => (
          <BlockRow key={block.userId} block={block} onUnblock={() => void release(block.userId)} />
        ))}
      </ul>
      {hasMore && (
        <Button small onPress={loadMore} data-testid="more-blocks">
          {messages.account.more}
        </Button>
      )}
      <Problem error={error} />
    </section>
  );
}

function BlockRow({ block, onUnblock }: { block: Block; onUnblock: () => void }): ReactElement {
  const { user } = useSession();
  const { userId, createdAt } = block;
  const name = nameOfBlocked(user.userId, userId);
  return (
    <li className="cs-row" data-testid={`blocked-${userId}`}>
      <div className="cs-row-text">
        <Name className="cs-row-name">{name}</Name>
        <span className="cs-row-status">{messages.account.since({ time: day(new Date(createdAt)) })}</span>
      </div>
      <Button small aria-label={messages.account.unblockName({ name })} onPress={onUnblock} data-testid={`unblock-${userId}`}>
        {messages.account.unblock}
      </Button>
    </li>
  );
}
