import type { ReactElement } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { messages } from '../words/messages.js';
import { IconButton } from '../base/button.js';
import { Icon } from '../base/icon.js';

/** What can be done about somebody on stage. With `isOn` it is a choice that is on or off. */
export interface TileAction {
  id: string;
  label: string;
  isOn?: boolean;
  onAction: () => void;
}

/** `id` is what tests know it by. */
export function TileMenu({ label, id: menuId, actions }: { label: string; id: string; actions: TileAction[] }): ReactElement | null {
  if (actions.length === 0) return null;
  return (
    <MenuTrigger>
      <IconButton icon="more" label={label} data-testid={`menu-${menuId}`} />
      <Popover className="cs-menu-box" placement="bottom end">
        <Menu className="cs-menu" aria-label={label} onAction={(id) => actions.find((one) => one.id === id)?.onAction()}>
          {actions.map(({ id, label, isOn }) => (
            <MenuItem key={id} id={id} className="cs-menu-item" data-testid={`menu-${id}-${menuId}`} textValue={label}>
              <span className="cs-menu-check">{isOn && <Icon name="check" />}</span>
              {label}
              {isOn !== undefined && <span className="cs-sr-only">{isOn ? messages.stage.isOn : messages.stage.isOff}</span>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
