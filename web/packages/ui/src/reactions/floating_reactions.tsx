import { kReactionKinds, type ReactionCounts, type ReactionKind, type RoomHandle } from '@costage/sdk';
import { memo, useCallback, useEffect, useState, useSyncExternalStore, type CSSProperties, type ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { kFlightMs, withFloats, type Floating } from './floating.js';

const kSigns: Record<ReactionKind, string> = { heart: '❤️', applause: '👏', laugh: '😂', wow: '😮', fire: '🔥', celebrate: '🎉' };
const kShownMs = 3000;
const kLookMs = 500;

function useReducedMotion(): boolean {
  const [query] = useState(() => matchMedia('(prefers-reduced-motion: reduce)'));
  const subscribe = useCallback(
    (listener: () => void) => {
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => query.matches);
}

/** What everybody presses, over the picture; for who wants no motion, how much of it there is. */
export function FloatingReactions({ room }: { room: RoomHandle }): ReactElement {
  return useReducedMotion() ? <Counted room={room} /> : <Flying room={room} />;
}

function Flying({ room }: { room: RoomHandle }): ReactElement {
  const [flying, setFlying] = useState<readonly Floating[]>([]);
  useEffect(() => room.reactions.onReactions((counts) => setFlying((before) => withFloats(before, counts, performance.now(), Math.random))), [room]);
  const isEmpty = flying.length === 0;
  useEffect(() => {
    if (isEmpty) return;
    const timer = setInterval(() => setFlying((before) => before.filter((one) => one.until > performance.now())), kLookMs);
    return () => clearInterval(timer);
  }, [isEmpty]);
  return (
    <div className="cs-floating" data-testid="floating" data-count={flying.length} aria-hidden="true">
      {flying.map(({ id, kind, place }) => (
        <span key={id} className="cs-float" data-kind={kind} style={{ '--place': place, '--flight': `${kFlightMs}ms` } as CSSProperties}>
          {kSigns[kind]}
        </span>
      ))}
    </div>
  );
}

function Counted({ room }: { room: RoomHandle }): ReactElement | null {
  const [counts, setCounts] = useState<ReactionCounts>({});
  useEffect(() => room.reactions.onReactions((more) => setCounts((before) => added(before, more))), [room]);
  const shown = kReactionKinds.filter((kind) => (counts[kind] ?? 0) > 0);
  useEffect(() => {
    if (shown.length === 0) return;
    const timer = setTimeout(() => setCounts({}), kShownMs);
    return () => clearTimeout(timer);
  }, [counts]);
  if (shown.length === 0) return null;
  return (
    <div className="cs-floating-counts" data-testid="floating-counts" aria-hidden="true">
      {shown.map((kind) => (
        <span key={kind}>{kSigns[kind]} {counts[kind]}</span>
      ))}
    </div>
  );
}

function added(before: ReactionCounts, more: ReactionCounts): ReactionCounts {
  const counts = { ...before };
  for (const kind of kReactionKinds) if (more[kind]) counts[kind] = (counts[kind] ?? 0) + more[kind];
  return counts;
}

export const ReactionBar = memo(function ReactionBar({ room }: { room: RoomHandle }): ReactElement {
  const words = messages.chat.floating;
  return (
    <div className="cs-reaction-bar" role="group" aria-label={words.label}>
      {kReactionKinds.map((kind) => (
        <button key={kind} type="button" className="cs-reaction" aria-label={words.kinds[kind]} title={words.kinds[kind]} data-testid={`reaction-${kind}`} onClick={() => room.reactions.press(kind)}>
          {kSigns[kind]}
        </button>
      ))}
    </div>
  );
});
