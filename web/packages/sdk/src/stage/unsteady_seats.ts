import { isUnsteady, kNoDrops, steadyAt, withLoss, type Drops } from '../media/drop_watch.js';
import { LiveObject, Store, type Listener, type Unsubscribe } from '../store.js';
import type { RoomEvent } from '../types.js';

/** Those on stage whose connection drops again and again: user ids. Known from the events that came while somebody listened. */
export class UnsteadySeats extends LiveObject<readonly string[]> {
  private readonly drops = new Map<string, Drops>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unfollow: Unsubscribe = () => {};
  private readonly store = new Store<readonly string[]>(
    [],
    () => this.start(),
    () => this.stop(),
  );

  constructor(private readonly follow: (listener: (event: RoomEvent) => void) => Unsubscribe) {
    super();
  }

  getSnapshot = (): readonly string[] => this.store.getSnapshot();
  subscribe = (listener: Listener<readonly string[]>): Unsubscribe => this.store.subscribe(listener);

  private start(): void {
    this.unfollow = this.follow((event) => this.hear(event));
    this.look();
  }

  private stop(): void {
    this.unfollow();
    clearTimeout(this.timer);
  }

  private hear({ type, data }: RoomEvent): void {
    const userId = data?.seat?.userId;
    if (userId === undefined) return;
    // The time of the own clock, which no server's clock has to agree with.
    if (type === 'stage.reconnecting') this.drops.set(userId, withLoss(this.drops.get(userId) ?? kNoDrops, Date.now()));
    else if (type === 'stage.left') this.drops.delete(userId);
    else return;
    this.look();
  }

  private look(): void {
    clearTimeout(this.timer);
    const now = Date.now();
    const unsteady = [...this.drops].filter(([, drops]) => isUnsteady(drops, now));
    const ids = unsteady.map(([userId]) => userId);
    if (ids.join() !== this.getSnapshot().join()) this.store.set(ids);
    if (unsteady.length === 0) return;
    const next = Math.min(...unsteady.map(([, drops]) => steadyAt(drops)));
    this.timer = setTimeout(() => this.look(), Math.max(0, next - now));
  }
}
