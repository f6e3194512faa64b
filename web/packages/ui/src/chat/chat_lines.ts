// Pure: what stands in the list, in which order.
import type { ChatMessage, LiveMessage, RoomState } from '@costage/sdk';
import { isModerator, isOnStage } from './message_actions.js';

export type ChatLine =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'system'; key: string; message: LiveMessage }
  /** `goesOn`: by the same person, just after the one above, which has the name. */
  | { kind: 'message'; key: string; message: LiveMessage; goesOn: boolean };

const kTogetherMs = 2 * 60_000;

/** The same before and after the server has given an id, so that nothing jumps. */
export function keyOf({ clientId, messageId }: LiveMessage): string {
  return clientId ?? messageId;
}

/** Of this device, in whole days. */
function dayOf(at: string): number {
  const time = Date.parse(at);
  return Math.floor((time - new Date(time).getTimezoneOffset() * 60_000) / 86_400_000);
}

export function chatLines(messages: readonly LiveMessage[]): ChatLine[] {
  const lines: ChatLine[] = [];
  let before: LiveMessage | undefined;
  let day = Number.NEGATIVE_INFINITY;
  for (const message of messages) {
    const isNewDay = dayOf(message.sentAt) > day;
    if (isNewDay) {
      day = dayOf(message.sentAt);
      lines.push({ kind: 'day', key: `day ${day}`, at: message.sentAt });
    }
    if (message.kind === 'text') lines.push({ kind: 'message', key: keyOf(message), message, goesOn: !isNewDay && goesOn(before, message) });
    else lines.push({ kind: 'system', key: keyOf(message), message });
    before = message;
  }
  return lines;
}

function goesOn(before: LiveMessage | undefined, message: LiveMessage): boolean {
  if (before?.kind !== 'text' || before.userId !== message.userId || message.replyTo) return false;
  return Date.parse(message.sentAt) - Date.parse(before.sentAt) < kTogetherMs;
}

export type Badge = 'host' | 'coHost' | 'moderator' | undefined;

/** What somebody is now; for who is nothing now, what they were when they wrote. */
export function badgeOf({ userId, role }: Pick<ChatMessage, 'userId' | 'role'>, state: Pick<RoomState, 'room' | 'stage' | 'standings'>): Badge {
  if (state.room.hostId === userId) return 'host';
  if (isOnStage(userId, state)) return 'coHost';
  if (isModerator(userId, state)) return 'moderator';
  return role === 'viewer' ? undefined : role;
}
