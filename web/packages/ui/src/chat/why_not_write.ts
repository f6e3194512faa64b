import { hasEnded, type ChatSettings, type LiveMessage, type RoomState } from '@costage/sdk';
import { isMuted } from './message_actions.js';

/** Why somebody cannot write now. Times are in ms of the server's time. */
export type WhyNotWrite =
  | { why: 'ended' | 'chatOff' | 'stageOnly' | 'guest' }
  /** Without a time: to the end of the show. */
  | { why: 'muted'; until: number | undefined }
  | { why: 'watchLonger'; until: number; minutes: number }
  | { why: 'slowMode'; until: number };

interface Facts {
  state: RoomState;
  settings: ChatSettings;
  messages: readonly LiveMessage[];
  userId: string;
  /** Since when this person watches, as far as this device knows. */
  watchingSince: number;
  now: number;
}

/** The first reason that counts; undefined for who may write. */
export function whyNotWrite(facts: Facts): WhyNotWrite | undefined {
  const { state, settings } = facts;
  if (hasEnded(state.room.status)) return { why: 'ended' };
  if (!state.room.chatEnabled || settings.writers === 'nobody') return { why: 'chatOff' };
  const { role } = state.me;
  if (role === 'guest') return { why: 'guest' };
  return muted(facts) ?? (role === 'viewer' ? asViewer(facts) : undefined);
}

function muted({ state, userId, now }: Facts): WhyNotWrite | undefined {
  const standing = state.standings.find((one) => one.userId === userId);
  if (!standing || !isMuted(standing, now)) return undefined;
  return { why: 'muted', until: standing.mutedUntil === undefined ? undefined : Date.parse(standing.mutedUntil) };
}

/** Host, co-hosts and moderators are held up by nothing of this. */
function asViewer({ settings, messages, userId, watchingSince, now }: Facts): WhyNotWrite | undefined {
  if (settings.writers === 'stage') return { why: 'stageOnly' };
  const { watchedMinutes: minutes, slowModeSeconds } = settings;
  const mayFrom = watchingSince + minutes * 60_000;
  if (minutes > 0 && mayFrom > now) return { why: 'watchLonger', until: mayFrom, minutes };
  if (slowModeSeconds === 0) return undefined;
  const last = messages.findLast((one) => one.userId === userId && one.kind === 'text' && !one.failed);
  const until = last ? Date.parse(last.sentAt) + slowModeSeconds * 1000 : 0;
  return until > now ? { why: 'slowMode', until } : undefined;
}
