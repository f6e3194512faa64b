import { useLive } from '@costage/react';
import type { Pictures, StageMedia } from '@costage/sdk';
import { useEffect, type ReactElement, type RefObject } from 'react';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { IconButton } from '../base/button.js';
import { Icon } from '../base/icon.js';
import { deviceStorage } from '../base/storage.js';
import { messages } from '../words/messages.js';
import { canBeFull, canFloat, toggleFullScreen, togglePictureInPicture, useIsFullScreen } from './full_screen.js';

const kPictures: readonly Pictures[] = ['auto', 'medium', 'low', 'none'];
const kKey = 'costage.pictures';

/** Chosen once for this device. */
function useKeptPictures(media: StageMedia): Pictures {
  const { pictures } = useLive(media.watching);
  useEffect(() => {
    const kept = kPictures.find((one) => one === deviceStorage.getItem(kKey));
    if (kept !== undefined) media.watching.setPictures(kept);
  }, [media]);
  return pictures;
}

/** How this page shows the stage: how good the pictures are, over other windows, over the whole screen. */
export function ViewMenu({ media, box }: { media: StageMedia; box: RefObject<HTMLElement | null> }): ReactElement {
  const words = messages.stage.view;
  const pictures = useKeptPictures(media);
  const isFull = useIsFullScreen();
  const choose = (wanted: Pictures): void => {
    deviceStorage.setItem(kKey, wanted);
    media.watching.setPictures(wanted);
  };
  // What the browser refuses changes nothing, and is seen.
  const tried = (work: Promise<void>): void => void work.catch(() => {});
  return (
    <div className="cs-view">
      <MenuTrigger>
        <IconButton icon="view" label={words.open} data-testid="view" />
        <Popover className="cs-menu-box" placement="bottom start">
          <Menu className="cs-menu" aria-label={words.open}>
            <MenuSection selectionMode="single" selectedKeys={[pictures]} disallowEmptySelection onSelectionChange={(keys) => choose([...keys][0] as Pictures)}>
              <Header className="cs-menu-header">{words.pictures}</Header>
              {kPictures.map((one) => (
                <MenuItem key={one} id={one} className="cs-menu-item" data-testid={`pictures-${one}`} textValue={words[one]}>
                  <span className="cs-menu-check">{pictures === one && <Icon name="check" />}</span>
                  {words[one]}
                </MenuItem>
              ))}
            </MenuSection>
            <MenuSection aria-label={words.where}>
              {canFloat() && (
                <MenuItem id="float" className="cs-menu-item" data-testid="picture-in-picture" onAction={() => tried(togglePictureInPicture(box.current))}>
                  <span className="cs-menu-check" />
                  {words.pictureInPicture}
                </MenuItem>
              )}
              {canBeFull(box.current) && (
                <MenuItem id="full" className="cs-menu-item" data-testid="full-screen" onAction={() => tried(toggleFullScreen(box.current))}>
                  <span className="cs-menu-check" />
                  {isFull ? words.leaveFullScreen : words.fullScreen}
                </MenuItem>
              )}
            </MenuSection>
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  );
}
