import { useAction, useLive, useSession } from '@costage/react';
import type { JourneyState, RoomHandle, RoomState, Seat, StageJourney } from '@costage/sdk';
import { useEffect, type ReactElement, type ReactNode } from 'react';
import { Button } from '../base/button.js';
import { Confirm, useQuestion } from '../base/confirm.js';
import { Problem } from '../base/problem.js';
import { MyDiagnosis } from '../diagnosis/diagnosis.js';
import { FloatingReactions } from '../reactions/floating_reactions.js';
import { RunOfShowLine } from '../run_of_show/run_of_show.js';
import { EgressRow } from '../egress/egress_controls.js';
import { SeatElsewhere } from '../software/seat_elsewhere.js';
import { StageTools } from '../software/stage_tools.js';
import { EndingSoon } from '../stage/ending_soon.js';
import { MediaAway } from '../stage/media_away.js';
import { Stage } from '../stage/stage.js';
import { StageOverlay } from '../stage/stage_overlay.js';
import { StandsIn, StopShow } from '../stage/stand_in.js';
import { stageActs, stageRights } from '../stage/tile_actions.js';
import { StageControls } from '../stage_controls/stage_controls.js';
import { Waiting } from '../plan/waiting.js';
import { messages } from '../words/messages.js';

export interface GuestStageProps {
  room: RoomHandle;
  state: RoomState;
  journey: StageJourney;
  now: JourneyState;
  /** Over the picture. */
  children?: ReactNode;
}

export const isOnStage = ({ name }: JourneyState): boolean => name === 'onStage' || name === 'reconnecting';

/** The stage as who is not the host sees it: from the audience, or standing on it. */
export function GuestStage({ room, state, journey, now, children }: GuestStageProps): ReactElement {
  const { user } = useSession();
  const media = useLive(room.media);
  const unsteady = useLive(room.stage.unsteady);
  const leaving = useQuestion();
  const action = useAction();
  const { status } = state.room;
  const onStage = isOnStage(now);
  if (status === 'idle') return <Waiting room={state.room} />;
  if (now.name === 'elsewhere') return <OnStageElsewhere room={room} state={state} journey={journey} now={now} />;
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
      <MediaAway state={state} />
      <Stage seats={state.stage.seats} scene={state.scene} media={room.media} state={media} selfId={user.userId} closing={closing} unsteady={rights.moderates ? unsteady : []} acts={acts}>
        <StageOverlay media={room.media} state={media} />
        <FloatingReactions room={room} />
        {children}
      </Stage>
      {onStage && <RunOfShowLine state={state} />}
      <Problem error={action.error} />
      <Problem error={media.phase === 'failed' ? media.error : undefined} onRetry={() => void action.run(journey.takeHere)} />
      <LeaveQuestion onLeave={journey.leave} isOnStage={onStage} question={leaving} />
    </>
  );
}

/** By another window or by streaming software. Who stands in for the host does that there, too. */
function OnStageElsewhere({ room, state, journey, now }: Pick<GuestStageProps, 'room' | 'state' | 'journey'> & { now: Extract<JourneyState, { name: 'elsewhere' }> }): ReactElement {
  const { user } = useSession();
  const leaving = useQuestion();
  const { hosts } = stageRights(state, user.userId);
  return (
    <>
      <SeatElsewhere room={room} state={state} isKept={now.isKept} onTake={journey.takeHere}>
        {hosts && <StopShow onStop={() => room.stop()} />}
        <Button tone="danger" icon="leave" onPress={leaving.open} data-testid="leave-stage">{messages.coHost.leave}</Button>
      </SeatElsewhere>
      {hosts && <EgressRow room={room} state={state} />}
      <LeaveQuestion onLeave={() => room.stage.leave()} isOnStage question={leaving} />
    </>
  );
}

/** Own devices, and what a co-host can do beside them. */
export function GuestControls({ room, state, journey, now, children }: GuestStageProps): ReactElement | null {
  const { user } = useSession();
  const media = useLive(room.media);
  const leaving = useQuestion();
  const { hosts } = stageRights(state, user.userId);
  if (!isOnStage(now)) return null;
  return (
    <>
      <StageControls media={room.media} state={media}>
        {children}
        <MyDiagnosis room={room} />
        {hosts && <StopShow onStop={() => room.stop()} />}
        <Button tone="danger" icon="leave" onPress={leaving.open} data-testid="leave-stage">
          {messages.coHost.leave}
        </Button>
      </StageControls>
      <StageTools room={room} state={state} hosts={hosts} />
      <LeaveQuestion onLeave={journey.leave} isOnStage question={leaving} />
    </>
  );
}

interface LeaveQuestionProps {
  onLeave: () => Promise<unknown>;
  isOnStage: boolean;
  question: ReturnType<typeof useQuestion>;
}

function LeaveQuestion({ onLeave, isOnStage: onStage, question }: LeaveQuestionProps): ReactElement {
  const { close } = question;
  // Who is taken off the stage with the question open is not asked it again the next time.
  useEffect(() => {
    if (!onStage) close();
  }, [onStage]);
  return (
    <Confirm
      isOpen={question.isOpen && onStage}
      onClose={close}
      title={messages.coHost.leaveTitle}
      lead={messages.coHost.leaveLead}
      confirm={messages.coHost.leaveConfirm}
      busy={messages.coHost.leaving}
      onConfirm={onLeave}
      testId="confirm-leave"
    />
  );
}
