import type { RoomView } from '../room/reducer.js';
import type { Unsubscribe } from '../store.js';

/** What is known of the show, and when something of it was told. */
export interface ShowFeed {
  getSnapshot(): { data: RoomView | undefined };
  tap(listener: () => void): Unsubscribe;
}

const kSpreadMs = 1000;

/** Calls when another media server carries the show than the one that credentials named until then. */
export function onMediaMoved(feed: ShowFeed, moved: () => void): Unsubscribe {
  const epoch = (): number | undefined => feed.getSnapshot().data?.state.room.mediaEpoch;
  let known = epoch();
  return feed.tap(() => {
    const before = known;
    known = epoch() ?? known;
    if (before !== undefined && known !== before) moved();
  });
}

/** Not all of a large audience in the same moment. */
export function spread(work: () => void): void {
  setTimeout(work, kSpreadMs * Math.random());
}
