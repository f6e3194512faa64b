import type { CSSProperties, ReactElement } from 'react';
import { hueOf, initials } from './format.js';
import { plain } from './names.js';

export function Avatar({ userId, name, large = false }: { userId: string; name: string; large?: boolean }): ReactElement {
  const style = { '--hue': hueOf(userId) } as CSSProperties;
  return (
    <span className="cs-avatar" data-large={large || undefined} style={style} aria-hidden="true">
      {initials(plain(name))}
    </span>
  );
}
