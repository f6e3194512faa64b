/** How long to wait for it, ms: what does not move may give none for a while. */
const kPatience = 1_000;

/** When a captured video has given its first picture, or none in time. */
export async function firstPicture(track: MediaStreamTrack): Promise<void> {
  if (track.kind !== 'video' || typeof document === 'undefined') return;
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  try {
    await new Promise<void>((resolve) => {
      setTimeout(resolve, kPatience);
      video.addEventListener('loadeddata', () => resolve(), { once: true });
      track.addEventListener('ended', () => resolve(), { once: true });
      void video.play().catch(() => undefined);
    });
  } finally {
    video.srcObject = null;
  }
}
