import type { PictureSource, StageMedia } from '@costage/sdk';
import { useEffect, useRef, type ReactElement } from 'react';

interface Props {
  userId: string;
  picture: PictureSource;
  media: StageMedia;
  /** Undefined while there is nothing to see. */
  videoId: string | undefined;
  isMirrored?: boolean;
}

/** Somebody's camera or screen, attached anew whenever it is another track. */
export function Picture({ userId, picture, media, videoId, isMirrored = false }: Props): ReactElement {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (videoId === undefined || !element.current) return;
    return media.attachVideo(userId, element.current, picture);
  }, [media, userId, picture, videoId]);
  return <video ref={element} className="tile-video" data-mirrored={isMirrored || undefined} hidden={videoId === undefined} muted playsInline autoPlay />;
}
