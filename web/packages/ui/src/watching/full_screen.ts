import { useSyncExternalStore } from 'react';

/** Phones of one maker make only videos full. */
type PhoneVideo = HTMLVideoElement & { webkitEnterFullscreen?: () => void };

function subscribe(listener: () => void): () => void {
  document.addEventListener('fullscreenchange', listener);
  return () => document.removeEventListener('fullscreenchange', listener);
}

export function useIsFullScreen(): boolean {
  return useSyncExternalStore(subscribe, () => document.fullscreenElement !== null, () => false);
}

export function canBeFull(box: HTMLElement | null): boolean {
  return document.fullscreenEnabled === true || (largest(box) as PhoneVideo | undefined)?.webkitEnterFullscreen !== undefined;
}

/** To be called from a tap or click, as the next one. */
export async function toggleFullScreen(box: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) return document.exitFullscreen();
  if (document.fullscreenEnabled) return box?.requestFullscreen();
  (largest(box) as PhoneVideo | undefined)?.webkitEnterFullscreen?.();
}

export function canFloat(): boolean {
  return document.pictureInPictureEnabled === true;
}

/** The largest picture floats over other windows, or comes back. */
export async function togglePictureInPicture(box: HTMLElement | null): Promise<void> {
  if (document.pictureInPictureElement) return document.exitPictureInPicture();
  await largest(box)?.requestPictureInPicture();
}

function largest(box: HTMLElement | null): HTMLVideoElement | undefined {
  const area = ({ clientWidth, clientHeight }: HTMLVideoElement): number => clientWidth * clientHeight;
  const shown = [...(box?.querySelectorAll('video') ?? [])].filter((one) => area(one) > 0);
  return shown.sort((a, b) => area(b) - area(a))[0];
}
