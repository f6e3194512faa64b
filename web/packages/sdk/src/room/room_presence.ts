import type { Live } from '../live.js';
import type { Observable } from '../store.js';
import type { PersonReadiness } from '../types.js';
import type { RoomLine } from './room_line.js';
import { watcherCollection, type WatcherFilter, type Watchers } from './watchers.js';

/** Who watches one room, and what they say of themselves. */
export class RoomPresence {
  constructor(
    private readonly line: RoomLine,
    private readonly clientVersion: string | undefined,
  ) {
    if (clientVersion !== undefined) line.feed.report({ clientVersion });
  }

  /** Live: who watches now, and who of them can be invited or why not (who invites). */
  watchers(filter: WatcherFilter = {}): Observable<Live<Watchers>> {
    const { http, clock, roomId, feed } = this.line;
    return watcherCollection({ http, clock, roomId, onHint: (hint) => feed.tap(hint) }, filter);
  }

  /** Tells who invites whether I could go on stage now. Counts while I watch; the last word replaces the one before. */
  report(readiness: Partial<Omit<PersonReadiness, 'userId' | 'clientVersion'>>): void {
    this.line.feed.report({ ...readiness, clientVersion: this.clientVersion });
  }
}
