/** As much of a window as moving between pages needs. */
export interface NavigationWindow {
  readonly location: { readonly pathname: string };
  readonly history: Pick<History, 'state' | 'pushState' | 'replaceState' | 'go'>;
  addEventListener(type: 'popstate', listener: () => void): void;
}

/** Asks whether to go; calls `proceed` when the answer is yes, at any later time. */
export type Guard = (proceed: () => void) => void;

/**
 * The page that is shown. Usually that of the address bar; a guarded page stays until its question is answered. The browser's
 * own back and forward cannot be stopped, so they are undone first: for that, each entry of the history knows its position.
 */
export class Navigation {
  private path: string;
  private position: number;
  private asks: Guard | undefined;
  private isUndoing = false;
  private isAllowed = false;
  private readonly listeners = new Set<() => void>();

  /** `onArrival` is called at pages that the user has not been at before; the browser itself brings others back as they were. */
  constructor(
    private readonly window: NavigationWindow,
    private readonly onArrival: () => void = () => {},
  ) {
    this.path = window.location.pathname;
    this.position = this.number(0);
    window.addEventListener('popstate', () => this.onPopState());
  }

  getPathname = (): string => this.path;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  navigate(path: string): void {
    if (path !== this.path) this.attempt(() => this.push(path));
  }

  /** Does something that ends what the page does, after the answer of a guard. */
  attempt(work: () => void): void {
    if (this.asks) this.asks(work);
    else work();
  }

  /** Until the returned function is called, going to another page waits for an answer. */
  guard(asks: Guard): () => void {
    this.asks = asks;
    return () => {
      if (this.asks === asks) this.asks = undefined;
    };
  }

  private push(path: string): void {
    this.window.history.pushState({ position: this.position + 1 }, '', path);
    this.show(this.position + 1);
    this.onArrival();
  }

  private onPopState(): void {
    const position = this.number(this.position + 1);
    const isBack = this.isUndoing && position === this.position;
    this.isUndoing = false;
    if (isBack) return;
    const delta = position - this.position;
    const leaves = this.window.location.pathname !== this.path;
    if (!leaves || !this.asks || this.isAllowed || delta === 0) this.show(position);
    else this.hold(delta);
  }

  private hold(delta: number): void {
    this.isUndoing = true;
    this.window.history.go(-delta);
    this.asks!(() => {
      this.isAllowed = true;
      this.window.history.go(delta);
    });
  }

  private show(position: number): void {
    this.isAllowed = false;
    this.position = position;
    this.path = this.window.location.pathname;
    for (const listener of [...this.listeners]) listener();
  }

  /** Of the entry that the browser is at. A new one, from an address typed in or another fragment, has none yet. */
  private number(ifNew: number): number {
    const { history } = this.window;
    const state: unknown = history.state;
    const position = typeof state === 'object' && state !== null ? (state as { position?: unknown }).position : undefined;
    if (typeof position === 'number') return position;
    history.replaceState({ position: ifNew }, '');
    return ifNew;
  }
}
