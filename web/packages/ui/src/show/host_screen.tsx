import { useAction, useLive, useSession } from '@costage/react';
import { createPreview, type RoomHandle, type RoomState, type Seat } from '@costage/sdk';
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { ownHeight } from '../base/own_height.js';
import { ChatPanel } from '../chat/chat_panel.js';
import { EgressRow } from '../egress/egress_controls.js';
import { SeatElsewhere } from '../software/seat_elsewhere.js';
import { StandsIn, StopShow } from '../stage/stand_in.js';
import { kHostRights } from '../stage/tile_actions.js';
import { messages } from '../words/messages.js';
import { isHeldHere } from './held_seat.js';
import { HostStage, stopShow, takeStage, type Stopping } from './host_stage.js';
import { useLivePicture } from '../plan/use_live_picture.js';
import { Lobby } from './lobby.js';
import { PeoplePanel } from './people_panel.js';
import { useSlots } from './slots.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

interface HostProps extends Props, Stopping {
  onBack: (() => void) | undefined;
  /** Over the picture. */
  children?: ReactNode;
}

export function HostScreen(props: HostProps): ReactElement {
  const { room, state } = props;
  const slots = useSlots();
  return (
    <div className="cs-split">
      <div className="cs-split-stage" ref={ownHeight}>
        <HostPlace {...props}>{slots.overStage}</HostPlace>
        {slots.belowStage}
      </div>
      <ChatPanel room={room} state={state} />
      <PeoplePanel room={room} state={state} rights={kHostRights} />
    </div>
  );
}

/** Where the host is: getting ready, on the stage, or on it in another window. */
export function HostPlace({ room, state, isStopping, onStopping, onBack, children }: HostProps): ReactElement {
  const media = useLive(room.media);
  const [preview] = useState(createPreview);
  const goLive = useAction();
  const { user } = useSession();
  const seat = state.stage.seats.find((one) => one.userId === user.userId);
  useResume(room, state, seat, isStopping);
  useLivePicture(room, state);
  const inLobby = goLive.busy || (state.room.status === 'idle' && media.mode !== 'stage');
  const elsewhere = media.ended === 'duplicate' || (media.mode === 'none' && seat !== undefined && !inLobby && !isHeldHere(seat));
  return (
    <>
      <StandsIn state={state} />
      {elsewhere ? (
        <>
          <SeatElsewhere room={room} state={state} isKept={seat !== undefined && seat.state !== 'onAir'} go={state.room.actingHostId === undefined ? undefined : messages.stage.standsIn.takeBack} onTake={() => takeStage(room, seat)}>
            <StopShow onStop={() => stopShow(room, onStopping)} />
          </SeatElsewhere>
          <EgressRow room={room} state={state} />
        </>
      ) : inLobby ? (
        <Lobby room={room} state={state} preview={preview} action={goLive} onDiscarded={onBack} onGo={() => void goLive.run(() => room.media.goOnStage({ preview }))} />
      ) : (
        <HostStage room={room} state={state} seat={seat} isStopping={isStopping} onStopping={onStopping}>{children}</HostStage>
      )}
    </>
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
