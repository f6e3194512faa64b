import { createPreview, type Preview, type RoomHandle, type RoomState, type Seat } from '@costage/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { useSession } from '../lib/context.js';
import { withPlace } from '../lib/call.js';
import { focusHome } from '../lib/focus_keeper.js';
import { isHeldHere } from '../lib/held_seat.js';
import { useAction, useLive, type Action } from '../lib/hooks.js';
import { notify } from '../lib/notices.js';
import { kHostRights, stageActs } from '../lib/tile_actions.js';
import { messages } from '../messages.js';
import { ChatPanel } from '../chat/chat_panel.js';
import { FloatingReactions } from '../chat/floating_reactions.js';
import { Button } from '../parts/button.js';
import { Confirm } from '../parts/confirm.js';
import { EndingSoon } from '../parts/ending_soon.js';
import { Elsewhere, takeSeat } from '../parts/elsewhere.js';
import { Text } from '../parts/field.js';
import { GreenRoomCard } from '../parts/green_room.js';
import { PeoplePanel } from '../parts/people_panel.js';
import { PreviewCard } from '../parts/preview_card.js';
import { Problem } from '../parts/problem.js';
import { RunOfShowLine } from '../parts/run_of_show.js';
import { StartTogether } from '../parts/start_together.js';
import { Stage } from '../parts/stage.js';
import { StageControls } from '../parts/stage_controls.js';
import { StageOverlay } from '../parts/stage_overlay.js';
import { StandsIn, StopShow } from '../parts/stand_in.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

export function HostScreen({ room, state }: Props): ReactElement {
  const media = useLive(room.media);
  const [preview] = useState(createPreview);
  const goLive = useAction();
  const [isStopping, setStopping] = useState(false);
  const { user } = useSession();
  const seat = state.stage.seats.find((one) => one.userId === user.userId);
  useResume(room, state, seat, isStopping);
  const inLobby = goLive.busy || (state.room.status === 'idle' && media.mode !== 'stage');
  const elsewhere = media.ended === 'duplicate' || (media.mode === 'none' && seat !== undefined && !inLobby && !isHeldHere(seat));
  return (
    <div className="split">
      <div className="split-stage">
        <StandsIn state={state} />
        {elsewhere ? (
          <Elsewhere isKept={seat !== undefined && seat.state !== 'onAir'} isRefused={state.room.policies.secondWindow === 'refused'} go={state.room.actingHostId === undefined ? undefined : messages.stage.standsIn.takeBack} onTake={() => takeStage(room, seat)} />
        ) : inLobby ? (
          <Lobby room={room} state={state} preview={preview} action={goLive} onGo={() => void goLive.run(() => room.media.goOnStage({ preview }))} />
        ) : (
          <OnAir room={room} state={state} seat={seat} onStopping={setStopping} />
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
}

function Lobby({ room, state, preview, action, onGo }: LobbyProps): ReactElement {
  const { camera, microphone, starting } = useLive(preview);
  const nothing = !camera && !microphone;
  // Longer than a phone's screen: who went live from its end would be left below the stage.
  useEffect(() => () => window.scrollTo({ top: 0 }), []);
  return (
    <section className="lobby">
      <h2 {...focusHome}>{messages.host.lobbyTitle}</h2>
      <PreviewCard preview={preview} room={room} />
      <TitleField room={room} title={state.room.title} />
      {withPlace(state.invitations, state).length > 0 && <GreenRoomCard room={room} state={state} rights={kHostRights} isOnAir={false} />}
      <Problem error={action.error} />
      <div className="lobby-foot">
        <p className="hint">{messages.host.lobbyHint}</p>
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

interface OnAirProps extends Props {
  seat: Seat | undefined;
  onStopping: (stopping: boolean) => void;
}

const takeStage = (room: RoomHandle, seat: Seat | undefined): Promise<void> => takeSeat(room, seat, () => room.media.goOnStage());

function OnAir({ room, state, seat, onStopping }: OnAirProps): ReactElement {
  const { user } = useSession();
  const media = room.media;
  const mediaState = useLive(media);
  const unsteady = useLive(room.stage.unsteady);
  const back = useAction();
  const [leaving, setLeaving] = useState<Seat>();
  const remove = async (seat: Seat): Promise<void> => {
    await room.stage.remove(seat.userId);
    notify(messages.host.removed(seat.name));
  };
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
      : { label: messages.host.remove(one.name), testId: `remove-${one.userId}`, onPress: () => setLeaving(one) };
  const act = useAction();
  const acts = stageActs(room, state, kHostRights, (work) => void act.run(work));
  const hasBackstage = state.stage.seats.length > 1 || withPlace(state.invitations, state).length > 0;
  const away = mediaState.mode !== 'stage' || mediaState.phase === 'failed';
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
        title={messages.host.removeTitle(leaving?.name ?? '')}
        lead={messages.host.removeLead}
        confirm={messages.host.removeConfirm}
        onConfirm={() => (leaving ? remove(leaving) : Promise.resolve())}
        testId="confirm-remove"
      />
    </>
  );
}
