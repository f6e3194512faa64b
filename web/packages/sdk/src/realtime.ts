import { backoffDelay } from './backoff.js';
import { ServerClock } from './clock.js';
import { CostageError, toCostageError } from './errors.js';
import { Store, type Observable } from './store.js';
import type { Tokens } from './token.js';
import type { Cursor } from './types.js';

export type ConnectionPhase = 'idle' | 'connecting' | 'open' | 'waiting' | 'refused';

export interface Connection {
  phase: ConnectionPhase;
  /** Tries since the connection was last open; 0 on the very first one. */
  attempt: number;
  /** From the server's welcome. */
  userId?: string;
  /** Why the last connection failed; with `refused` it stays that way until `retry()`. */
  error?: CostageError;
}

export interface TopicHandler {
  /** Asked whenever the topic is (re-)subscribed; undefined asks for a fresh snapshot. */
  cursor(): Cursor | undefined;
  onMessage(message: ServerMessage): void;
  onError(error: CostageError): void;
  /** The server ends the subscription: it is not asked for again. */
  onEnd(error: CostageError): void;
}

export interface Subscription {
  /** What the topic is told of this subscriber, now and with each new connection. */
  report(what: object): void;
  /** Says something about the topic once; not kept for later. False: there is no connection now. */
  send(message: object): boolean;
  /** Asks again from the cursor, after a gap. Events are dropped until the server answers. */
  restart(): void;
  close(): void;
}

export type ServerMessage = { type: string; id?: string; topic?: string } & Record<string, unknown>;

export interface RealtimeOptions {
  /** http(s) address of the server. */
  url: string;
  tokens: Tokens;
  /** Called with each welcome. */
  onOpen?: () => void;
  /** A cheap authenticated request: browsers hide why a WebSocket was refused, an HTTP answer tells. */
  probe: () => Promise<unknown>;
  /** Is told what the server's time is. */
  clock: ServerClock;
  WebSocket?: typeof globalThis.WebSocket | undefined;
  random?: (() => number) | undefined;
  /** How long the connection outlives its last topic, so that going from page to page keeps it. */
  lingerMs?: number | undefined;
  backoff?: { firstMs: number; maxMs: number } | undefined;
}

interface Topic {
  report?: object;
  handler: TopicHandler;
  /** Id of the subscribe message without an answer yet. */
  pending: string | undefined;
  /** Local time when it was sent. */
  asked: number;
}

type Timer = ReturnType<typeof setTimeout>;

const kTokenClosed = 4401;
const kHeartbeatSeconds = 30;

/** One WebSocket for all topics: comes back by itself, and each topic resumes where it stood. */
export class Realtime {
  private readonly store = new Store<Connection>({ phase: 'idle', attempt: 0 });
  private readonly topics = new Map<string, Topic>();
  private socket: WebSocket | undefined;
  private timer: Timer | undefined;
  private linger: Timer | undefined;
  private heartbeat: ReturnType<typeof setInterval> | undefined;
  private heardSincePing = true;
  /** Local times of the connection's and the newest ping's start. */
  private connected = 0;
  private token: string | undefined;
  private pinged = 0;
  private lastId = 0;
  /** Grows with each try, so that late answers of an older one are known as such. */
  private generation = 0;

  constructor(private readonly options: RealtimeOptions) {
    if (typeof globalThis.addEventListener === 'function') globalThis.addEventListener('online', this.onOnline);
  }

  get connection(): Observable<Connection> {
    return this.store;
  }

  open(topic: string, handler: TopicHandler): Subscription {
    clearTimeout(this.linger);
    const entry: Topic = { handler, pending: undefined, asked: 0 };
    this.topics.set(topic, entry);
    if (this.phase === 'open') this.sendSubscribe(topic, entry);
    else if (this.phase === 'idle') void this.connect();
    else if (this.phase === 'refused' && this.store.getSnapshot().error) handler.onError(this.store.getSnapshot().error!);
    return {
      report: (what) => {
        entry.report = what;
        if (this.topics.get(topic) === entry && entry.pending === undefined) this.sendReport(topic, entry);
      },
      send: (message) => this.topics.get(topic) === entry && entry.pending === undefined && this.send({ ...message, topic }),
      restart: () => {
        if (this.topics.get(topic) === entry && this.phase === 'open') this.sendSubscribe(topic, entry);
      },
      close: () => {
        if (this.topics.get(topic) === entry) this.closeTopic(topic);
      },
    };
  }

  /** Tries at once, also after a refusal or while its reason is being asked for. */
  retry(): void {
    if (this.topics.size === 0 || this.socket) return;
    clearTimeout(this.timer);
    void this.connect();
  }

  close(): void {
    if (typeof globalThis.removeEventListener === 'function') globalThis.removeEventListener('online', this.onOnline);
    this.topics.clear();
    this.shutDown();
  }

  private get phase(): ConnectionPhase {
    return this.store.getSnapshot().phase;
  }

  private readonly onOnline = (): void => {
    if (this.phase === 'waiting') this.retry();
  };

  private closeTopic(topic: string): void {
    if (this.phase === 'open') this.send({ id: this.nextId(), type: 'unsubscribe', topic });
    this.dropTopic(topic);
  }

  private dropTopic(topic: string): void {
    this.topics.delete(topic);
    if (this.topics.size > 0) return;
    clearTimeout(this.linger);
    this.linger = setTimeout(() => this.shutDown(), this.options.lingerMs ?? 2000);
  }

  private shutDown(): void {
    clearTimeout(this.timer);
    clearTimeout(this.linger);
    this.dropSocket();
    this.store.set({ phase: 'idle', attempt: 0 });
  }

  private dropSocket(): void {
    this.generation++;
    clearInterval(this.heartbeat);
    const socket = this.socket;
    this.socket = undefined;
    if (!socket) return;
    socket.onmessage = socket.onclose = null;
    socket.close(1000);
  }

  private async connect(): Promise<void> {
    this.dropSocket();
    const generation = this.generation;
    this.store.update({ phase: 'connecting' });
    let address: string;
    try {
      address = await this.address();
    } catch (cause) {
      if (generation === this.generation) this.waitAndRetry(toCostageError(cause));
      return;
    }
    if (generation !== this.generation) return;
    this.connected = this.options.clock.local();
    const socket = new (this.options.WebSocket ?? globalThis.WebSocket)(address);
    this.socket = socket;
    socket.onmessage = (message) => this.onText(String(message.data));
    socket.onclose = (event) => void this.onClosed(event.code);
    // Every error is followed by a close, which has the code.
    socket.onerror = () => {};
  }

  private async address(): Promise<string> {
    const url = new URL(`${this.options.url.replace(/\/+$/, '')}/v1/realtime`);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.token = await this.options.tokens.get();
    if (this.token !== undefined) url.searchParams.set('access_token', this.token);
    return url.href;
  }

  private async onClosed(code: number): Promise<void> {
    const wasOpen = this.phase === 'open';
    this.dropSocket();
    const generation = this.generation;
    for (const topic of this.topics.values()) topic.pending = undefined;
    if (code === kTokenClosed) {
      await this.onTokenEnded(generation);
      return;
    }
    if (wasOpen) {
      this.waitAndRetry();
      return;
    }
    const error = await this.whyRefused();
    if (generation !== this.generation) return;
    if (error?.isAuthentication) this.refuse(error);
    else this.waitAndRetry(error);
  }

  /** With another token at once: nobody notices. */
  private async onTokenEnded(generation: number): Promise<void> {
    const renewed = this.token !== undefined && (await this.options.tokens.renew(this.token));
    if (generation !== this.generation) return;
    if (renewed) void this.connect();
    else this.refuse(new CostageError('token_expired', 'Your access has ended.', { status: 401 }));
  }

  private async whyRefused(): Promise<CostageError | undefined> {
    try {
      await this.options.probe();
      return undefined;
    } catch (cause) {
      return toCostageError(cause);
    }
  }

  private refuse(error: CostageError): void {
    this.store.set({ phase: 'refused', attempt: 0, error });
    for (const { handler } of this.topics.values()) handler.onError(error);
  }

  private waitAndRetry(error?: CostageError): void {
    const { attempt } = this.store.getSnapshot();
    this.store.set({ phase: 'waiting', attempt: attempt + 1, ...(error ? { error } : {}) });
    const random = (this.options.random ?? Math.random)();
    this.timer = setTimeout(() => void this.connect(), backoffDelay(attempt, random, this.options.backoff));
  }

  private onText(text: string): void {
    this.heardSincePing = true;
    let message: ServerMessage;
    try {
      message = JSON.parse(text) as ServerMessage;
    } catch {
      return;
    }
    if (message.type === 'welcome') this.onWelcome(message);
    else if (message.type === 'error') this.onErrorMessage(message);
    else if (message.type === 'pong') this.options.clock.told(message['now'], this.pinged);
    else this.deliver(message);
  }

  private onWelcome(message: ServerMessage): void {
    this.options.clock.told(message['now'], this.connected);
    this.store.set({ phase: 'open', attempt: 0, userId: String(message['userId'] ?? '') });
    this.options.onOpen?.();
    const seconds = Number(message['heartbeatSeconds']) || kHeartbeatSeconds;
    this.heardSincePing = true;
    this.heartbeat = setInterval(() => this.beat(), (seconds * 1000) / 2);
    for (const [topic, entry] of this.topics) this.sendSubscribe(topic, entry);
  }

  /** Two pings without any sign of life: the connection is dead although nobody said so. */
  private beat(): void {
    if (!this.heardSincePing) {
      void this.onClosed(1006);
      return;
    }
    this.heardSincePing = false;
    this.pinged = this.options.clock.local();
    this.send({ id: this.nextId(), type: 'ping' });
  }

  private deliver(message: ServerMessage): void {
    const entry = message.topic === undefined ? undefined : this.topics.get(message.topic);
    if (!entry) return;
    if (message.type === 'unsubscribed') return this.onUnsubscribed(entry, message);
    this.tellClock(entry, message);
    const answers = message.type === 'snapshot' || message.type === 'resumed';
    const begins = answers && message.id === entry.pending;
    if (begins) entry.pending = undefined;
    else if (answers || entry.pending !== undefined) return;
    entry.handler.onMessage(message);
    // The server forgets it with the connection.
    if (begins && message.topic !== undefined) this.sendReport(message.topic, entry);
  }

  /** With a code it is not the answer to a wish of ours. */
  private onUnsubscribed(entry: Topic, message: ServerMessage): void {
    if (message['code'] !== undefined) this.end(message.topic!, entry, errorIn(message));
  }

  private end(topic: string, entry: Topic, error: CostageError): void {
    this.dropTopic(topic);
    entry.handler.onEnd(error);
  }

  private tellClock(entry: Topic, message: ServerMessage): void {
    const { clock } = this.options;
    if (message.type === 'snapshot') clock.told(message['now'], message.id === entry.pending ? entry.asked : undefined);
    if (message.type === 'event') clock.happened((message['event'] as { at?: unknown } | undefined)?.at);
  }

  private onErrorMessage(message: ServerMessage): void {
    const error = errorIn(message);
    for (const [topic, entry] of this.topics) {
      if (message.id === undefined || entry.pending !== message.id) continue;
      entry.pending = undefined;
      if (error.code === 'banned') this.end(topic, entry, error);
      else entry.handler.onError(error);
    }
  }

  private sendSubscribe(topic: string, entry: Topic): void {
    const since = entry.handler.cursor();
    entry.pending = this.nextId();
    entry.asked = this.options.clock.local();
    this.send({ id: entry.pending, type: 'subscribe', topic, ...(since ? { since } : {}) });
  }

  private sendReport(topic: string, { report }: Topic): void {
    if (report && this.phase === 'open') this.send({ type: 'report', topic, ...report });
  }

  private send(message: object): boolean {
    if (this.socket?.readyState !== 1) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  private nextId(): string {
    return String(++this.lastId);
  }
}

function errorIn(message: ServerMessage): CostageError {
  return new CostageError(String(message['code'] ?? 'server_error'), String(message['detail'] ?? ''));
}
