import type { ReactElement } from 'react';
import { FieldError, Input, Label, ListBox, ListBoxItem, Popover, SearchField, Select, SelectValue, TextField, Button } from 'react-aria-components';
import { Icon } from './icon.js';

interface TextProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  testId: string;
  maxLength?: number;
  autoFocus?: boolean;
}

export function Text({ label, testId, placeholder, ...rest }: TextProps): ReactElement {
  return (
    <TextField className="field" {...rest}>
      <Label>{label}</Label>
      <Input data-testid={testId} placeholder={placeholder} autoComplete="off" />
      <FieldError />
    </TextField>
  );
}

export function Search({ label, value, onChange, testId }: TextProps): ReactElement {
  return (
    <SearchField className="search" aria-label={label} value={value} onChange={onChange}>
      <Icon name="search" />
      <Input data-testid={testId} placeholder={label} autoComplete="off" />
    </SearchField>
  );
}

interface ChoiceProps {
  label: string;
  options: { id: string; name: string }[];
  value: string | undefined;
  onChange: (id: string) => void;
}

export function Choice({ label, options, value, onChange }: ChoiceProps): ReactElement | null {
  if (options.length === 0) return null;
  return (
    <Select className="field" value={value ?? null} onChange={(key) => key !== null && onChange(String(key))} placeholder="–">
      <Label>{label}</Label>
      <Button className="select-button">
        <SelectValue />
        <Icon name="chevron" />
      </Button>
      <Popover className="popover">
        <ListBox items={options} className="list-box">
          {(option) => <ListBoxItem className="list-box-item">{option.name}</ListBoxItem>}
        </ListBox>
      </Popover>
    </Select>
  );
}
