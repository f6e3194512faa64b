// What a page and the show that it frames tell each other.

/** What happens in the show, as seen by the person who watches it. */
export type ShowEvent =
  | { type: 'live'; roomId: string }
  | { type: 'ended'; roomId: string }
  /** This person is asked on stage; the show itself asks whether they come. */
  | { type: 'invited'; roomId: string; invitationId: string; inviterName: string }
  /** This person is on air. */
  | { type: 'joined'; roomId: string }
  /** This person is off the stage again. */
  | { type: 'left'; roomId: string }
  /** Give it another token of the same person; everything goes on without a break. `expiresAt` in ms of the server's time. */
  | { type: 'tokenexpiring'; roomId: string; expiresAt: number | undefined }
  /** The show cannot be shown; `code` is one of the server's. */
  | { type: 'failed'; roomId: string; code: string; message: string };

/** From the show to the page around it. `ready`: it waits for a token. */
export type ToPage = { costage: 'ready' } | { costage: 'event'; event: ShowEvent };

/** From the page to the show in it. */
export type ToShow = { costage: 'token'; token: string };

function says(data: unknown): data is { costage: unknown } {
  return typeof data === 'object' && data !== null && 'costage' in data;
}

export function isToPage(data: unknown): data is ToPage {
  if (!says(data)) return false;
  if (data.costage === 'ready') return true;
  const event = data.costage === 'event' && 'event' in data ? data.event : undefined;
  return typeof event === 'object' && event !== null && 'type' in event && typeof event.type === 'string';
}

export function isToShow(data: unknown): data is ToShow {
  return says(data) && data.costage === 'token' && 'token' in data && typeof data.token === 'string' && data.token !== '';
}
