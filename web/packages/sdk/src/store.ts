import { newestOf } from './newest.js';

export type Unsubscribe = () => void;
export type Listener<T> = (snapshot: T) => void;

/** A value that can be watched. Snapshots are replaced, never changed, so they can be compared by identity. */
export interface Watchable<T> {
  getSnapshot(): T;
  /** Calls the listener with the current snapshot at once and then with every new one. */
  subscribe(listener: Listener<T>): Unsubscribe;
}

/**
 * What the SDK shows live. As an `AsyncIterable` it gives the present snapshot and then each new one until the loop is left; a loop
 * that is slow gets the newest and none in between.
 */
export interface Observable<T> extends Watchable<T>, AsyncIterable<T> {}

/** What every live object has in common. Both functions are bound, so that they can be handed on by themselves. */
export abstract class LiveObject<T> implements Observable<T> {
  abstract readonly getSnapshot: () => T;
  abstract readonly subscribe: (listener: Listener<T>) => Unsubscribe;

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    return newestOf(this);
  }
}

export class Store<T> extends LiveObject<T> {
  private readonly listeners = new Set<Listener<T>>();
  private value: T;

  constructor(
    initial: T,
    private readonly onFirstListener: () => void = () => {},
    private readonly onLastListener: () => void = () => {},
  ) {
    super();
    this.value = initial;
  }

  getSnapshot = (): T => this.value;

  subscribe = (listener: Listener<T>): Unsubscribe => {
    // A wrapper makes each subscription its own, even when the same function subscribes twice.
    const own: Listener<T> = (snapshot) => listener(snapshot);
    this.listeners.add(own);
    if (this.listeners.size === 1) this.onFirstListener();
    own(this.value);
    return () => {
      if (this.listeners.delete(own) && this.listeners.size === 0) this.onLastListener();
    };
  };

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of [...this.listeners]) listener(value);
  }

  update(change: Partial<T>): void {
    this.set({ ...this.value, ...change });
  }

  get watched(): boolean {
    return this.listeners.size > 0;
  }
}
