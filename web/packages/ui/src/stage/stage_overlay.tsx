import type { MediaState, StageMedia } from '@costage/sdk';
import type { ReactElement } from 'react';
import { messages, wordsFor } from '../words/messages.js';
import { Button } from '../base/button.js';

/** What lies over the picture: connecting, reconnecting, and sound that waits for a tap. */
export function StageOverlay({ media, state }: { media: StageMedia; state: MediaState }): ReactElement | null {
  const isUnderWay = state.phase === 'connecting' || state.phase === 'reconnecting';
  if (isUnderWay && state.error?.code === 'server_full') return <p className="cs-stage-notice" role="status">{wordsFor(state.error)}</p>;
  if (state.phase === 'connecting') return <p className="cs-stage-notice" role="status">{messages.room.connecting}</p>;
  if (state.phase === 'reconnecting') return <p className="cs-stage-notice" role="status">{messages.connection.media}</p>;
  if (!state.soundBlocked) return null;
  return (
    <div className="cs-stage-tap">
      <Button tone="primary" icon="sound" onPress={() => void media.startSound()} data-testid="tap-for-sound">
        {messages.room.tapForSound}
      </Button>
    </div>
  );
}
