import { useVideo } from '@costage/react';
import type { PictureSource, StageMedia } from '@costage/sdk';
import type { ReactElement } from 'react';

interface Props {
  userId: string;
  picture: PictureSource;
  media: StageMedia;
  /** Undefined while there is nothing to see. */
  videoId: string | undefined;
  isMirrored?: boolean;
}

/** Somebody's camera or screen. */
export function Picture({ userId, picture, media, videoId, isMirrored = false }: Props): ReactElement {
  return <video ref={useVideo(media, userId, picture)} className="cs-tile-video" data-mirrored={isMirrored || undefined} hidden={videoId === undefined} muted playsInline autoPlay />;
}
