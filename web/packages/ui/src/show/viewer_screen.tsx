import { useSession } from '@costage/react';
import type { RoomHandle, RoomState } from '@costage/sdk';
import type { ReactElement } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { stageRights } from '../stage/tile_actions.js';
import { useSwitchedOff } from '../stage/use_switched_off.js';
import { messages } from '../words/messages.js';
import { AskCard } from '../requests/ask_card.js';
import { CallLine } from '../green_room/called.js';
import { ChatPanel } from '../chat/chat_panel.js';
import { Button } from '../base/button.js';
import { MyDiagnosis } from '../diagnosis/diagnosis.js';
import { GuestControls, GuestStage, isOnStage, type GuestStageProps } from './guest_stage.js';
import { GreenRoomCard } from '../green_room/green_room.js';
import { InvitationBanner } from '../invitation/invitation_banner.js';
import { PeoplePanel } from './people_panel.js';
import { Preparing } from '../green_room/preparing.js';
import { ShowReady } from '../green_room/show_ready.js';
import { SwitchOnAsked } from '../stage/switch_on_asked.js';
import { useMyJourney } from './my_journey.js';
import { useSlots } from './slots.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** Watching, being invited, getting ready and being on stage as a co-host. */
export function ViewerScreen({ room, state }: Props): ReactElement {
  const { journey, now } = useMyJourney(room);
  const slots = useSlots();
  useSwitchedOff(room, state);
  const { user } = useSession();
  const rights = stageRights(state, user.userId);
  const hasPanel = rights.invites || rights.moderates;
  const isPreparing = now.name === 'gettingReady' || now.name === 'joining';
  const isWide = isPreparing || hasPanel || undefined;
  return (
    <div className="cs-with-chat" data-wide={isWide}>
      <div className="cs-watch" data-wide={isWide}>
        <div className="cs-watch-stage">
          <GuestStage room={room} state={state} journey={journey} now={now}>{slots.overStage}</GuestStage>
          <GuestControls room={room} state={state} journey={journey} now={now} />
          {slots.belowStage}
        </div>
        {now.name === 'onStage' && <SwitchOnAsked room={room} />}
        {now.name === 'invited' && (
          <InvitationBanner
            key={now.invitation.invitationId}
            invitation={now.invitation}
            room={room}
            onAccept={journey.accept}
            onDecline={journey.decline}
          />
        )}
        <AskCard room={room} state={state} journey={journey} now={now} />
        <ShowReady room={room} state={state} now={now} />
        {now.name === 'onStage' && <GreenRoomCard room={room} state={state} rights={rights} isOnAir />}
        {hasPanel && <PeoplePanel room={room} state={state} rights={rights} />}
        <GettingReady room={room} state={state} journey={journey} now={now} />
        {/* On stage it stands beside the controls, before that in the card. */}
        {!isPreparing && !isOnStage(now) && <MyDiagnosis room={room} />}
      </div>
      <ChatPanel room={room} state={state} />
    </div>
  );
}

/** Where somebody who has accepted gets ready, and the way back there. */
export function GettingReady({ room, state, journey, now }: GuestStageProps): ReactElement | null {
  if (now.name === 'gettingReady' || now.name === 'joining') return <Preparing room={room} journey={journey} now={now} state={state} />;
  if (!('place' in now && now.place)) return null;
  return (
    <section className="cs-card cs-rejoin">
      <h2 {...focusHome}>{messages.coHost.acceptedTitle}</h2>
      <CallLine calledFor={now.place.calledFor} hostName={state.room.hostName} />
      <Button tone="primary" onPress={() => void journey.getReady()} data-testid="rejoin-stage">
        {messages.coHost.rejoin}
      </Button>
    </section>
  );
}
