/** The server's time. Its instants (`expiresAt`, `liveAt`, ...) are to be compared with this, never with `Date.now()`. */
export interface Clock {
  /** Milliseconds since 1970, as the server counts them. */
  now(): number;
}

/**
 * Clocks of phones and laptops are wrong by minutes, so the server's is followed. A message that says "now is S" arrived at the
 * local time L and was asked for at A: the server is ahead by at least S - L and at most S - A. The estimate moves only when it
 * is outside of that, so a slow network does not make a countdown jump, and a clock that is set while the page is open is noticed.
 */
export class ServerClock implements Clock {
  private ahead = 0;
  private isTold = false;
  private guessed = Number.NEGATIVE_INFINITY;

  constructor(readonly local: () => number = () => Date.now()) {}

  now = (): number => this.local() + this.ahead;

  /** `now` of a message, with the local time at which it cannot have been sent yet, where that is known. */
  told(now: unknown, asked = Number.NEGATIVE_INFINITY): void {
    const time = instant(now);
    if (time === undefined) return;
    const least = time - this.local();
    const most = Math.max(least, time - asked);
    this.ahead = this.isTold ? Math.min(most, Math.max(least, this.ahead)) : least;
    this.isTold = true;
  }

  /**
   * When something happened that is told just now. Servers that send no `now` are known by this alone: the newest news has had
   * the shortest way, what was missed and comes late says too little.
   */
  happened(at: unknown): void {
    const time = instant(at);
    if (time === undefined || this.isTold) return;
    const least = time - this.local();
    if (least <= this.guessed) return;
    this.guessed = least;
    this.ahead = least;
  }
}

function instant(text: unknown): number | undefined {
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
