import { createPreview, type MediaState, type RoomHandle, type RoomState, type Seat } from '@costage/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { useSession } from '../lib/context.js';
import { useAction, useLive } from '../lib/hooks.js';
import { messages } from '../messages.js';
import { Button } from '../parts/button.js';
import { Confirm, useQuestion } from '../parts/confirm.js';
import { Elsewhere, takeSeat } from '../parts/elsewhere.js';
import { InvitationBanner } from '../parts/invitation_banner.js';
import { PreviewCard } from '../parts/preview_card.js';
import { Problem } from '../parts/problem.js';
import { Stage } from '../parts/stage.js';
import { StageControls } from '../parts/stage_controls.js';
import { StageOverlay } from '../parts/stage_overlay.js';
import { StatusPage } from '../parts/status_page.js';
import { useMyInvitation, useSeatNews, useViewerMedia } from './use_viewer.js';

interface Props {
  room: RoomHandle;
  state: RoomState;
}

/** Watching, being invited, getting ready and being on stage as a co-host. */
export function ViewerScreen({ room, state }: Props): ReactElement {
  const { user } = useSession();
  const seat = state.stage.seats.find((one) => one.userId === user.userId);
  const [preparing, setPreparing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [leftLease, setLeftLease] = useState<string>();
  const { media, isElsewhere } = useViewerMedia(room, state, { seat, busy, leftLease });
  const invitation = useMyInvitation(room, user.userId);
  const removedLease = useSeatNews(room, user.userId);
  const [spent, setSpent] = useState<string>();
  useEffect(() => {
    if (removedLease !== undefined) setSpent(invitation?.invitationId);
    // Only the removal itself uses the invitation up, not what happens to the invitation later.
  }, [removedLease]);
  const onStage = media.mode === 'stage' && !preparing;
  const accepted = invitation?.status === 'accepted' && invitation.invitationId !== spent;
  return (
    <div className="watch" data-wide={preparing || undefined}>
      <div className="watch-stage">
        <Picture room={room} state={state} media={media} isElsewhere={isElsewhere} seat={seat} onBusy={setBusy} onLeave={setLeftLease} onStage={onStage} />
      </div>
      {invitation?.status === 'pending' && (
        <InvitationBanner key={invitation.invitationId} invitation={invitation} onAccepted={() => setPreparing(true)} />
      )}
      {preparing && accepted && (
        <Preparing room={room} state={state} onBusy={setBusy} onDone={() => setPreparing(false)} />
      )}
      {!preparing && accepted && !onStage && !seat && (
        <section className="card rejoin">
          <h2>{messages.coHost.acceptedTitle}</h2>
          <Button tone="primary" onPress={() => setPreparing(true)} data-testid="rejoin-stage">
            {messages.coHost.rejoin}
          </Button>
        </section>
      )}
    </div>
  );
}

interface PictureProps extends Props {
  media: MediaState;
  isElsewhere: boolean;
  seat: Seat | undefined;
  onStage: boolean;
  onBusy: (busy: boolean) => void;
  onLeave: (leaseId: string | undefined) => void;
}

function Picture({ room, state, media, isElsewhere, seat, onStage, onBusy, onLeave }: PictureProps): ReactElement {
  const { user } = useSession();
  const leaving = useQuestion();
  const action = useAction();
  const leave = async (): Promise<void> => {
    onBusy(true);
    onLeave(seat?.leaseId);
    try {
      await room.leaveStage();
    } finally {
      onBusy(false);
    }
  };
  const { status, hostName } = state.room;
  const comeBack = (): Promise<void> => takeSeat(room, seat, () => room.media().watch());
  if (status === 'idle') return <StatusPage title={messages.room.idleTitle} lead={messages.room.idleLead(hostName)} />;
  if (isElsewhere) return <Elsewhere seat={seat} onTake={comeBack} />;
  const closing = (one: Seat) =>
    one.userId === user.userId && onStage ? { label: messages.coHost.leave, onPress: leaving.open } : undefined;
  return (
    <>
      {status === 'waitingReconnect' && (
        <p className="notice-line" role="status">
          <strong>{messages.room.waitingTitle}</strong> {messages.room.waitingLead}
        </p>
      )}
      <Stage seats={state.stage.seats} media={room.media()} state={media} selfId={user.userId} closing={closing}>
        <StageOverlay media={room.media()} state={media} />
      </Stage>
      {onStage && (
        <StageControls media={room.media()} state={media}>
          <Button tone="danger" icon="leave" onPress={leaving.open} data-testid="leave-stage">
            {messages.coHost.leave}
          </Button>
        </StageControls>
      )}
      <Problem error={media.phase === 'failed' ? media.error : undefined} onRetry={() => void action.run(comeBack)} />
      <Confirm
        isOpen={leaving.isOpen && onStage}
        onClose={leaving.close}
        title={messages.coHost.leaveTitle}
        lead={messages.coHost.leaveLead}
        confirm={messages.coHost.leaveConfirm}
        busy={messages.coHost.leaving}
        onConfirm={leave}
        testId="confirm-leave"
      />
    </>
  );
}

/** The page changes under the reader: take them along, with the keyboard too. */
function focusOnArrival(heading: HTMLElement | null): void {
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: 'center' });
}

interface PreparingProps extends Props {
  onBusy: (busy: boolean) => void;
  onDone: () => void;
}

/** S-057, S-058: nobody sees the invitee before an explicit second tap. */
function Preparing({ room, state, onBusy, onDone }: PreparingProps): ReactElement {
  const [preview] = useState(createPreview);
  const { camera, microphone, starting, cameraError, microphoneError } = useLive(preview);
  const action = useAction();
  const waits = state.room.status === 'idle';
  const missing = cameraError !== undefined || microphoneError !== undefined;
  // S-033: where both are asked for, both have to be granted; switching one off is the co-host's own choice.
  const blocked = missing && state.room.policies.coHostDevices === 'both';
  const ready = !waits && !starting && !blocked && (camera !== undefined || microphone !== undefined);
  const lead = waits ? messages.coHost.waitForHost : blocked ? messages.coHost.needsBoth : missing ? messages.coHost.oneIsEnough : messages.coHost.preparingLead;
  const join = async (): Promise<void> => {
    onBusy(true);
    const joined = await action.run(() => room.media().goOnStage({ preview }));
    onBusy(false);
    if (joined) onDone();
    else if (room.media().getSnapshot().phase === 'failed') void room.media().watch();
  };
  return (
    <section className="card preparing" data-testid="preparing" aria-labelledby="preparing-title">
      <h2 id="preparing-title" tabIndex={-1} ref={focusOnArrival}>{messages.coHost.preparingTitle}</h2>
      <p className="hint">{lead}</p>
      <PreviewCard preview={preview} />
      <Problem error={action.error} />
      <div className="actions">
        <Button onPress={onDone} isDisabled={action.busy}>{messages.coHost.notNow}</Button>
        <Button tone="primary" onPress={() => void join()} isDisabled={action.busy || !ready} data-testid="join-stage">
          {action.busy ? messages.coHost.joining : messages.coHost.join}
        </Button>
      </div>
    </section>
  );
}
