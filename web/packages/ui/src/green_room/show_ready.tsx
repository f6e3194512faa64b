import { createPreview, type JourneyState, type RoomHandle, type RoomState } from '@costage/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { merelyWatches } from '../invite/invitable.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { PreviewCard } from './preview_card.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
  now: JourneyState;
}

/**
 * Where only people are invited whose camera and microphone are ready (S-033), somebody who watches can say that theirs are. By hand:
 * a camera that comes on by itself would frighten, and looking at every viewer's connection would cost the server much.
 */
export function ShowReady({ room, state, now }: Props): ReactElement | null {
  const [isOn, setOn] = useState(false);
  const isWanted = state.room.policies.inviteesMustBeReady && state.me.role === 'viewer' && merelyWatches(now);
  useEffect(() => {
    if (!isWanted) setOn(false);
  }, [isWanted]);
  if (!isWanted) return null;
  const words = messages.showReady;
  return (
    <section className="cs-card cs-show-ready" data-testid="show-ready" aria-labelledby="show-ready-title">
      <h2 id="show-ready-title">{words.title}</h2>
      {isOn && <Check room={room} />}
      <div className="cs-actions">
        <Button icon={isOn ? 'cameraOff' : 'camera'} onPress={() => setOn(!isOn)} data-testid="show-ready-toggle">
          {isOn ? words.stop : messages.readiness.checkDevices}
        </Button>
      </div>
    </section>
  );
}

/** The host is told what is found, and that they are off as soon as this is gone. */
function Check({ room }: { room: RoomHandle }): ReactElement {
  const [preview] = useState(createPreview);
  return (
    <>
      <p className="cs-hint">{messages.showReady.lead}</p>
      <PreviewCard preview={preview} room={room} />
    </>
  );
}
