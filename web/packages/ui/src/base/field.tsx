import type { ReactElement, Ref } from 'react';
import { Checkbox, FieldError, Input, Label, SearchField, Switch, Text as Description, TextField } from 'react-aria-components';
import { plain } from './names.js';
import { messages } from '../words/messages.js';
import { Icon } from './icon.js';

interface TextProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  testId: string;
  maxLength?: number;
  type?: 'text' | 'datetime-local';
  /** Of the input. */
  id?: string;
  autoFocus?: boolean;
  onBlur?: () => void;
  /** Said with the label by screen readers. */
  description?: string;
  isInvalid?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

export function Text({ label, testId, placeholder, description, inputRef, ...rest }: TextProps): ReactElement {
  return (
    <TextField className="cs-field" {...rest}>
      <Label>{label}</Label>
      <Input ref={inputRef} data-testid={testId} placeholder={placeholder} autoComplete="off" />
      {description && (
        <Description slot="description" className="cs-hint">
          {description}
        </Description>
      )}
      <FieldError />
    </TextField>
  );
}

export function Search({ label, value, onChange, testId }: TextProps): ReactElement {
  return (
    <SearchField className="cs-search" aria-label={label} value={value} onChange={onChange}>
      <Icon name="search" />
      <Input data-testid={testId} placeholder={label} autoComplete="off" />
    </SearchField>
  );
}

interface ToggleProps {
  label: string;
  isOn: boolean;
  onChange: (on: boolean) => void;
  /** Does not change now, and keeps the focus. */
  isBusy?: boolean;
  testId: string;
}

export function Toggle({ label, isOn, isBusy = false, testId, ...rest }: ToggleProps): ReactElement {
  return (
    <Switch className="cs-toggle" isSelected={isOn} isReadOnly={isBusy} data-testid={testId} {...rest}>
      <span className="cs-toggle-track" />
      {label}
    </Switch>
  );
}

interface CheckProps {
  /** Within a CheckboxGroup. */
  value: string;
  label: string;
  isDisabled: boolean;
  describedBy?: string | undefined;
  testId: string;
}

/** A box to tick beside what it is about; its label is for screen readers. */
export function Check({ value, label, isDisabled, describedBy, testId }: CheckProps): ReactElement {
  return (
    <Checkbox className="cs-check" value={value} aria-label={label} isDisabled={isDisabled} {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })} data-testid={testId}>
      <span className="cs-check-box">
        <Icon name="check" />
      </span>
    </Checkbox>
  );
}

interface ChoiceProps {
  label: string;
  options: { id: string; name: string }[];
  value: string | undefined;
  onChange: (id: string) => void;
  isDisabled?: boolean;
  testId?: string;
}

/** The system's own list: at home on phones, with the keyboard and with screen readers, at no cost. */
export function Choice({ label, options, value, onChange, isDisabled = false, testId }: ChoiceProps): ReactElement | null {
  if (options.length === 0) return null;
  // A list without its value would show the first as chosen, and that one could then not be chosen.
  const known = options.some((option) => option.id === value);
  return (
    <label className="cs-field">
      {label}
      <span className="cs-select">
        <select value={known ? value : ''} onChange={(event) => onChange(event.target.value)} disabled={isDisabled} data-testid={testId}>
          {!known && (
            <option value="" disabled>
              {messages.choose}
            </option>
          )}
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {plain(option.name)}
            </option>
          ))}
        </select>
        <Icon name="chevron" />
      </span>
    </label>
  );
}
