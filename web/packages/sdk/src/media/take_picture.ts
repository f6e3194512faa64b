import { pictureThere } from './first_picture.js';
import type { PictureSource } from './participants.js';
import type { StageMedia } from './media.js';

export interface TakenPicture {
  /** Whose picture; their camera unless said otherwise. */
  userId: string;
  picture?: PictureSource;
  /** Pixels. Keeps its proportions. */
  width?: number;
}

/** How long to wait for a frame, ms. */
const kPatience = 3_000;

/**
 * One frame of what somebody on stage sends, as JPEG; undefined while they send none. In a browser only.
 * @example const picture = await takePicture(room.media, { userId });
 */
export async function takePicture(media: StageMedia, { userId, picture = 'camera', width = 480 }: TakenPicture): Promise<Blob | undefined> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  const detach = media.attachVideo(userId, video, picture);
  try {
    if (!(await hasFrame(video))) return undefined;
    return await drawn(video, width);
  } finally {
    detach();
  }
}

async function hasFrame(video: HTMLVideoElement): Promise<boolean> {
  if (!video.srcObject) return false;
  await pictureThere(video, kPatience);
  return video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0;
}

function drawn(video: HTMLVideoElement, width: number): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.min(width, video.videoWidth);
  canvas.height = Math.max(1, Math.round((canvas.width * video.videoHeight) / video.videoWidth));
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', 0.7));
}
