import { useNow, useSession } from '@costage/react';
import { moderates, type ChatSnapshot, type RoomState } from '@costage/sdk';
import { useEffect, useMemo, useRef, useState } from 'react';
import { notify } from '../base/notices.js';
import { tabStorage } from '../base/storage.js';
import { messages as words } from '../words/messages.js';
import { ChatAnnouncer, newSince } from './announcements.js';
import { whyNotWrite, type WhyNotWrite } from './why_not_write.js';

export function useMayModerate(state: RoomState): boolean {
  const { user } = useSession();
  return moderates(state, user.userId);
}

/** Who is made a moderator, or is one no longer, is told. Coming onto the stage or leaving it is told by others. */
export function useRoleNotice(state: RoomState): void {
  const { user } = useSession();
  const isModerator = state.standings.some((one) => one.userId === user.userId && one.moderator);
  const before = useRef(isModerator);
  useEffect(() => {
    if (before.current === isModerator) return;
    before.current = isModerator;
    notify(isModerator ? words.chat.done.nowModerator : words.chat.done.noModerator, { isLong: true, testId: 'moderator-notice', about: 'moderator' });
  }, [isModerator]);
}

/** Since when this tab watches the show, also over a reload. The server counts for itself. */
function useWatchingSince(roomId: string): number {
  const { clock } = useSession().client;
  return useMemo(() => {
    const key = `costage.watching.${roomId}`;
    const kept = Number(tabStorage.getItem(key));
    if (kept > 0) return kept;
    tabStorage.setItem(key, String(clock.now()));
    return clock.now();
  }, [clock, roomId]);
}

export function useWhyNotWrite(state: RoomState, chat: ChatSnapshot): { why: WhyNotWrite | undefined; now: number } {
  const { user } = useSession();
  const watchingSince = useWatchingSince(state.room.roomId);
  const { settings, messages } = chat;
  const { clock } = useSession().client;
  const now = clock.now();
  const why = whyNotWrite({ state, settings, messages, userId: user.userId, watchingSince, now });
  // Drawn again until it has passed.
  useNow(why !== undefined && 'until' in why && why.until !== undefined);
  return { why, now };
}

const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

/** What screen readers are told; nothing while the chat is folded. */
export function useAnnouncements(chat: ChatSnapshot, isOpen: boolean): string {
  const { user } = useSession();
  const [said, setSaid] = useState('');
  const last = useRef<string>(undefined);
  const announcer = useMemo(() => {
    const { one, several, mention } = words.chat.announced;
    return new ChatAnnouncer({
      // The same words twice are two pieces of news only where something differs.
      say: (text) => setSaid((before) => (before === text ? `${text}\u00a0` : text)),
      me: user.userId,
      summary: (count, name, text) => (count === 1 ? one({ name, text: shortened(text) }) : several({ count, name, text: shortened(text) })),
      mention: (name, text) => mention({ name, text: shortened(text) }),
    });
  }, [user.userId]);
  useEffect(() => () => announcer.stop(), [announcer]);
  const { messages } = chat;
  useEffect(() => {
    if (isOpen) announcer.tell(newSince(messages, last.current));
    else announcer.stop();
    last.current = messages.findLast((one) => !one.pending && !one.failed)?.messageId;
  }, [announcer, messages, isOpen]);
  return said;
}
