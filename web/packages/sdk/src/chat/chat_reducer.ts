// Pure: what a subscriber of chat/{id} holds, and how each message from the server and each page read back changes it.
import { placeOf } from '../room/reducer.js';
import type { ChatMessage, ChatState, Cursor, MessageReaction, RoomEvent } from '../types.js';

export interface ChatView {
  /** Messages oldest first: the newest ones, and before them what was read back. */
  state: ChatState;
  cursor: Cursor;
  /** Somebody reads older ones: what is above the newest stays. */
  isReadingBack: boolean;
  /** What others wrote since the last `withAllRead`. */
  unread: number;
}

export type ChatFeedMessage =
  | { type: 'snapshot'; epoch: Cursor['epoch']; seq: number; state: ChatState }
  | { type: 'resumed'; epoch: Cursor['epoch']; seq: number }
  | { type: 'event'; epoch: Cursor['epoch']; event: RoomEvent }
  | { type: 'ephemeral'; kind: string; data: { reactions?: Record<string, number> } };

export interface ChatReduced {
  view: ChatView | undefined;
  /** Something was missed, so the history has to be asked for again from `view.cursor`. */
  gap: boolean;
}

export const kLiveMessages = 100;
/** Who reads back in a busy chat loses the oldest at last, so that a page that is left open does not fill the memory. */
export const kHeldMessages = 1000;

export function reduceChat(view: ChatView | undefined, message: ChatFeedMessage, userId: string): ChatReduced {
  switch (message.type) {
    case 'snapshot':
      return { view: fromSnapshot(view, message), gap: false };
    case 'resumed':
      return { view, gap: view === undefined || view.cursor.epoch !== message.epoch };
    case 'event':
      return reduceEvent(view, message.epoch, message.event, userId);
    case 'ephemeral':
      return { view: view && withFloating(view, message.data.reactions), gap: false };
  }
}

/** What was read back is asked for again: of its changes nobody has told. */
function fromSnapshot(view: ChatView | undefined, { epoch, seq, state }: Extract<ChatFeedMessage, { type: 'snapshot' }>): ChatView {
  return { state, cursor: { epoch, seq }, isReadingBack: view?.isReadingBack ?? false, unread: view?.unread ?? 0 };
}

function reduceEvent(view: ChatView | undefined, epoch: Cursor['epoch'], event: RoomEvent, userId: string): ChatReduced {
  const place = placeOf(event, epoch, view?.cursor);
  if (view === undefined || place !== 'next') return { view, gap: place !== 'known' };
  return { view: { ...applyChatEvent(view, event, userId), cursor: { epoch, seq: event.seq } }, gap: false };
}

/** Every event carries what is new as a whole, so applying is replacing. */
function applyChatEvent(view: ChatView, event: RoomEvent, userId: string): ChatView {
  const { message, settings, pin } = event.data ?? {};
  let next = view;
  if (settings) next = withState(next, { settings });
  if (event.type === 'chat.pinned' && pin) next = withState(next, { pin });
  if (event.type === 'chat.unpinned') next = withState(next, { pin: undefined });
  return message ? withMessage(next, message, event, userId) : next;
}

function withState(view: ChatView, change: { [K in keyof ChatState]?: ChatState[K] | undefined }): ChatView {
  const { pin, ...rest } = { ...view.state, ...change };
  return { ...view, state: { ...(rest as ChatState), ...(pin === undefined ? {} : { pin }) } };
}

/** One that is not held and is not new stands in a page that was not read. */
function withMessage(view: ChatView, message: ChatMessage, event: RoomEvent, userId: string): ChatView {
  const { messages } = view.state;
  const at = messages.findLastIndex((one) => one.messageId === message.messageId);
  if (at >= 0) return withState(view, { messages: messages.with(at, withMine(message, messages[at]!, event, userId)) });
  const isNew = event.type === 'chat.sent' || event.type === 'chat.held' || event.type === 'chat.pinned';
  if (!isNew) return view;
  const isUnread = event.type === 'chat.sent' && message.kind === 'text' && message.userId !== userId;
  return bounded({ ...withState(view, { messages: [...messages, message] }), unread: view.unread + Number(isUnread) });
}

/** Events are told to all alike, so they do not say which reactions are mine: who reacted is who sent the event. */
function withMine(message: ChatMessage, before: ChatMessage, event: RoomEvent, userId: string): ChatMessage {
  if (message.reactions.length === 0) return message;
  const mine = event.type === 'chat.reacted' && event.actorId === userId;
  const reactions = message.reactions.map((one): MessageReaction => {
    const old = before.reactions.find(({ emoji }) => emoji === one.emoji);
    const isMine = mine && one.count !== (old?.count ?? 0) ? one.count > (old?.count ?? 0) : old?.mine === true;
    return { emoji: one.emoji, count: one.count, ...(isMine ? { mine: true } : {}) };
  });
  return { ...message, reactions };
}

function bounded(view: ChatView): ChatView {
  const most = view.isReadingBack ? kHeldMessages : kLiveMessages;
  const { messages } = view.state;
  return messages.length <= most ? view : withState(view, { messages: messages.slice(-most), more: true });
}

function withFloating(view: ChatView, counts: Record<string, number> | undefined): ChatView {
  if (!counts) return view;
  const reactions = { ...view.state.reactions };
  for (const [kind, count] of Object.entries(counts)) reactions[kind] = (reactions[kind] ?? 0) + count;
  return withState(view, { reactions });
}

/**
 * Older ones, newest first as a page has them. What the chat has told of a message meanwhile (`told`, by id) is newer than its page.
 */
export function withPage(view: ChatView, page: { items: readonly ChatMessage[]; nextCursor?: string | undefined }, told: ReadonlyMap<string, ChatMessage>): ChatView {
  const held = new Set(view.state.messages.map((one) => one.messageId));
  const older = page.items.filter((one) => !held.has(one.messageId)).reverse();
  const messages = [...older.map((one) => told.get(one.messageId) ?? one), ...view.state.messages];
  return withState({ ...view, isReadingBack: true }, { messages, more: page.nextCursor !== undefined });
}

/** Back at the end, what was read back is let go. */
export function withReadingBack(view: ChatView, isReadingBack: boolean): ChatView {
  return view.isReadingBack === isReadingBack ? view : bounded({ ...view, isReadingBack });
}

export function withAllRead(view: ChatView): ChatView {
  return view.unread === 0 ? view : { ...view, unread: 0 };
}
