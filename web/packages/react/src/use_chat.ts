import type { ChatSnapshot, Live, ModerationState, ReactionCounts, RoomHandle } from '@costage/sdk';
import { useEffect, useMemo, useRef } from 'react';
import { PerFrame } from './per_frame.js';
import { useLive } from './use_live.js';

/** Live: messages, pin and settings of a room's chat, at most once per painted frame. Its verbs are those of `room.chat`. */
export function useChat(room: RoomHandle): Live<ChatSnapshot> {
  return useLive(useMemo(() => new PerFrame(room.chat), [room]));
}

/** Live: who is muted, banned or helps, held messages and reports. Empty for who may not see them. */
export function useModeration(room: RoomHandle): Live<ModerationState> {
  return useLive(room.moderation);
}

/** Calls back with what everybody pressed in the last moment; needs a chat that is followed, as by `useChat`. */
export function useReactions(room: RoomHandle, onReactions: (counts: ReactionCounts) => void): void {
  const newest = useRef(onReactions);
  newest.current = onReactions;
  useEffect(() => room.reactions.onReactions((counts) => newest.current(counts)), [room]);
}
