import type { RemoteTrack } from 'livekit-client';

/** Sound needs no place on the page: an element of its own, hidden. */
export function playSound(track: RemoteTrack): void {
  if (track.kind !== 'audio') return;
  const element = track.attach();
  element.hidden = true;
  document.body.append(element);
}

export function stopSound(track: RemoteTrack): void {
  if (track.kind !== 'audio') return;
  for (const element of track.detach()) element.remove();
}
