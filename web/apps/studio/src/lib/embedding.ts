// The page of another site that has this one in a frame.
import { isToShow, type ToPage } from '@costage/embed';

export function isFramed(): boolean {
  return window.parent !== window;
}

/** Which page that is, is not known, and what it is told is no secret of it: the server says who may frame the studio. */
export function tellPage(message: ToPage): void {
  if (isFramed()) window.parent.postMessage(message, '*');
}

/** Tokens that the page gives, until the returned function is called. */
export function onPageToken(listener: (token: string) => void): () => void {
  const onMessage = ({ source, data }: MessageEvent<unknown>): void => {
    if (isFramed() && source === window.parent && isToShow(data)) listener(data.token);
  };
  window.addEventListener('message', onMessage);
  return () => window.removeEventListener('message', onMessage);
}
