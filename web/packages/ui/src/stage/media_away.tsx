import type { RoomState } from '@costage/sdk';
import type { ReactElement } from 'react';
import { messages } from '../words/messages.js';

/** Says that the media server does not answer, and what goes on without it. */
export function MediaAway({ state }: { state: RoomState }): ReactElement | null {
  if (state.mediaAvailable) return null;
  return (
    <p className="cs-notice-line" role="status" data-testid="media-away" data-code="media_unavailable">
      <strong>{messages.connection.mediaAway}</strong> {messages.connection.mediaAwayLead}
    </p>
  );
}
