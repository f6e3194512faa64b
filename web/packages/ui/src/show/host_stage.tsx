import { useAction, useLive, useSession } from '@costage/react';
import type { RoomHandle, RoomState, Seat } from '@costage/sdk';
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button } from '../base/button.js';
import { Confirm } from '../base/confirm.js';
import { Problem } from '../base/problem.js';
import { withPlace } from '../green_room/call.js';
import { GreenRoomCard } from '../green_room/green_room.js';
import { FloatingReactions } from '../reactions/floating_reactions.js';
import { RunOfShowLine } from '../run_of_show/run_of_show.js';
import { StageTools } from '../software/stage_tools.js';
import { takeSeat } from '../stage/elsewhere.js';
import { EndingSoon } from '../stage/ending_soon.js';
import { MediaAway } from '../stage/media_away.js';
import { Stage } from '../stage/stage.js';
import { StageOverlay } from '../stage/stage_overlay.js';
import { StopShow } from '../stage/stand_in.js';
import { kHostRights, stageActs } from '../stage/tile_actions.js';
import { StageControls } from '../stage_controls/stage_controls.js';
import { messages } from '../words/messages.js';

/** From the answer to the question until the show is over. */
export interface Stopping {
  isStopping: boolean;
  onStopping: (stopping: boolean) => void;
}

export interface HostStageProps extends Stopping {
  room: RoomHandle;
  state: RoomState;
  seat: Seat | undefined;
  /** Over the picture. */
  children?: ReactNode;
}

export const takeStage = (room: RoomHandle, seat: Seat | undefined): Promise<void> => takeSeat(room, seat, () => room.media.goOnStage());

export async function stopShow(room: RoomHandle, onStopping: Stopping['onStopping']): Promise<void> {
  onStopping(true);
  try {
    await room.stop();
  } catch (error) {
    onStopping(false);
    throw error;
  }
}

/** The stage as the host sees it, with what the host does there. */
export function HostStage({ room, state, seat, isStopping, onStopping, children }: HostStageProps): ReactElement {
  const { user } = useSession();
  const media = room.media;
  const mediaState = useLive(media);
  const unsteady = useLive(room.stage.unsteady);
  const back = useAction();
  const [leaving, setLeaving] = useState<Seat>();
  const closing = (one: Seat) =>
    one.role === 'host'
      ? undefined
      : { label: messages.host.remove({ name: one.name }), testId: `remove-${one.userId}`, onPress: () => setLeaving(one) };
  const act = useAction();
  const acts = stageActs(room, state, kHostRights, (work) => void act.run(work));
  const hasBackstage = state.stage.seats.length > 1 || withPlace(state.invitations, state).length > 0;
  const away = !isStopping && (mediaState.mode !== 'stage' || mediaState.phase === 'failed');
  return (
    <>
      <EndingSoon room={room} state={state} isHost />
      <MediaAway state={state} />
      <Stage seats={state.stage.seats} scene={state.scene} media={media} state={mediaState} selfId={user.userId} closing={closing} unsteady={unsteady} acts={acts}>
        <StageOverlay media={media} state={mediaState} />
        <FloatingReactions room={room} />
        {children}
      </Stage>
      <RunOfShowLine state={state} />
      <StageControls media={media} state={mediaState}>
        {away && (
          <Button tone="primary" onPress={() => void back.run(() => takeStage(room, seat))} isDisabled={back.busy} data-testid="return-to-stage">
            {state.room.actingHostId === undefined ? messages.host.goLive : messages.stage.standsIn.takeBack}
          </Button>
        )}
        <StopShow onStop={() => stopShow(room, onStopping)} />
      </StageControls>
      <StageTools room={room} state={state} hosts />
      {hasBackstage && <GreenRoomCard room={room} state={state} rights={kHostRights} isOnAir={!away} />}
      <Problem error={back.error ?? act.error ?? mediaState.error} />
      <Confirm
        isOpen={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={messages.host.removeTitle({ name: leaving?.name ?? '' })}
        lead={messages.host.removeLead}
        confirm={messages.host.removeConfirm}
        onConfirm={async () => leaving && room.stage.remove(leaving.userId)}
        testId="confirm-remove"
      />
    </>
  );
}
