import type { Unsubscribe, Watchable } from '../store.js';
import type { MediaParticipant, PictureSource } from './participants.js';

/** Shows somebody's picture as soon as there is one, and again whenever it is another one, until the returned function is called. */
export function followPicture<T>(
  source: Watchable<T>,
  people: (state: T) => readonly MediaParticipant[],
  wanted: { userId: string; picture: PictureSource },
  attach: () => Unsubscribe,
): Unsubscribe {
  let shown: string | undefined;
  let detach: Unsubscribe = () => {};
  const stop = source.subscribe((state) => {
    const one = people(state).find(({ userId }) => userId === wanted.userId);
    const id = wanted.picture === 'camera' ? one?.videoId : one?.screenId;
    if (id === shown) return;
    detach();
    shown = id;
    detach = id === undefined ? () => {} : attach();
  });
  return () => {
    stop();
    detach();
  };
}
