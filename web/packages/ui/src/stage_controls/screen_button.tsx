import { canShareScreen, type MediaState, type StageMedia } from '@costage/sdk';
import type { ReactElement } from 'react';
import { ToggleButton } from 'react-aria-components';
import { messages } from '../words/messages.js';
import { Icon } from '../base/icon.js';

export const kScreenButtonId = 'share-screen';

/** Not there where the browser cannot share, as on phones. Pressed means that the screen is shared. */
export function ScreenButton({ media, state, isDisabled }: { media: StageMedia; state: MediaState; isDisabled: boolean }): ReactElement | null {
  if (!canShareScreen()) return null;
  return (
    <ToggleButton
      className="cs-screen-button"
      id={kScreenButtonId}
      data-testid="toggle-screen"
      isSelected={state.screenOn}
      onChange={(on) => void media.setScreen(on)}
      isDisabled={isDisabled}
      aria-label={messages.sharing.start}
    >
      <Icon name={state.screenOn ? 'screenOff' : 'screen'} />
    </ToggleButton>
  );
}
