import { messages } from '@costage/ui';
import type { ReactElement } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface Props {
  tags: string[];
  value: string | undefined;
  onChange: (tag: string | undefined) => void;
}

/** Narrows a list of shows to one tag; choosing it again shows all. */
export function TagFilter({ tags, value, onChange }: Props): ReactElement | null {
  if (tags.length === 0) return null;
  return (
    <ToggleButtonGroup
      className="cs-tags"
      aria-label={messages.home.filter}
      selectionMode="single"
      selectedKeys={value === undefined ? [] : [value]}
      onSelectionChange={(keys) => onChange([...keys].map(String)[0])}
    >
      {tags.map((tag) => (
        <ToggleButton key={tag} id={tag} className="cs-tag" data-testid={`tag-${tag}`}>
          {tag}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
