import type { Clock } from '../clock.js';
import { CostageError } from '../errors.js';
import { idempotencyKey, type Http } from '../http.js';
import { TopicFeed, type Live } from '../live.js';
import type { Realtime, ServerMessage } from '../realtime.js';
import { moderates } from '../room/reducer.js';
import { LiveObject, Store, type Listener, type Unsubscribe } from '../store.js';
import type { ChatMessage, ChatPin, ChatReport, ChatSettings, ChatSettingsChanges, ChatState, Page, ReportReason, RoomEvent, RoomState, WordList } from '../types.js';
import { reduceChat, withAllRead, withPage, withReadingBack, type ChatFeedMessage, type ChatView } from './chat_reducer.js';
import { authorIn, excerptOf, isOver, kNoChat, knownPeople, messagesIn, type ChatSnapshot } from './chat_snapshot.js';
import { mentionedIn, type KnownPerson } from './mentions.js';
import { Outbox, type Entries, type OutboxEntry } from './outbox.js';
import type { ReactionsPort } from './reactions.js';
import { cutText } from './text.js';

export interface SendOptions {
  /** The messageId. */
  replyTo?: string;
  /** User ids; left out: of those whom the text names. */
  mentions?: readonly string[];
  /** Asks to come on stage with it, too. */
  asksToJoin?: boolean;
}

export type NewPin = ({ text: string } | { messageId: string }) & { seconds?: number };

export interface ChatPort {
  roomId: string;
  http: Http;
  realtime: Realtime;
  clock: Clock;
  path: (rest: string) => string;
  roomState: () => RoomState | undefined;
  /** Messages of the room, which is not subscribed for them. */
  onRoomMessage: (listener: (message: ServerMessage) => void) => Unsubscribe;
  askToJoin: (comment: string) => Promise<unknown>;
}

const kPage = 100;
const kMostComment = 200;

/** The chat of a show. It is subscribed as long as somebody listens. */
export class LiveChat extends LiveObject<Live<ChatSnapshot>> {
  private readonly feed: TopicFeed<ChatView>;
  private readonly outbox: Outbox;
  private readonly store: Store<Live<ChatSnapshot>>;
  private stops: Unsubscribe[] = [];
  private pinTimer: ReturnType<typeof setTimeout> | undefined;
  private asking: Promise<void> | undefined;
  /** Where the next page begins, and the oldest message that was held then. */
  private cursor: { next: string; oldest: string | undefined } | undefined;
  private snapshots = 0;
  /** What was told while a page is on its way, which may have been read before. */
  private readonly told = new Map<string, ChatMessage>();
  private made: { view: ChatView; entries: Entries; messages: ChatSnapshot['messages'] } | undefined;

  constructor(private readonly port: ChatPort) {
    super();
    this.feed = new TopicFeed<ChatView>(port.realtime, {
      topic: `chat/${port.roomId}`,
      reduce: (view, message) => {
        const { view: value, gap } = reduceChat(view, message as unknown as ChatFeedMessage, this.userId);
        return { value, gap };
      },
      cursor: (view) => view.cursor,
    });
    this.feed.tap((message) => this.onMessage(message));
    this.outbox = new Outbox({
      deliver: (entry) => this.deliver(entry),
      isOffline: () => isOffline(port.realtime),
      onMaybeOnline: (listener) => port.realtime.connection.subscribe(({ phase }) => phase === 'open' && listener()),
      now: () => port.clock.now(),
      isFollowed: () => this.store.watched,
    });
    this.store = new Store<Live<ChatSnapshot>>({ data: kNoChat, loading: true, error: undefined }, () => this.start(), () => this.stop());
  }

  getSnapshot = (): Live<ChatSnapshot> => this.store.getSnapshot();
  subscribe = (listener: Listener<Live<ChatSnapshot>>): Unsubscribe => this.store.subscribe(listener);

  /** Each event of the chat once, in order, while somebody listens to it. */
  onEvent(listener: (event: RoomEvent) => void): Unsubscribe {
    return this.onServerMessage((message) => {
      if (message.type === 'event') listener(message['event'] as RoomEvent);
    });
  }

  /** Who can be named in a message, as far as the chat and the show know them. */
  people(): KnownPerson[] {
    return knownPeople(this.feed.getSnapshot().data?.state.messages ?? [], this.port.roomState());
  }

  /**
   * Shows at once, and is sent as soon as that can be; what becomes of it is seen in the list. Gives the `clientId`. Refused here
   * are `message_blank`, and `outbox_full` when too many wait.
   */
  send(text: string, { replyTo, mentions, asksToJoin }: SendOptions = {}): string {
    const trimmed = text.trim();
    if (trimmed === '') throw new CostageError('message_blank', 'There is nothing to send.', { field: 'text' });
    const quoted = replyTo === undefined ? undefined : this.find(replyTo);
    const clientId = idempotencyKey();
    this.outbox.add(clientId, {
      text: trimmed,
      mentions: mentions ?? mentionedIn(trimmed, this.people()),
      asksToJoin,
      replyTo: quoted && { messageId: quoted.messageId, userId: quoted.userId, name: quoted.name, excerpt: excerptOf(quoted.text) },
    });
    return clientId;
  }

  /** One that was not sent. */
  retry(clientId: string): void {
    this.outbox.retry(clientId);
  }

  discard(clientId: string): void {
    this.outbox.discard(clientId);
  }

  edit(messageId: string, text: string): Promise<ChatMessage> {
    return this.port.http.write<ChatMessage>('PATCH', this.messagePath(messageId), { text });
  }

  /** My own, or any for who moderates. */
  delete(messageId: string, reason?: string): Promise<ChatMessage> {
    return this.port.http.write<ChatMessage>('POST', this.messagePath(messageId, '/delete'), reason ? { reason } : undefined);
  }

  react(messageId: string, emoji: string, on = true): Promise<ChatMessage> {
    return this.port.http.write<ChatMessage>('POST', this.messagePath(messageId, '/reactions'), { emoji, on });
  }

  /** Tells host and moderators. */
  report(messageId: string, reason: ReportReason, detail?: string): Promise<ChatReport> {
    return this.port.http.write<ChatReport>('POST', this.messagePath(messageId, '/reports'), { reason, ...(detail ? { detail } : {}) });
  }

  pin(pin: NewPin): Promise<ChatPin> {
    return this.port.http.write<ChatPin>('PUT', this.port.path('/chat/pin'), pin);
  }

  unpin(): Promise<void> {
    return this.port.http.write<void>('DELETE', this.port.path('/chat/pin'));
  }

  updateSettings(changes: ChatSettingsChanges): Promise<ChatSettings> {
    return this.port.http.write<ChatSettings>('PATCH', this.port.path('/chat/settings'), changes);
  }

  /** Words of this show that hold or refuse a message. */
  words(): Promise<WordList> {
    return this.port.http.get<WordList>(this.port.path('/chat/words'));
  }

  /** All of them. */
  setWords(words: WordList): Promise<WordList> {
    return this.port.http.write<WordList>('PUT', this.port.path('/chat/words'), words);
  }

  /** What others wrote until now is known. */
  markRead(): void {
    this.feed.change(withAllRead);
  }

  /** While somebody reads older messages they stay, however many come. Back at the end there are the newest alone. */
  setReadingBack(isReadingBack: boolean): void {
    this.feed.change((view) => withReadingBack(view, isReadingBack));
  }

  /** Brings older ones in, which stay until `setReadingBack(false)`. */
  loadOlder(): Promise<void> {
    this.asking ??= this.askOlder().finally(() => {
      this.asking = undefined;
      this.told.clear();
    });
    return this.asking;
  }

  /** What waits is not sent any more. */
  close(): void {
    this.outbox.close();
  }

  /** For `room.reactions` and `room.moderation`: they use this chat's subscription. */
  reactionsPort(): ReactionsPort {
    return {
      send: (message) => this.feed.send(message),
      totals: () => this.getSnapshot().data.reactions,
      onCounts: (listener) =>
        this.onServerMessage((message) => {
          if (message.type === 'ephemeral' && message['kind'] === 'reactions') listener((message['data'] as { reactions: ChatSnapshot['reactions'] }).reactions);
        }),
    };
  }

  onServerMessage(listener: (message: ServerMessage) => void): Unsubscribe {
    return this.feed.tap(listener);
  }

  private get userId(): string {
    return this.port.realtime.connection.getSnapshot().userId ?? '';
  }

  private find(messageId: string): ChatMessage | undefined {
    return this.getSnapshot().data.messages.find((one) => one.messageId === messageId);
  }

  private messagePath(messageId: string, rest = ''): string {
    return this.port.path(`/chat/messages/${encodeURIComponent(messageId)}${rest}`);
  }

  private start(): void {
    this.stops = [this.feed.subscribe(() => this.show()), this.outbox.subscribe(() => this.show()), this.followRights()];
  }

  private stop(): void {
    for (const stop of this.stops) stop();
    clearTimeout(this.pinTimer);
  }

  /** Who begins to moderate sees what is held, who no longer does must not. */
  private followRights(): Unsubscribe {
    const mayModerate = (): boolean | undefined => {
      const state = this.port.roomState();
      return state && moderates(state, this.userId);
    };
    let before = mayModerate();
    return this.port.onRoomMessage(() => {
      const now = mayModerate();
      if (before !== undefined && now !== before) this.feed.refresh();
      before = now;
    });
  }

  /** Also while nobody listens to the whole: what is sent must not be sent twice. */
  private onMessage(message: ServerMessage): void {
    if (message.type === 'snapshot') {
      this.snapshots++;
      const { messages, nextCursor } = message['state'] as ChatState;
      this.cursor = nextCursor === undefined ? undefined : { next: nextCursor, oldest: messages[0]?.messageId };
      this.outbox.settle(messages, this.userId, true);
    }
    if (message.type !== 'event') return;
    const told = (message['event'] as RoomEvent).data?.message;
    if (!told) return;
    if (this.asking) this.told.set(told.messageId, told);
    this.outbox.settle([told], this.userId);
  }

  private show(): void {
    const { data: view, loading, error } = this.feed.getSnapshot();
    const entries = this.outbox.getSnapshot();
    if (!view) return this.store.set({ data: kNoChat, loading, error });
    if (this.made?.view.state.messages !== view.state.messages || this.made.entries !== entries) {
      this.made = { view, entries, messages: messagesIn(view, entries, authorIn(this.port.roomState(), this.port.roomId, this.userId)) };
    }
    const { settings, reactions, more } = view.state;
    this.store.set({ data: { messages: this.made.messages, settings, pin: this.pinNow(view), reactions, more, unread: view.unread }, loading, error });
  }

  /** Gone when its time has come, although nobody says so. */
  private pinNow(view: ChatView): ChatPin | undefined {
    const { pin } = view.state;
    clearTimeout(this.pinTimer);
    if (!pin || isOver(pin, this.port.clock.now())) return undefined;
    if (pin.until !== undefined) this.pinTimer = setTimeout(() => this.show(), Math.max(1, Date.parse(pin.until) - this.port.clock.now()));
    return pin;
  }

  private async deliver({ clientId, draft }: OutboxEntry): Promise<ChatMessage> {
    const { text, mentions, replyTo, asksToJoin } = draft;
    // Asking again while one waits is no second request, so a resend may do so.
    if (asksToJoin) await this.port.askToJoin(cutText(text, kMostComment));
    return this.port.http.write<ChatMessage>('POST', this.port.path('/chat/messages'), {
      text,
      clientId,
      ...(mentions.length > 0 ? { mentions } : {}),
      ...(replyTo ? { replyTo: replyTo.messageId } : {}),
      ...(asksToJoin ? { asksToJoin } : {}),
    });
  }

  /** Where newer ones have pushed the oldest out, pages begin with the newest of all, and the first may hold nothing new. */
  private async askOlder(): Promise<void> {
    const before = this.oldest();
    this.setReadingBack(true);
    let isMore = this.feed.getSnapshot().data?.state.more === true;
    while (isMore) {
      const { snapshots } = this;
      const next = this.cursor?.oldest === this.oldest() ? this.cursor?.next : undefined;
      const page = await this.port.http.get<Page<ChatMessage>>(this.port.path('/chat/messages'), { limit: kPage, cursor: next });
      if (snapshots !== this.snapshots) return;
      this.feed.change((view) => withPage(view, page, this.told));
      this.cursor = page.nextCursor === undefined ? undefined : { next: page.nextCursor, oldest: this.oldest() };
      isMore = page.nextCursor !== undefined && this.oldest() === before;
    }
  }

  private oldest(): string | undefined {
    return this.feed.getSnapshot().data?.state.messages[0]?.messageId;
  }
}

function isOffline(realtime: Realtime): boolean {
  const { phase, attempt } = realtime.connection.getSnapshot();
  return phase === 'waiting' || (phase === 'connecting' && attempt > 0);
}
