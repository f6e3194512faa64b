import type { CostageError } from './errors.js';
import type { Realtime, ServerMessage, Subscription } from './realtime.js';
import { newestOf } from './newest.js';
import { LiveObject, Store, type Observable, type Unsubscribe } from './store.js';
import type { Cursor } from './types.js';

/** What every live object and collection shows. `data` stays while a reconnect or an error is dealt with. */
export interface Live<T> {
  data: T;
  loading: boolean;
  error: CostageError | undefined;
}

export interface Step<T> {
  value: T | undefined;
  gap: boolean;
  /** What is held is not all that may be seen any more. */
  stale?: boolean | undefined;
}

export interface TopicRules<T> {
  topic: string;
  reduce(value: T | undefined, message: ServerMessage): Step<T>;
  cursor(value: T): Cursor | undefined;
}

/** Long enough for one screen to hand over to the next, short enough that leaving is noticed at once. */
const kLingerMs = 250;

/** One topic, subscribed as long as somebody listens, and shared by all who do. */
export class TopicFeed<T> extends LiveObject<Live<T | undefined>> {
  private readonly store: Store<Live<T | undefined>>;
  private readonly taps = new Set<(message: ServerMessage) => void>();
  private subscription: Subscription | undefined;
  private said: object | undefined;
  private isStale = false;
  private linger: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly realtime: Realtime,
    private readonly rules: TopicRules<T>,
  ) {
    super();
    this.store = new Store<Live<T | undefined>>(
      { data: undefined, loading: true, error: undefined },
      () => this.start(),
      () => this.stopSoon(),
    );
  }

  getSnapshot = (): Live<T | undefined> => this.store.getSnapshot();
  subscribe = (listener: (snapshot: Live<T | undefined>) => void): Unsubscribe => this.store.subscribe(listener);

  /** Sees the messages that were applied, in order. Does not keep the topic subscribed. */
  tap(listener: (message: ServerMessage) => void): Unsubscribe {
    this.taps.add(listener);
    return () => this.taps.delete(listener);
  }

  /** What the topic is told of this subscriber, now and with each new connection; the last word counts. */
  report(what: object): void {
    this.said = what;
    this.subscription?.report(what);
  }

  /** Says something about the topic once. False: it is not subscribed now. */
  send(message: object): boolean {
    return this.subscription?.send(message) ?? false;
  }

  /** What is held changes by what was learnt elsewhere. */
  change(update: (value: T) => T): void {
    const { data } = this.store.getSnapshot();
    if (data !== undefined) this.store.update({ data: update(data) });
  }

  /** What is held is not all that may be seen any more: asks for the whole state again. */
  refresh(): void {
    this.isStale = true;
    this.subscription?.restart();
  }

  private start(): void {
    clearTimeout(this.linger);
    if (this.subscription) return;
    this.store.update({ loading: true, error: undefined });
    this.subscription = this.realtime.open(this.rules.topic, {
      cursor: () => {
        const { data } = this.store.getSnapshot();
        return data === undefined || this.isStale ? undefined : this.rules.cursor(data);
      },
      onMessage: (message) => this.onMessage(message),
      onError: (error) => this.store.update({ loading: false, error }),
      // Who is shut out keeps nothing of what was to be seen.
      onEnd: (error) => this.store.set({ data: undefined, loading: false, error }),
    });
    if (this.said) this.subscription.report(this.said);
  }

  private stopSoon(): void {
    clearTimeout(this.linger);
    this.linger = setTimeout(() => {
      this.subscription?.close();
      this.subscription = undefined;
    }, kLingerMs);
  }

  private onMessage(message: ServerMessage): void {
    const before = this.store.getSnapshot().data;
    const { value, gap, stale } = this.rules.reduce(before, message);
    if (message.type === 'snapshot') this.isStale = false;
    if (gap) {
      this.subscription?.restart();
      return;
    }
    this.store.set({ data: value, loading: false, error: undefined });
    if (stale) this.refresh();
    if (value !== before) for (const tap of [...this.taps]) tap(message);
  }
}

/** A live collection cut out of a feed; the same feed value gives the identical snapshot. */
export function derive<T, R>(
  source: Observable<Live<T | undefined>>,
  select: (value: T | undefined) => R,
): Observable<Live<R>> {
  let from: Live<T | undefined> | undefined;
  let made: Live<R> | undefined;
  const getSnapshot = (): Live<R> => {
    const now = source.getSnapshot();
    if (!made || now !== from) {
      const data = from && made && from.data === now.data ? made.data : select(now.data);
      from = now;
      made = { data, loading: now.loading, error: now.error };
    }
    return made;
  };
  const subscribe: Observable<Live<R>>['subscribe'] = (listener) => source.subscribe(() => listener(getSnapshot()));
  return { getSnapshot, subscribe, [Symbol.asyncIterator]: () => newestOf({ subscribe }) };
}
