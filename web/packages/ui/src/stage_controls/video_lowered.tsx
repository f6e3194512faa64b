import type { MediaState, StageMedia } from '@costage/sdk';
import type { ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';

/** Why others see me less sharp, and the way back (S-073). */
export function VideoLowered({ media, state }: { media: StageMedia; state: MediaState }): ReactElement {
  return (
    <div className="cs-unsteady-live" role="status">
      {state.videoLowered && (
        <div className="cs-unsteady-note" data-testid="video-lowered">
          <p>{messages.unsteady.mine}</p>
          <Button small onPress={() => media.sendFullPicture()} data-testid="send-full-picture">
            {messages.unsteady.sendFull}
          </Button>
        </div>
      )}
    </div>
  );
}
