import type { PictureSource } from '@costage/sdk';
import { useCallback, useRef, type RefCallback } from 'react';

/** What has pictures of people: `room.media`, and `room.greenRoom`, which has their cameras only. */
export interface PictureMedia {
  attachVideo(userId: string, element: HTMLVideoElement, picture?: PictureSource): () => void;
}

/** The `ref` of a `<video autoPlay playsInline muted>` that shows somebody's camera or shared screen, from when there is one. */
export function useVideo(media: PictureMedia, userId: string, picture: PictureSource = 'camera'): RefCallback<HTMLVideoElement> {
  const detach = useRef(() => {});
  return useCallback(
    (element: HTMLVideoElement | null) => {
      // React 18 knows no clean-up of refs: it calls again, without an element.
      detach.current();
      detach.current = element ? media.attachVideo(userId, element, picture) : () => {};
    },
    [media, userId, picture],
  );
}
