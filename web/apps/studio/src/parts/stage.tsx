import type { MediaState, Seat, StageMedia } from '@costage/sdk';
import type { ReactElement, ReactNode } from 'react';
import { planStage } from '../lib/layout.js';
import { messages } from '../messages.js';
import { Tile } from './tile.js';
import type { TileAction } from './tile_menu.js';

interface Props {
  seats: Seat[];
  media: StageMedia;
  state: MediaState;
  selfId: string;
  /** What the X of a tile does, for those tiles that have one. */
  closing?: (seat: Seat) => { label: string; testId?: string; onPress: () => void } | undefined;
  /** What else can be done about somebody. */
  actions?: (seat: Seat) => TileAction[];
  /** Over the picture: notices and controls. */
  children?: ReactNode;
}

export function Stage({ seats, media, state, selfId, closing, actions, children }: Props): ReactElement {
  const plan = planStage(seats);
  const tile = (seat: Seat): ReactElement => (
    <Tile
      key={seat.userId}
      seat={seat}
      media={media}
      participant={state.participants.find((one) => one.userId === seat.userId)}
      phase={state.phase}
      isSelf={seat.userId === selfId}
      closing={closing?.(seat)}
      actions={seat.userId === selfId ? [] : actions?.(seat)}
    />
  );
  return (
    <section className="stage-box" aria-label={messages.stage.label}>
      <div className="stage" data-testid="stage" data-layout={plan.layout} data-count={plan.tiles.length} data-media={state.mode} data-phase={state.phase}>
        {plan.layout === 'empty' ? <p className="stage-empty">{messages.room.emptyStage}</p> : <ul className="tiles">{plan.tiles.map(tile)}</ul>}
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
