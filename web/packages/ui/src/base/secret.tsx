import { useState, type ReactElement, type ReactNode } from 'react';
import { FieldError, Input, Label, TextField, ToggleButton } from 'react-aria-components';
import { messages } from '../words/messages.js';
import { Icon } from './icon.js';

interface Props {
  label: string;
  value: string;
  /** Left out, it can only be read. */
  onChange?: (value: string) => void;
  testId: string;
  /** Said below it, in red. */
  problem?: string | undefined;
  /** Beside it. */
  children?: ReactNode;
}

/** What nobody who looks at the screen is to read, unless it is asked for. */
export function Secret({ label, value, onChange, testId, problem, children }: Props): ReactElement {
  const [isShown, setShown] = useState(false);
  return (
    <AddressField label={label} value={value} onChange={onChange} testId={testId} type={isShown ? 'text' : 'password'} problem={problem}>
      <ToggleButton className="cs-icon-button" isSelected={isShown} onChange={setShown} aria-label={messages.egress.showKey}>
        <Icon name={isShown ? 'eyeOff' : 'eye'} />
      </ToggleButton>
      {children}
    </AddressField>
  );
}

interface AddressProps extends Omit<Props, 'onChange'> {
  onChange?: Props['onChange'] | undefined;
  type?: 'text' | 'password';
  /** Somebody has just asked for it, to put something in. */
  isNew?: boolean;
}

/** Addresses and keys run from left to right in every language. */
export function AddressField({ label, value, onChange, testId, type = 'text', isNew = false, problem, children }: AddressProps): ReactElement {
  return (
    <TextField className="cs-field" value={value} {...(onChange ? { onChange } : {})} isReadOnly={onChange === undefined} type={type} isInvalid={problem !== undefined}>
      <Label>{label}</Label>
      <span className="cs-field-row">
        <Input data-testid={testId} autoFocus={isNew} dir="ltr" autoComplete="off" spellCheck={false} />
        {children}
      </span>
      {problem !== undefined && <FieldError className="cs-field-problem">{problem}</FieldError>}
    </TextField>
  );
}
