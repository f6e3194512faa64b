import type { ReactElement, ReactNode, Ref } from 'react';
import { Button as AriaButton, ToggleButton, type ButtonProps } from 'react-aria-components';
import { messages } from '../words/messages.js';
import { Icon, type IconName } from './icon.js';

interface Props extends Omit<ButtonProps, 'className' | 'style'> {
  tone?: 'primary' | 'plain' | 'danger' | 'quiet';
  icon?: IconName;
  small?: boolean;
  children: ReactNode;
  'data-testid'?: string | undefined;
  'data-link'?: string;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({ tone = 'plain', icon, small = false, children, ...rest }: Props): ReactElement {
  return (
    <AriaButton {...rest} className="cs-button" data-tone={tone} data-small={small || undefined}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </AriaButton>
  );
}

interface IconButtonProps extends Omit<ButtonProps, 'className' | 'style' | 'children'> {
  icon: IconName;
  label: string;
  'data-testid'?: string;
}

export function IconButton({ icon, label, ...rest }: IconButtonProps): ReactElement {
  return (
    <AriaButton {...rest} aria-label={label} className="cs-icon-button">
      <Icon name={icon} />
    </AriaButton>
  );
}

export function CloseButton({ onPress }: { onPress: () => void }): ReactElement {
  return <IconButton icon="close" label={messages.close} onPress={onPress} />;
}

interface DeviceButtonProps {
  on: boolean;
  device: 'camera' | 'microphone';
  onChange: (on: boolean) => void;
  isDisabled?: boolean;
}

/** Pressed means that the device is on. Its name stays the same: "Mute, pressed" would say both. */
export function DeviceButton({ on, device, onChange, isDisabled = false }: DeviceButtonProps): ReactElement {
  const icons: IconName[] = device === 'camera' ? ['cameraOff', 'camera'] : ['microphoneOff', 'microphone'];
  return (
    <ToggleButton
      className="cs-device-button"
      data-testid={`toggle-${device}`}
      isSelected={on}
      onChange={onChange}
      isDisabled={isDisabled}
      aria-label={messages.preview[device]}
    >
      <Icon name={icons[Number(on)]!} />
    </ToggleButton>
  );
}
