import type { Unsubscribe } from '../store.js';
import type { ReactionKind } from '../types.js';

export const kReactionKinds: readonly ReactionKind[] = ['heart', 'applause', 'laugh', 'wow', 'fire', 'celebrate'];

export type ReactionCounts = Partial<Record<ReactionKind, number>>;

export interface ReactionsPort {
  /** False: there is no connection now. */
  send(message: { type: 'react'; kind: ReactionKind; count: number }): boolean;
  onCounts(listener: (counts: ReactionCounts) => void): Unsubscribe;
  totals(): ReactionCounts;
}

const kPauseMs = 250;
const kMostAtOnce = 20;

/** Hearts and the like over the stage. They pass: what is pressed without a connection is not sent later. */
export class Reactions {
  private pressed: ReactionCounts = {};
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly port: ReactionsPort) {}

  /** The first goes at once, what is pressed in the next quarter of a second together. Needs a chat that somebody listens to. */
  press(kind: ReactionKind): void {
    this.pressed[kind] = Math.min(kMostAtOnce, (this.pressed[kind] ?? 0) + 1);
    if (this.timer === undefined) this.flush();
  }

  /** What everybody sent in the last moment. */
  onReactions(listener: (counts: ReactionCounts) => void): Unsubscribe {
    return this.port.onCounts(listener);
  }

  /** How many of each kind there were in the show. */
  get totals(): ReactionCounts {
    return this.port.totals();
  }

  private flush(): void {
    const pressed = Object.entries(this.pressed) as [ReactionKind, number][];
    this.pressed = {};
    this.timer = undefined;
    if (pressed.length === 0) return;
    for (const [kind, count] of pressed) this.port.send({ type: 'react', kind, count });
    this.timer = setTimeout(() => this.flush(), kPauseMs);
  }
}
