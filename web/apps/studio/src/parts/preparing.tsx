import { createPreview, type JourneyState, type Policies, type RoomHandle, type StageJourney } from '@costage/sdk';
import { useState, type ReactElement } from 'react';
import { useAction, useLive } from '../lib/hooks.js';
import { messages } from '../messages.js';
import { Button } from './button.js';
import { MyDiagnosis } from './diagnosis.js';
import { PreviewCard } from './preview_card.js';
import { Problem } from './problem.js';

interface Props {
  room: RoomHandle;
  journey: StageJourney;
  now: Extract<JourneyState, { name: 'gettingReady' | 'joining' }>;
  policies: Policies;
}

/** S-057, S-058: nobody sees the invitee before an explicit second tap. */
export function Preparing({ room, journey, now, policies }: Props): ReactElement {
  const [preview] = useState(createPreview);
  const { camera, microphone, starting, cameraError, microphoneError } = useLive(preview);
  const action = useAction();
  const joining = now.name === 'joining';
  const waits = now.name === 'gettingReady' && now.waitsForHost;
  const missing = cameraError !== undefined || microphoneError !== undefined;
  // S-033: where both are asked for, both have to be granted; switching one off is the co-host's own choice.
  const blocked = missing && policies.coHostDevices === 'both';
  const ready = !waits && !starting && !blocked && (camera !== undefined || microphone !== undefined);
  const lead = waits ? messages.coHost.waitForHost : blocked ? messages.coHost.needsBoth : missing ? messages.coHost.oneIsEnough : messages.coHost.preparingLead;
  return (
    <section className="card preparing" data-testid="preparing" aria-labelledby="preparing-title">
      <h2 id="preparing-title" tabIndex={-1} ref={focusOnArrival}>{messages.coHost.preparingTitle}</h2>
      <p className="hint">{lead}</p>
      <PreviewCard preview={preview} room={room} />
      <Problem error={action.error} />
      <div className="actions">
        <MyDiagnosis room={room} devices={{ cameraError, microphoneError }} />
        <Button onPress={() => void journey.notNow()} isDisabled={joining}>{messages.coHost.notNow}</Button>
        <Button
          tone="primary"
          onPress={() => void action.run(() => journey.join({ preview }))}
          isDisabled={joining || !ready}
          data-testid="join-stage"
        >
          {joining ? messages.coHost.joining : messages.coHost.join}
        </Button>
      </div>
    </section>
  );
}

/** The page changes under the reader: take them along, with the keyboard too. */
function focusOnArrival(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: 'center' });
}
