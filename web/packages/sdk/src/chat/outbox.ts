import { CostageError, toCostageError } from '../errors.js';
import { LiveObject, Store, type Listener, type Unsubscribe } from '../store.js';
import type { ChatMessage, QuotedMessage } from '../types.js';

/** What is to be sent. */
export interface Draft {
  text: string;
  mentions: readonly string[];
  replyTo?: QuotedMessage | undefined;
  asksToJoin?: boolean | undefined;
}

export interface OutboxEntry {
  clientId: string;
  draft: Draft;
  /** `sent`: the server has it, the chat has not shown it yet. */
  state: 'waiting' | 'sending' | 'failed' | 'sent';
  /** In ms of the server's time. */
  queuedAt: number;
  error?: CostageError | undefined;
  /** From when it may be sent again, in ms of the server's time. */
  retryAt?: number | undefined;
  sent?: ChatMessage | undefined;
}

export type Entries = readonly OutboxEntry[];

export const kMostUnsent = 20;

export function queued(entries: Entries, entry: OutboxEntry): Entries {
  const unsent = entries.filter((one) => one.state !== 'sent');
  if (unsent.length >= kMostUnsent) throw new CostageError('outbox_full', 'Too many messages wait to be sent.');
  return [...entries, entry];
}

function changed(entries: Entries, clientId: string, change: Partial<OutboxEntry>): Entries {
  return entries.map((one) => (one.clientId === clientId ? { ...one, ...change } : one));
}

export function discarded(entries: Entries, clientId: string): Entries {
  return entries.filter((one) => one.clientId !== clientId);
}

/** The chat shows these now, so they need not be shown twice. A snapshot says all: what is not in it is above it. */
export function shown(entries: Entries, messages: readonly ChatMessage[], userId: string, isSnapshot = false): Entries {
  if (entries.length === 0) return entries;
  const own = messages.filter((one) => one.userId === userId);
  const isShown = (one: OutboxEntry): boolean =>
    own.some(({ clientId, messageId }) => clientId === one.clientId || messageId === one.sent?.messageId);
  const left = entries.filter((one) => !isShown(one) && !(isSnapshot && one.state === 'sent'));
  return left.length === entries.length ? entries : left;
}

export interface OutboxPort {
  deliver(entry: OutboxEntry): Promise<ChatMessage>;
  /** There is surely no connection now. */
  isOffline(): boolean;
  /** Calls when there may be one again. */
  onMaybeOnline(listener: () => void): Unsubscribe;
  now(): number;
  /** Somebody will be shown by the chat what was sent. */
  isFollowed(): boolean;
  /** For what fails although there is a connection. */
  retryMs?: number;
}

const kRetryMs = 3000;

/** What I wrote and the chat does not show yet: one after the other, in order, and each once. */
export class Outbox extends LiveObject<Entries> {
  private readonly store = new Store<Entries>([]);
  private isBusy = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stopWaiting: Unsubscribe | undefined;

  constructor(private readonly port: OutboxPort) {
    super();
  }

  getSnapshot = (): Entries => this.store.getSnapshot();
  subscribe = (listener: Listener<Entries>): Unsubscribe => this.store.subscribe(listener);

  /** Refused with `outbox_full` where too many wait. */
  add(clientId: string, draft: Draft): void {
    this.store.set(queued(this.getSnapshot(), { clientId, draft, state: 'waiting', queuedAt: this.port.now() }));
    void this.pump();
  }

  retry(clientId: string): void {
    const entry = this.find(clientId);
    if (entry?.state !== 'failed') return;
    this.change(clientId, { state: 'waiting', error: undefined, retryAt: undefined });
    void this.pump();
  }

  /** One that is on its way may arrive all the same. */
  discard(clientId: string): void {
    this.store.set(discarded(this.getSnapshot(), clientId));
  }

  /** Nothing more is sent. */
  close(): void {
    this.stopPause();
    this.store.set([]);
  }

  /** What the chat shows. */
  settle(messages: readonly ChatMessage[], userId: string, isSnapshot = false): void {
    this.store.set(shown(this.getSnapshot(), messages, userId, isSnapshot));
  }

  private find(clientId: string): OutboxEntry | undefined {
    return this.getSnapshot().find((one) => one.clientId === clientId);
  }

  private change(clientId: string, change: Partial<OutboxEntry>): void {
    if (this.find(clientId)) this.store.set(changed(this.getSnapshot(), clientId, change));
  }

  private async pump(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.stopPause();
    for (let next = this.next(); next; next = this.next()) {
      if (this.port.isOffline() || !(await this.sendOne(next))) {
        this.pause();
        break;
      }
    }
    this.isBusy = false;
  }

  private next(): OutboxEntry | undefined {
    return this.getSnapshot().find((one) => one.state === 'waiting');
  }

  /** False: nobody can be reached. */
  private async sendOne({ clientId, ...entry }: OutboxEntry): Promise<boolean> {
    this.change(clientId, { state: 'sending' });
    try {
      const sent = await this.port.deliver({ clientId, ...entry });
      if (this.port.isFollowed()) this.change(clientId, { state: 'sent', sent });
      else this.discard(clientId);
      return true;
    } catch (cause) {
      const error = toCostageError(cause);
      const isLost = error.code === 'network';
      this.change(clientId, isLost ? { state: 'waiting' } : { state: 'failed', error, retryAt: this.retryAt(error) });
      return !isLost;
    }
  }

  /** What passes by itself. */
  private retryAt({ retryAfterSeconds }: CostageError): number | undefined {
    return retryAfterSeconds === undefined ? undefined : this.port.now() + retryAfterSeconds * 1000;
  }

  private pause(): void {
    const goOn = (): void => void this.pump();
    let isSubscribing = true;
    this.stopWaiting = this.port.onMaybeOnline(() => isSubscribing || goOn());
    isSubscribing = false;
    this.timer = setTimeout(goOn, this.port.retryMs ?? kRetryMs);
  }

  private stopPause(): void {
    this.stopWaiting?.();
    this.stopWaiting = undefined;
    clearTimeout(this.timer);
  }
}
