import type { ReactElement } from 'react';
import { useTitle } from '../lib/hooks.js';
import { navigate } from '../lib/route.js';
import { messages } from '../messages.js';
import { Button } from '../parts/button.js';
import { StatusPage } from '../parts/status_page.js';

/** An address that leads nowhere, and the way from there. */
export function UnknownScreen(): ReactElement {
  useTitle(messages.unknown.title);
  return (
    <StatusPage alone testId="unknown-page" title={messages.unknown.title} lead={messages.unknown.lead}>
      <Button tone="primary" onPress={() => navigate('/')}>{messages.back}</Button>
    </StatusPage>
  );
}
