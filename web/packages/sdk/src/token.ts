import type { Clock } from './clock.js';
import { Store, type Observable } from './store.js';

/**
 * A token, or what fetches a fresh one. The function is asked before the first request, shortly before the token ends, and when
 * the server refuses it; `last` is the token so far.
 */
export type TokenSource = string | ((last?: string) => string | Promise<string>);

/** `expiring`: the token ends soon and there is no other yet. `ended`: it has ended, or the server does not accept it. */
export interface Access {
  phase: 'valid' | 'expiring' | 'ended';
  /** When the token ends, in ms of the server's time; undefined where that cannot be read from it. */
  expiresAt: number | undefined;
}

/** What a client needs of tokens. */
export interface Tokens {
  get(): Promise<string | undefined>;
  /** The server does not accept this one: resolves with true when there is another now. */
  renew(refused: string): Promise<boolean>;
}

export interface TokenClaims {
  userId: string | undefined;
  name: string | undefined;
  /** In ms. */
  expiresAt: number | undefined;
}

/** How long before its end a token is renewed, or its user warned. Half of what is left where that is less. */
const kEarlyMs = 90_000;
const kAskAgainMs = 10_000;
/** Timers stand still while a laptop sleeps, so the clock is looked at now and then. */
const kLookMs = 60_000;

export interface TokenKeeperOptions {
  source: TokenSource | undefined;
  clock: Clock;
  /** Once per token that ends soon without another to follow. */
  onExpiring?: ((expiresAt: number) => void) | undefined;
  /** Another token is there. */
  onRenewed?: () => void;
}

/** Holds the token of a client and sees to it that there is a fresh one in time. */
export class TokenKeeper implements Tokens {
  private readonly store = new Store<Access>({ phase: 'valid', expiresAt: undefined });
  private token: string | undefined;
  private asking: Promise<void> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private earlyAt = Number.POSITIVE_INFINITY;
  private warned: string | undefined;
  private isWatching = false;

  constructor(private readonly options: TokenKeeperOptions) {
    if (typeof options.source === 'string') this.token = options.source;
    this.store.update({ expiresAt: readToken(this.token).expiresAt });
  }

  get access(): Observable<Access> {
    return this.store;
  }

  async get(): Promise<string | undefined> {
    if (this.token === undefined) await this.ask();
    else if (this.isWatching && this.options.clock.now() >= this.endsAt) await this.ask().catch(() => {});
    return this.token;
  }

  async renew(refused: string): Promise<boolean> {
    if (this.token === refused) await this.ask().catch(() => {});
    const renewed = this.token !== refused;
    if (!renewed) this.end();
    return renewed;
  }

  /** Takes this one from now on. */
  set(token: string): void {
    if (token === this.token) return;
    this.token = token;
    this.store.set({ phase: 'valid', expiresAt: readToken(token).expiresAt });
    if (this.isWatching) this.begin();
    this.options.onRenewed?.();
  }

  /** To be called when the server's time is known: before that, a wrong clock would see every token at its end. */
  watch(): void {
    if (this.isWatching) return;
    this.isWatching = true;
    this.begin();
  }

  close(): void {
    this.isWatching = false;
    clearTimeout(this.timer);
  }

  private get endsAt(): number {
    return this.store.getSnapshot().expiresAt ?? Number.POSITIVE_INFINITY;
  }

  /** One question at a time, whoever has it. A source without a new answer leaves things as they are. */
  private ask(): Promise<void> {
    const { source } = this.options;
    if (typeof source !== 'function') return Promise.resolve();
    this.asking ??= this.fetch(source).finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async fetch(source: (last?: string) => string | Promise<string>): Promise<void> {
    this.set(await source(this.token));
  }

  private begin(): void {
    const left = Math.max(0, this.endsAt - this.options.clock.now());
    this.earlyAt = this.endsAt - Math.min(kEarlyMs, left / 2);
    if (left === 0) void this.check();
    else this.wait();
  }

  private end(): void {
    this.store.update({ phase: 'ended' });
    this.earlyAt = Number.NEGATIVE_INFINITY;
    this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    if (!this.isWatching || this.earlyAt === Number.POSITIVE_INFINITY) return;
    const now = this.options.clock.now();
    const next = now < this.earlyAt ? Math.min(kLookMs, this.earlyAt - now) : kAskAgainMs;
    this.timer = setTimeout(() => void this.check(), now < this.endsAt ? Math.min(next, this.endsAt - now) : next);
  }

  private async check(): Promise<void> {
    const before = this.token;
    if (this.options.clock.now() >= this.earlyAt) await this.ask().catch(() => {});
    // A new token has set a timer of its own.
    if (this.token !== before || !this.isWatching) return;
    this.warn();
    this.wait();
  }

  private warn(): void {
    const now = this.options.clock.now();
    if (now < this.earlyAt) return;
    const { phase } = this.store.getSnapshot();
    if (now >= this.endsAt) this.store.update({ phase: 'ended' });
    else if (phase === 'valid') this.store.update({ phase: 'expiring' });
    if (this.warned === this.token) return;
    this.warned = this.token;
    this.options.onExpiring?.(this.endsAt);
  }
}

/** What a token says of itself, unproven: proof is the server's business. */
export function readToken(token: string | undefined): TokenClaims {
  const claims = payload(token);
  const { sub, name, exp } = claims;
  return {
    userId: typeof sub === 'string' ? sub : undefined,
    name: typeof name === 'string' ? name : undefined,
    expiresAt: typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : undefined,
  };
}

function payload(token: string | undefined): Record<string, unknown> {
  try {
    const base64 = (token ?? '').split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
