import { networkError } from './errors.js';
import type { Live } from './live.js';
import { LiveObject, Store, type Listener, type Observable, type Unsubscribe } from './store.js';

/** A live object whose code is fetched when somebody listens: not every app needs it. */
export class LazyLive<T, Inner extends Observable<Live<T>>> extends LiveObject<Live<T>> {
  /** Once it is loaded. */
  protected inner: Inner | undefined;
  private readonly store: Store<Live<T>>;
  private stop: Unsubscribe = () => {};

  constructor(
    nothing: T,
    private readonly load: () => Promise<Inner>,
  ) {
    super();
    this.store = new Store<Live<T>>({ data: nothing, loading: true, error: undefined }, () => void this.start(), () => this.stop());
  }

  getSnapshot = (): Live<T> => this.store.getSnapshot();
  subscribe = (listener: Listener<Live<T>>): Unsubscribe => this.store.subscribe(listener);

  private async start(): Promise<void> {
    let isOver = false;
    this.stop = () => (isOver = true);
    try {
      this.inner ??= await this.load();
      if (!isOver) this.stop = this.inner.subscribe((live) => this.store.set(live));
    } catch (cause) {
      if (!isOver) this.store.update({ loading: false, error: networkError(cause) });
    }
  }
}
