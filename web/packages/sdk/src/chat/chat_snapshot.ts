// Pure: what a chat shows, out of what the server told and what is still to be sent.
import type { CostageError } from '../errors.js';
import type { ChatMessage, ChatPin, ChatSettings, RoomState } from '../types.js';
import type { ChatView } from './chat_reducer.js';
import type { KnownPerson } from './mentions.js';
import { shown, type Entries, type OutboxEntry } from './outbox.js';
import type { ReactionCounts } from './reactions.js';

export interface LiveMessage extends ChatMessage {
  /** On its way; `messageId` is the `clientId` until the server has given one. */
  pending?: true;
  /** Why it was not sent. */
  failed?: CostageError;
  /** From when it may be sent again, in ms of the server's time. */
  retryAt?: number;
}

export interface ChatSnapshot {
  /** Oldest first; what is not sent yet stands at the end. */
  messages: readonly LiveMessage[];
  settings: ChatSettings;
  pin: ChatPin | undefined;
  /** How many of each kind floated over the stage in this show. */
  reactions: ReactionCounts;
  /** There are older messages. */
  more: boolean;
  /** What others wrote since `markRead`. */
  unread: number;
}

export const kNoChat: ChatSnapshot = {
  messages: [],
  settings: { writers: 'everybody', slowModeSeconds: 0, watchedMinutes: 0 },
  pin: undefined,
  reactions: {},
  more: false,
  unread: 0,
};

/** `now` is the server's time. */
export function isOver(pin: ChatPin, now: number): boolean {
  return pin.until !== undefined && Date.parse(pin.until) <= now;
}

/** Who wrote it is told that it is not shown; nobody else has anything to see. */
export function isVisible(message: ChatMessage, userId: string | undefined): boolean {
  return message.status !== 'refused' || message.userId === userId;
}

export function messagesIn(view: ChatView, entries: Entries, author: ChatAuthor): LiveMessage[] {
  const { messages } = view.state;
  const visible = messages.filter((one) => isVisible(one, author.userId));
  const unshown = shown(entries, messages, author.userId);
  if (unshown.length === 0) return visible;
  // A viewer's own name is known from what they wrote before.
  const name = author.name || (messages.findLast((one) => one.userId === author.userId)?.name ?? '');
  return [...visible, ...unshown.map((one) => one.sent ?? unsent(one, { ...author, name }))];
}

export interface ChatAuthor {
  roomId: string;
  userId: string;
  name: string;
  role: ChatMessage['role'];
}

/** Who I am in this show, as far as it says. */
export function authorIn(state: RoomState | undefined, roomId: string, userId: string): ChatAuthor {
  const role = state?.me.role ?? 'viewer';
  const name = state?.room.hostId === userId ? state.room.hostName : state?.stage.seats.find((one) => one.userId === userId)?.name;
  return { roomId, userId, name: name ?? '', role: role === 'guest' ? 'viewer' : role };
}

function unsent({ clientId, draft, queuedAt, state, error, retryAt }: OutboxEntry, author: ChatAuthor): LiveMessage {
  return {
    ...author,
    messageId: clientId,
    clientId,
    kind: 'text',
    text: draft.text,
    status: 'shown',
    sentAt: new Date(queuedAt).toISOString(),
    mentions: [...draft.mentions],
    reactions: [],
    ...(draft.replyTo ? { replyTo: draft.replyTo } : {}),
    ...(draft.asksToJoin ? { asksToJoin: true } : {}),
    ...(state === 'failed' && error ? { failed: error } : { pending: true as const }),
    ...(retryAt === undefined ? {} : { retryAt }),
  };
}

/** Who can be named: the people of the show first, then who wrote, each by the newest name. */
export function knownPeople(messages: readonly ChatMessage[], state: RoomState | undefined): KnownPerson[] {
  const names = new Map<string, string>();
  if (state) {
    names.set(state.room.hostId, state.room.hostName);
    for (const { userId, name } of [...state.stage.seats, ...state.standings]) names.set(userId, name);
  }
  for (const { userId, name } of [...messages].reverse()) if (name !== '' && !names.has(userId)) names.set(userId, name);
  return [...names].map(([userId, name]) => ({ userId, name }));
}

/** A line of what is answered, as it stands over the answer. */
export function excerptOf(text: string): string {
  return text.split('\n', 1)[0]!;
}
