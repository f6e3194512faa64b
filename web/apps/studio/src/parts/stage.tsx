import type { MediaState, Scene, Seat, StageMedia } from '@costage/sdk';
import { useState, type CSSProperties, type ReactElement, type ReactNode } from 'react';
import { planStage, type StagePlan } from '../lib/layout.js';
import { messages } from '../messages.js';
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
  /** What else can be done about somebody. */
  actions?: (seat: Seat) => TileAction[];
  /** Over the picture: notices and controls. */
  children?: ReactNode;
}

export function Stage({ seats, media, state, selfId, scene, closing, actions, children }: Props): ReactElement {
  const [pinned, setPinned] = useState<string>();
  const plan = planStage(seats, scene, pinned);
  const pin = (seat: Seat): TileAction => ({
    id: 'pin',
    label: messages.stage.actions.pin,
    isOn: pinned === seat.userId,
    onAction: () => setPinned(pinned === seat.userId ? undefined : seat.userId),
  });
  const tile = (seat: Seat): ReactElement => (
    <Tile
      key={seat.userId}
      seat={seat}
      media={media}
      participant={state.participants.find((one) => one.userId === seat.userId)}
      phase={state.phase}
      isSelf={seat.userId === selfId}
      closing={closing?.(seat)}
      actions={[...(seats.length > 1 ? [pin(seat)] : []), ...(actions?.(seat) ?? [])]}
    />
  );
  return (
    <section className="stage-box" aria-label={messages.stage.label}>
      <div className="stage" data-testid="stage" data-layout={plan.layout} data-count={plan.tiles.length} data-media={state.mode} data-phase={state.phase}>
        {plan.layout === 'empty' ? <p className="stage-empty">{messages.room.emptyStage}</p> : <ul className="tiles" style={smallTiles(plan)}>{plan.tiles.map(tile)}</ul>}
        {children}
      </div>
      {plan.strip.length > 0 && (
        <ul className="strip" aria-label={messages.stage.more} tabIndex={0}>
          {plan.strip.map(tile)}
        </ul>
      )}
    </section>
  );
}
