import { Button, messages, StatusPage } from '@costage/ui';
import type { ReactElement } from 'react';
import { useTitle } from '../lib/use_title.js';
import { navigate } from '../lib/route.js';

/** An address that leads nowhere, and the way from there. */
export function UnknownScreen(): ReactElement {
  useTitle(messages.unknown.title);
  return (
    <StatusPage alone testId="unknown-page" title={messages.unknown.title} lead={messages.unknown.lead}>
      <Button tone="primary" onPress={() => navigate('/')}>{messages.back}</Button>
    </StatusPage>
  );
}
