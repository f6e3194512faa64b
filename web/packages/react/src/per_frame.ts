import type { Listener, Unsubscribe, Watchable } from '@costage/sdk';

/** A tab that is not seen paints no frames, and still has to know what came. */
const kUnseenMs = 500;

/** Follows a live object at most once per painted frame: a hundred messages a second are sixty changes of the page. */
export class PerFrame<T> implements Watchable<T> {
  private readonly listeners = new Set<Listener<T>>();
  private shown: T;
  private stop: Unsubscribe | undefined;
  private cancel: (() => void) | undefined;

  constructor(
    private readonly source: Watchable<T>,
    private readonly nextFrame: (work: () => void) => () => void = onNextFrame,
  ) {
    this.shown = source.getSnapshot();
  }

  getSnapshot = (): T => this.shown;

  subscribe = (listener: Listener<T>): Unsubscribe => {
    const own: Listener<T> = (snapshot) => listener(snapshot);
    this.listeners.add(own);
    this.stop ??= this.source.subscribe(() => this.plan());
    return () => {
      this.listeners.delete(own);
      if (this.listeners.size > 0) return;
      this.stop?.();
      this.cancel?.();
      this.stop = this.cancel = undefined;
    };
  };

  private plan(): void {
    this.cancel ??= this.nextFrame(() => {
      this.cancel = undefined;
      this.shown = this.source.getSnapshot();
      for (const listener of [...this.listeners]) listener(this.shown);
    });
  }
}

function onNextFrame(work: () => void): () => void {
  const cancel = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const run = (): void => {
    cancel();
    work();
  };
  const frame = requestAnimationFrame(run);
  const timer = setTimeout(run, kUnseenMs);
  return cancel;
}
