import type { RoomHandle, RoomState } from '@costage/sdk';
import type { ReactElement } from 'react';
import { EgressControls, isEgressOffered } from '../egress/egress_controls.js';
import { messages } from '../words/messages.js';
import { SoftwareButton } from './software_button.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
  /** The host, or who stands in. */
  hosts: boolean;
}

/** What the server's LiveKit can do beside the stage, below the controls: on a phone there is no more place among them. */
export function StageTools({ room, state, hosts }: Props): ReactElement | null {
  if (!state.ingressAvailable && !(hosts && isEgressOffered(state))) return null;
  return (
    <div className="cs-stage-tools" role="group" aria-label={messages.egress.tools}>
      {hosts && <EgressControls room={room} state={state} />}
      <SoftwareButton room={room} state={state} />
    </div>
  );
}
