import { useLive, useOnline, useServerAway, useSession } from '@costage/react';
import { useEffect, useRef, type ReactElement } from 'react';
import { notify, settle } from '../base/notices.js';
import { messages } from '../words/messages.js';
import { Button } from '../base/button.js';

/** Says when the server is away, and when it is back. */
export function ConnectionBanner(): ReactElement | null {
  const { client } = useSession();
  const { phase } = useLive(client.connection);
  const online = useOnline();
  const away = useServerAway();
  const wasAway = useRef(false);
  useEffect(() => {
    if (away) settle('connection');
    else if (wasAway.current && phase === 'open') notify(messages.connection.back, { about: 'connection' });
    wasAway.current = away;
  }, [away, phase]);
  if (!away) return null;
  return (
    <div className="cs-connection-banner" role="status" data-testid="connection-banner">
      <span>{online ? messages.connection.reconnecting : messages.connection.offline}</span>
      {online && (
        <Button small onPress={() => client.reconnect()}>
          {messages.connection.now}
        </Button>
      )}
    </div>
  );
}
