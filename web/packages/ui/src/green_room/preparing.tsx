import { useAction, useLive } from '@costage/react';
import { createPreview, runningEgress, type JourneyState, type RoomHandle, type RoomState, type StageJourney } from '@costage/sdk';
import { useCallback, useEffect, useState, type ReactElement } from 'react';
import { kNoRights } from '../stage/tile_actions.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';
import { Called } from './called.js';
import { MyDiagnosis } from '../diagnosis/diagnosis.js';
import { GreenRoomCard } from './green_room.js';
import { PreviewCard } from './preview_card.js';
import { Problem } from '../base/problem.js';
import { SoftwareButton } from '../software/software_button.js';
import { RunOfShowLine } from '../run_of_show/run_of_show.js';

interface Props {
  room: RoomHandle;
  journey: StageJourney;
  now: Extract<JourneyState, { name: 'gettingReady' | 'joining' }>;
  state: RoomState;
}

/** S-057, S-058: nobody sees the invitee before an explicit second tap. */
export function Preparing({ room, journey, now, state }: Props): ReactElement {
  const [preview] = useState(createPreview);
  const { camera, microphone, starting, cameraError, microphoneError } = useLive(preview);
  const action = useAction();
  const joining = now.name === 'joining';
  const waits = now.name === 'gettingReady' && now.waitsForHost;
  const missing = cameraError !== undefined || microphoneError !== undefined;
  // S-033: where both are asked for, both have to be granted; switching one off is the co-host's own choice.
  const blocked = missing && state.room.policies.coHostDevices === 'both';
  const ready = !waits && !starting && !blocked && (camera !== undefined || microphone !== undefined);
  const lead = waits ? messages.coHost.waitForHost : blocked ? messages.coHost.needsBoth : missing ? messages.coHost.oneIsEnough : messages.coHost.preparingLead;
  const { run } = action;
  // The stage stands at the top, and what was pressed at the end of this card.
  useEffect(() => () => window.scrollTo({ top: 0 }), []);
  const join = useCallback(() => void run(() => journey.join({ preview })), [run, journey, preview]);
  return (
    <div className="cs-getting-ready">
    <section className="cs-card cs-preparing" data-testid="preparing" aria-labelledby="preparing-title">
      <h2 id="preparing-title" tabIndex={-1} ref={focusOnArrival}>{messages.coHost.preparingTitle}</h2>
      <p className="cs-hint">{lead}</p>
      <RunOfShowLine state={state} />
      {runningEgress(state.egresses, 'recording') && <p className="cs-notice-line" data-testid="recorded-hint">{messages.egress.recordedHint}</p>}
      <PreviewCard preview={preview} room={room} />
      <Called calledFor={now.invitation.calledFor} hostName={state.room.hostName} isReady={ready && !joining} onJoin={join} />
      <Problem error={action.error} />
      <div className="cs-actions">
        <MyDiagnosis room={room} devices={{ cameraError, microphoneError }} />
        {!waits && <SoftwareButton room={room} state={state} />}
        <Button onPress={() => void journey.notNow()} isDisabled={joining}>{messages.coHost.notNow}</Button>
        <Button
          tone="primary"
          onPress={join}
          isDisabled={joining || !ready}
          data-testid="join-stage"
        >
          {joining ? messages.coHost.joining : messages.coHost.join}
        </Button>
      </div>
    </section>
    <GreenRoomCard room={room} state={state} rights={kNoRights} isOnAir={false} />
    </div>
  );
}

/** The page changes under the reader: take them along, with the keyboard too. */
function focusOnArrival(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: 'center' });
}
