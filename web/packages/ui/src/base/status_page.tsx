import type { ReactElement, ReactNode } from 'react';
import { focusHome } from './focus_keeper.js';

interface Props {
  title: string;
  lead?: string;
  children?: ReactNode;
  testId?: string;
  /** Nothing else is on the page, so this is its first heading. */
  alone?: boolean;
}

/** A page that says one thing. */
export function StatusPage({ title, lead, children, testId, alone = false }: Props): ReactElement {
  const Heading = alone ? 'h1' : 'h2';
  return (
    <section className="cs-status-page" data-testid={testId}>
      <Heading {...focusHome}>{title}</Heading>
      {lead && <p>{lead}</p>}
      {children}
    </section>
  );
}
