import type { PictureSource, RoomHandle } from '@costage/sdk';
import { useCallback, useRef, type RefCallback } from 'react';

/** The `ref` of a `<video autoPlay playsInline muted>` that shows somebody's camera or shared screen, from when there is one. */
export function useVideo(room: RoomHandle, userId: string, picture: PictureSource = 'camera'): RefCallback<HTMLVideoElement> {
  const detach = useRef(() => {});
  return useCallback(
    (element: HTMLVideoElement | null) => {
      // React 18 knows no clean-up of refs: it calls again, without an element.
      detach.current();
      detach.current = element ? room.media.attachVideo(userId, element, picture) : () => {};
    },
    [room, userId, picture],
  );
}
