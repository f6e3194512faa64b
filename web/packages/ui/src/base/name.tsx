import type { ReactElement } from 'react';
import { plain } from './names.js';

/** A name or a title that somebody chose: whichever way it is written, what is around it stays in its order. */
export function Name({ children, className }: { children: string; className?: string }): ReactElement {
  return <bdi className={className}>{plain(children)}</bdi>;
}
