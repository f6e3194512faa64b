import type { ReactElement, ReactNode } from 'react';

/** A page that says one thing. */
export function StatusPage({ title, lead, children, testId }: { title: string; lead?: string; children?: ReactNode; testId?: string }): ReactElement {
  return (
    <section className="status-page" data-testid={testId}>
      <h2>{title}</h2>
      {lead && <p>{lead}</p>}
      {children}
    </section>
  );
}
