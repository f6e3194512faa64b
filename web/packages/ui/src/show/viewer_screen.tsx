import { useAction, useLive, useSession } from '@costage/react';
import type { JourneyState, RoomHandle, RoomState, Seat, StageJourney } from '@costage/sdk';
import { useEffect, type ReactElement } from 'react';
import { focusHome } from '../base/focus_keeper.js';
import { stageActs, stageRights } from '../stage/tile_actions.js';
import { useSwitchedOff } from '../stage/use_switched_off.js';
import { messages } from '../words/messages.js';
import { AskCard } from '../requests/ask_card.js';
import { CallLine } from '../green_room/called.js';
import { ChatPanel } from '../chat/chat_panel.js';
import { FloatingReactions } from '../reactions/floating_reactions.js';
import { Button } from '../base/button.js';
import { Confirm, useQuestion } from '../base/confirm.js';
import { MyDiagnosis } from '../diagnosis/diagnosis.js';
import { EndingSoon } from '../stage/ending_soon.js';
import { Elsewhere } from '../stage/elsewhere.js';
import { GreenRoomCard } from '../green_room/green_room.js';
import { InvitationBanner } from '../invitation/invitation_banner.js';
import { PeoplePanel } from './people_panel.js';
import { Preparing } from '../green_room/preparing.js';
import { Problem } from '../base/problem.js';
import { RunOfShowLine } from '../run_of_show/run_of_show.js';
import { ShowReady } from '../green_room/show_ready.js';
import { Stage } from '../stage/stage.js';
import { StageControls } from '../stage_controls/stage_controls.js';
import { StageOverlay } from '../stage/stage_overlay.js';
import { StatusPage } from '../base/status_page.js';
import { StandsIn, StopShow } from '../stage/stand_in.js';
import { SwitchOnAsked } from '../stage/switch_on_asked.js';
import { useNoticedJourney } from './use_noticed_journey.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** Watching, being invited, getting ready and being on stage as a co-host. */
export function ViewerScreen({ room, state }: Props): ReactElement {
  const { journey, now } = useNoticedJourney(room);
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
          <Picture room={room} state={state} journey={journey} now={now} />
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
        {isPreparing && <Preparing room={room} journey={journey} now={now} state={state} />}
        {'place' in now && now.place && (
          <section className="cs-card cs-rejoin">
            <h2 {...focusHome}>{messages.coHost.acceptedTitle}</h2>
            <CallLine calledFor={now.place.calledFor} hostName={state.room.hostName} />
            <Button tone="primary" onPress={() => void journey.getReady()} data-testid="rejoin-stage">
              {messages.coHost.rejoin}
            </Button>
          </section>
        )}
        {/* On stage it stands beside the controls, before that in the card. */}
        {!isPreparing && now.name !== 'onStage' && now.name !== 'reconnecting' && <MyDiagnosis room={room} />}
      </div>
      <ChatPanel room={room} state={state} />
    </div>
  );
}

interface PictureProps extends Props {
  journey: StageJourney;
  now: JourneyState;
}

function Picture({ room, state, journey, now }: PictureProps): ReactElement {
  const { user } = useSession();
  const media = useLive(room.media);
  const unsteady = useLive(room.stage.unsteady);
  const leaving = useQuestion();
  const action = useAction();
  const { status, hostName } = state.room;
  const onStage = now.name === 'onStage' || now.name === 'reconnecting';
  const { close } = leaving;
  // Who is taken off the stage with the question open is not asked it again the next time.
  useEffect(() => {
    if (!onStage) close();
  }, [onStage]);
  if (status === 'idle') return <StatusPage title={messages.room.idleTitle} lead={messages.room.idleLead({ host: hostName })} />;
  if (now.name === 'elsewhere') return <Elsewhere isKept={now.isKept} isRefused={state.room.policies.secondWindow === 'refused'} onTake={journey.takeHere} />;
  const closing = (one: Seat) =>
    one.userId === user.userId && onStage ? { label: messages.coHost.leave, onPress: leaving.open } : undefined;
  const rights = stageRights(state, user.userId);
  const acts = stageActs(room, state, rights, (work) => void action.run(work));
  return (
    <>
      <StandsIn state={state} />
      {onStage && <EndingSoon room={room} state={state} isHost={rights.hosts} />}
      {status === 'waitingReconnect' && (
        <p className="cs-notice-line" role="status">
          <strong>{messages.room.waitingTitle}</strong> {messages.room.waitingLead}
        </p>
      )}
      <Stage seats={state.stage.seats} scene={state.scene} media={room.media} state={media} selfId={user.userId} closing={closing} unsteady={rights.moderates ? unsteady : []} acts={acts}>
        <StageOverlay media={room.media} state={media} />
        <FloatingReactions room={room} />
      </Stage>
      {onStage && <RunOfShowLine state={state} />}
      {onStage && (
        <StageControls media={room.media} state={media}>
          <MyDiagnosis room={room} />
          {rights.hosts && <StopShow onStop={() => room.stop()} />}
          <Button tone="danger" icon="leave" onPress={leaving.open} data-testid="leave-stage">
            {messages.coHost.leave}
          </Button>
        </StageControls>
      )}
      <Problem error={action.error} />
      <Problem error={media.phase === 'failed' ? media.error : undefined} onRetry={() => void action.run(journey.takeHere)} />
      <Confirm
        isOpen={leaving.isOpen && onStage}
        onClose={leaving.close}
        title={messages.coHost.leaveTitle}
        lead={messages.coHost.leaveLead}
        confirm={messages.coHost.leaveConfirm}
        busy={messages.coHost.leaving}
        onConfirm={journey.leave}
        testId="confirm-leave"
      />
    </>
  );
}
