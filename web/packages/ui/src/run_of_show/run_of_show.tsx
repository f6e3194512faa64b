import { useSession } from '@costage/react';
import type { RoomState, RunOfShowItem } from '@costage/sdk';
import type { ReactElement } from 'react';
import { nameOf, nowAndNext } from './run_items.js';
import { messages } from '../words/messages.js';
import { Name } from '../base/name.js';

/** For those on stage and those who get ready: what is on now, what comes then, and whether that is theirs (S-090). */
export function RunOfShowLine({ state }: { state: RoomState }): ReactElement {
  const { user } = useSession();
  const { now, next } = nowAndNext(state.runOfShow);
  const isMine = next?.userId === user.userId;
  const words = messages.runOfShow;
  return (
    <div className="cs-run-line" data-shown={now || next ? true : undefined}>
      {(now || next) && (
        <p data-testid="run-line">
          {now && <Named label={words.now} item={now} state={state} />}
          {now && next && ' · '}
          {next && <Named label={words.next} item={next} state={state} />}
        </p>
      )}
      {/* There before its words: screen readers tell what changes in it. */}
      <strong role="status" data-testid="run-mine">{isMine && words.youAreNext}</strong>
    </div>
  );
}

function Named({ label, item, state }: { label: string; item: RunOfShowItem; state: RoomState }): ReactElement {
  return (
    <span>
      <bdi>{label}:</bdi> <Name>{item.title}</Name>
      <RunPerson item={item} state={state} />
    </span>
  );
}

export function RunPerson({ item, state }: { item: RunOfShowItem; state: RoomState }): ReactElement | null {
  const { user } = useSession();
  const { userId } = item;
  const name = userId === undefined ? undefined : userId === user.userId ? messages.you : nameOf(state, userId);
  return name === undefined ? null : (
    <>
      {' ('}
      <Name>{name}</Name>
      {')'}
    </>
  );
}
