import type { MediaState, Scene, Seat, StageMedia } from '@costage/sdk';
import { useRef, useState, type CSSProperties, type ReactElement, type ReactNode } from 'react';
import { Announcer } from '../base/announcer.js';
import { focusHome } from '../base/focus_keeper.js';
import { planStage, type StagePlan, type StageTile } from './layout.js';
import { useStageNews } from './stage_news.js';
import type { StageActs } from './tile_actions.js';
import { useDragOrder } from '../base/use_drag_order.js';
import { messages } from '../words/messages.js';
import { useWakeLock } from '../watching/use_wake_lock.js';
import { ViewMenu } from '../watching/view_menu.js';
import { VolumeDialog } from '../watching/volume_dialog.js';
import { ScreenTile } from './screen_tile.js';
import { Tile } from './tile.js';
import type { TileAction } from './tile_menu.js';

/** How many stand beside the large one. */
function smallTiles({ tiles }: StagePlan): CSSProperties {
  return { '--small': Math.max(1, tiles.length - 1) } as CSSProperties;
}

interface Props {
  seats: Seat[];
  media: StageMedia;
  state: MediaState;
  selfId: string;
  /** How the room shows the stage. Each viewer may look at somebody else here. */
  scene: Scene;
  /** What the X of a tile does, for those tiles that have one. */
  closing?: (seat: Seat) => { label: string; testId?: string; onPress: () => void } | undefined;
  /** User ids of those whose connection drops again and again, where that is of concern. */
  unsteady?: readonly string[];
  /** What else can be done about what is seen. */
  acts: StageActs;
  /** Over the picture: notices and controls. */
  children?: ReactNode;
}

export function Stage({ seats, media, state, selfId, scene, closing, unsteady = [], acts, children }: Props): ReactElement {
  const [pinned, setPinned] = useState<string>();
  const [loud, setLoud] = useState<Seat>();
  useWakeLock(state.phase === 'connected');
  useStageNews(seats, selfId);
  const plan = planStage(seats, { scene, screens: state.screens, pinned });
  const box = useRef<HTMLElement>(null);
  const dragging = useDragOrder(box, acts.place);
  const isChoice = plan.tiles.length > 1;
  const pin = ({ id }: StageTile): TileAction => ({
    id: 'pin',
    label: messages.stage.actions.pin,
    isOn: pinned === id,
    onAction: () => setPinned(pinned === id ? undefined : id),
  });
  const volume = (seat: Seat): TileAction => ({ id: 'volume', label: messages.stage.actions.volume, onAction: () => setLoud(seat) });
  const tile = (one: StageTile): ReactElement => {
    const { id, seat, picture } = one;
    const isSelf = seat.userId === selfId;
    const common = { seat, media, isSelf, participant: state.participants.find(({ userId }) => userId === seat.userId) };
    const actions = [...(isChoice ? [pin(one)] : []), ...(isSelf || picture === 'screen' ? [] : [volume(seat)]), ...acts[picture](seat)];
    if (picture === 'screen') return <ScreenTile key={id} {...common} actions={actions} />;
    const drag = acts.place && { isDragged: dragging?.userId === seat.userId, isTarget: dragging?.over === seat.userId };
    return <Tile key={id} {...common} phase={state.phase} closing={closing?.(seat)} actions={actions} drag={drag} isUnsteady={unsteady.includes(seat.userId)} />;
  };
  return (
    <section ref={box} {...focusHome} className="cs-stage-box" data-dragging={dragging !== undefined || undefined} aria-label={messages.stage.label}>
      <Announcer />
      <div className="cs-stage" data-testid="stage" data-layout={plan.layout} data-count={plan.tiles.length} data-media={state.mode} data-phase={state.phase}>
        {plan.layout === 'empty' ? <p className="cs-stage-empty">{messages.room.emptyStage}</p> : <ul className="cs-tiles" style={smallTiles(plan)}>{plan.tiles.map(tile)}</ul>}
        {plan.layout !== 'empty' && <ViewMenu media={media} box={box} />}
        {children}
      </div>
      {loud && <VolumeDialog media={media} userId={loud.userId} name={loud.name} onClose={() => setLoud(undefined)} />}
      {plan.strip.length > 0 && (
        <ul className="cs-strip" aria-label={messages.stage.more} tabIndex={0}>
          {plan.strip.map(tile)}
        </ul>
      )}
    </section>
  );
}
