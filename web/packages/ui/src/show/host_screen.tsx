import { type Action, useAction, useLive, useSession } from '@costage/react';
import { createPreview, type Preview, type RoomHandle, type RoomState, type Seat } from '@costage/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { withPlace } from '../green_room/call.js';
import { focusHome } from '../base/focus_keeper.js';
import { ownHeight } from '../base/own_height.js';
import { isHeldHere } from './held_seat.js';
import { kHostRights, stageActs } from '../stage/tile_actions.js';
import { messages } from '../words/messages.js';
import { ChatPanel } from '../chat/chat_panel.js';
import { FloatingReactions } from '../reactions/floating_reactions.js';
import { Button } from '../base/button.js';
import { Confirm } from '../base/confirm.js';
import { DiscardShow } from './discard_show.js';
import { EndingSoon } from '../stage/ending_soon.js';
import { Elsewhere, takeSeat } from '../stage/elsewhere.js';
import { Text } from '../base/field.js';
import { GreenRoomCard } from '../green_room/green_room.js';
import { PeoplePanel } from './people_panel.js';
import { PreviewCard } from '../green_room/preview_card.js';
import { Problem } from '../base/problem.js';
import { RunOfShowLine } from '../run_of_show/run_of_show.js';
import { StartTogether } from '../green_room/start_together.js';
import { Stage } from '../stage/stage.js';
import { StageControls } from '../stage_controls/stage_controls.js';
import { StageOverlay } from '../stage/stage_overlay.js';
import { StandsIn, StopShow } from '../stage/stand_in.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

interface HostProps extends Props, Stopping {
  onBack: (() => void) | undefined;
}

/** From the answer to the question until the show is over. */
interface Stopping {
  isStopping: boolean;
  onStopping: (stopping: boolean) => void;
}

export function HostScreen({ room, state, isStopping, onStopping, onBack }: HostProps): ReactElement {
  const media = useLive(room.media);
  const [preview] = useState(createPreview);
  const goLive = useAction();
  const { user } = useSession();
  const seat = state.stage.seats.find((one) => one.userId === user.userId);
  useResume(room, state, seat, isStopping);
  const inLobby = goLive.busy || (state.room.status === 'idle' && media.mode !== 'stage');
  const elsewhere = media.ended === 'duplicate' || (media.mode === 'none' && seat !== undefined && !inLobby && !isHeldHere(seat));
  return (
    <div className="cs-split">
      <div className="cs-split-stage" ref={ownHeight}>
        <StandsIn state={state} />
        {elsewhere ? (
          <Elsewhere isKept={seat !== undefined && seat.state !== 'onAir'} isRefused={state.room.policies.secondWindow === 'refused'} go={state.room.actingHostId === undefined ? undefined : messages.stage.standsIn.takeBack} onTake={() => takeStage(room, seat)} />
        ) : inLobby ? (
          <Lobby room={room} state={state} preview={preview} action={goLive} onDiscarded={onBack} onGo={() => void goLive.run(() => room.media.goOnStage({ preview }))} />
        ) : (
          <OnAir room={room} state={state} seat={seat} isStopping={isStopping} onStopping={onStopping} />
        )}
      </div>
      <ChatPanel room={room} state={state} />
      <PeoplePanel room={room} state={state} rights={kHostRights} />
    </div>
  );
}

/** After a reload in the middle of the show, the host is back in the seat that this tab had. Another is taken by hand only. */
function useResume(room: RoomHandle, state: RoomState, seat: Seat | undefined, isStopping: boolean): void {
  const media = room.media;
  const { mode, ended } = useLive(media);
  const { status } = state.room;
  const leaseId = seat && isHeldHere(seat) ? seat.leaseId : undefined;
  useEffect(() => {
    if (isStopping || status === 'idle' || mode !== 'none' || ended !== undefined || leaseId === undefined) return;
    void media.resume(leaseId);
  }, [media, isStopping, status, mode, ended, leaseId]);
}

interface LobbyProps {
  room: RoomHandle;
  state: RoomState;
  preview: Preview;
  action: Action;
  onGo: () => void;
  onDiscarded: (() => void) | undefined;
}

function Lobby({ room, state, preview, action, onGo, onDiscarded }: LobbyProps): ReactElement {
  const { camera, microphone, starting } = useLive(preview);
  const nothing = !camera && !microphone;
  // Longer than a phone's screen: who went live from its end would be left below the stage.
  useEffect(() => () => window.scrollTo({ top: 0 }), []);
  return (
    <section className="cs-lobby">
      <h2 {...focusHome}>{messages.host.lobbyTitle}</h2>
      <PreviewCard preview={preview} room={room} />
      <TitleField room={room} title={state.room.title} />
      {withPlace(state.invitations, state).length > 0 && <GreenRoomCard room={room} state={state} rights={kHostRights} isOnAir={false} />}
      <Problem error={action.error} />
      <div className="cs-lobby-foot">
        <p className="cs-hint">{messages.host.lobbyHint}</p>
        <DiscardShow room={state.room} isDisabled={action.busy} onDone={onDiscarded} />
        <StartTogether room={room} state={state} isDisabled={action.busy || nothing || starting} onGo={onGo} />
        <Button tone="primary" onPress={onGo} isDisabled={action.busy || nothing || starting} data-testid="go-live">
          {action.busy ? messages.host.goingLive : messages.host.goLive}
        </Button>
      </div>
    </section>
  );
}

/** Saved when the field is left. */
function TitleField({ room, title }: { room: RoomHandle; title: string }): ReactElement {
  const [draft, setDraft] = useState(title);
  const action = useAction();
  const save = (): void => {
    const next = draft.trim();
    if (next === '') setDraft(title);
    else if (next !== title) void action.run(() => room.update({ title: next }));
  };
  return (
    <>
      <Text label={messages.home.titleLabel} value={draft} onChange={setDraft} onBlur={save} testId="lobby-title" maxLength={120} />
      <Problem error={action.error} />
    </>
  );
}

interface OnAirProps extends Props, Stopping {
  seat: Seat | undefined;
}

const takeStage = (room: RoomHandle, seat: Seat | undefined): Promise<void> => takeSeat(room, seat, () => room.media.goOnStage());

function OnAir({ room, state, seat, isStopping, onStopping }: OnAirProps): ReactElement {
  const { user } = useSession();
  const media = room.media;
  const mediaState = useLive(media);
  const unsteady = useLive(room.stage.unsteady);
  const back = useAction();
  const [leaving, setLeaving] = useState<Seat>();
  const stop = async (): Promise<void> => {
    onStopping(true);
    try {
      await room.stop();
    } catch (error) {
      onStopping(false);
      throw error;
    }
  };
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
      <Stage seats={state.stage.seats} scene={state.scene} media={media} state={mediaState} selfId={user.userId} closing={closing} unsteady={unsteady} acts={acts}>
        <StageOverlay media={media} state={mediaState} />
        <FloatingReactions room={room} />
      </Stage>
      <RunOfShowLine state={state} />
      <StageControls media={media} state={mediaState}>
        {away && (
          <Button tone="primary" onPress={() => void back.run(() => takeStage(room, seat))} isDisabled={back.busy} data-testid="return-to-stage">
            {state.room.actingHostId === undefined ? messages.host.goLive : messages.stage.standsIn.takeBack}
          </Button>
        )}
        <StopShow onStop={stop} />
      </StageControls>
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
