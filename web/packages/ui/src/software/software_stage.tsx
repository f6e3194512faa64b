import { useAction, useLive, useSession } from '@costage/react';
import { StageMedia, type RoomHandle, type RoomState } from '@costage/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { Problem } from '../base/problem.js';
import { FloatingReactions } from '../reactions/floating_reactions.js';
import { Stage } from '../stage/stage.js';
import { StageOverlay } from '../stage/stage_overlay.js';
import { stageActs, stageRights } from '../stage/tile_actions.js';

/** The stage for who is on it by streaming software: seen as the audience sees it. Themselves they do not hear a second time. */
export function SoftwareStage({ room, state }: { room: RoomHandle; state: RoomState }): ReactElement {
  const { user } = useSession();
  const media = useAudience(room, user.userId);
  const mediaState = useLive(media);
  const action = useAction();
  const acts = stageActs(room, state, stageRights(state, user.userId), (work) => void action.run(work));
  return (
    <>
      <Stage seats={state.stage.seats} scene={state.scene} media={media} state={mediaState} selfId={user.userId} acts={acts}>
        <StageOverlay media={media} state={mediaState} />
        <FloatingReactions room={room} />
      </Stage>
      <Problem error={action.error ?? (mediaState.phase === 'failed' ? mediaState.error : undefined)} />
    </>
  );
}

const kNoSeat = (): Promise<never> => Promise.reject(new Error('Who watches takes no seat.'));

/** A connection beside the room's own, which stays free for the way back on stage. */
function useAudience(room: RoomHandle, selfId: string): StageMedia {
  const [media] = useState(() => new StageMedia({ viewer: () => room.getViewerData(), broadcaster: kNoSeat, reclaim: kNoSeat }));
  useEffect(() => {
    media.watching.setVolume(selfId, 0);
    void media.watch();
    return () => void media.disconnect();
  }, [media, selfId]);
  return media;
}
