import type { MediaParticipant, Seat, StageMedia } from '@costage/sdk';
import type { ReactElement } from 'react';
import { messages } from '../words/messages.js';
import { Icon } from '../base/icon.js';
import { Picture } from './picture.js';
import { TileMenu, type TileAction } from './tile_menu.js';

interface Props {
  seat: Seat;
  media: StageMedia;
  participant: MediaParticipant | undefined;
  isSelf: boolean;
  actions: TileAction[];
}

/** What somebody shows on their screen: all of it, nothing cut off at the edges. */
export function ScreenTile({ seat, media, participant, isSelf, actions }: Props): ReactElement {
  const words = messages.sharing;
  const label = isSelf ? words.mine : words.of({ name: seat.name });
  const screenId = participant?.screenId;
  return (
    <li className="cs-tile" data-testid={`screen-${seat.userId}`} data-picture="screen" data-self={isSelf} aria-label={label}>
      {screenId === undefined && <p className="cs-tile-wait">{isSelf ? words.mineUnseen : messages.loading}</p>}
      <Picture userId={seat.userId} picture="screen" media={media} videoId={screenId} />
      <div className="cs-tile-foot" aria-hidden="true">
        <Icon name="screen" />
        <bdi className="cs-tile-name">{label}</bdi>
      </div>
      {actions.length > 0 && (
        <div className="cs-tile-menu">
          <TileMenu label={words.menu({ label })} id={`screen-${seat.userId}`} actions={actions} />
        </div>
      )}
    </li>
  );
}
