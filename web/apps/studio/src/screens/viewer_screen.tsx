import type { JourneyState, RoomHandle, RoomState, Seat, StageJourney } from '@costage/sdk';
import { useEffect, type ReactElement } from 'react';
import { useSession } from '../lib/context.js';
import { focusHome } from '../lib/focus_keeper.js';
import { useAction, useLive } from '../lib/hooks.js';
import { stageActs, stageRights } from '../lib/tile_actions.js';
import { useSwitchedOff } from '../lib/use_switched_off.js';
import { messages } from '../messages.js';
import { AskCard } from '../parts/ask_card.js';
import { CallLine } from '../parts/called.js';
import { ChatPanel } from '../chat/chat_panel.js';
import { FloatingReactions } from '../chat/floating_reactions.js';
import { Button } from '../parts/button.js';
import { Confirm, useQuestion } from '../parts/confirm.js';
import { MyDiagnosis } from '../parts/diagnosis.js';
import { EndingSoon } from '../parts/ending_soon.js';
import { Elsewhere } from '../parts/elsewhere.js';
import { GreenRoomCard } from '../parts/green_room.js';
import { InvitationBanner } from '../parts/invitation_banner.js';
import { PeoplePanel } from '../parts/people_panel.js';
import { Preparing } from '../parts/preparing.js';
import { Problem } from '../parts/problem.js';
import { RunOfShowLine } from '../parts/run_of_show.js';
import { ShowReady } from '../parts/show_ready.js';
import { Stage } from '../parts/stage.js';
import { StageControls } from '../parts/stage_controls.js';
import { StageOverlay } from '../parts/stage_overlay.js';
import { StatusPage } from '../parts/status_page.js';
import { StandsIn, StopShow } from '../parts/stand_in.js';
import { SwitchOnAsked } from '../parts/switch_on_asked.js';
import { useJourney } from './use_viewer.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** Watching, being invited, getting ready and being on stage as a co-host. */
export function ViewerScreen({ room, state }: Props): ReactElement {
  const { journey, now } = useJourney(room);
  useSwitchedOff(room, state);
  const { user } = useSession();
  const rights = stageRights(state, user.userId);
  const hasPanel = rights.invites || rights.moderates;
  const isPreparing = now.name === 'gettingReady' || now.name === 'joining';
  const isWide = isPreparing || hasPanel || undefined;
  return (
    <div className="with-chat" data-wide={isWide}>
      <div className="watch" data-wide={isWide}>
        <div className="watch-stage">
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
          <section className="card rejoin">
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
  if (status === 'idle') return <StatusPage title={messages.room.idleTitle} lead={messages.room.idleLead(hostName)} />;
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
        <p className="notice-line" role="status">
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
