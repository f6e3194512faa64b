/** How long to wait for it, ms: what does not move may give none for a while. */
const kPatience = 1_000;

/** When the video has a picture to show; after `patience` ms without. */
export async function pictureThere(video: HTMLVideoElement, patience: number): Promise<void> {
  if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return;
  await new Promise<void>((resolve) => {
    setTimeout(resolve, patience);
    video.addEventListener('loadeddata', () => resolve(), { once: true });
  });
}

/** When a captured video has given its first picture, or none in time, or is over. */
export async function firstPicture(track: MediaStreamTrack): Promise<void> {
  if (track.kind !== 'video' || typeof document === 'undefined') return;
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  void video.play().catch(() => undefined);
  const over = new Promise<void>((resolve) => track.addEventListener('ended', () => resolve(), { once: true }));
  await Promise.race([pictureThere(video, kPatience), over]);
  video.srcObject = null;
}
