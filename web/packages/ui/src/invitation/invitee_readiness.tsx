import { useLive } from '@costage/react';
import { createPreview, createReadiness, type RoomHandle } from '@costage/sdk';
import { useEffect, useState, type ReactElement } from 'react';
import { messages, wordsForConnection } from '../words/messages.js';
import { Button } from '../base/button.js';
import { PreviewCard } from '../green_room/preview_card.js';

/**
 * Before somebody answers an invitation: their connection is looked at by itself, which nobody notices; camera and microphone only
 * when they ask for it, since the browser asks them then. The host sees what was found beside the invitation.
 */
export function InviteeReadiness({ room }: { room: RoomHandle }): ReactElement {
  const [preview] = useState(createPreview);
  const [readiness] = useState(() => createReadiness(room, preview));
  const { connection } = useLive(readiness);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    void readiness.check();
    return () => readiness.abort();
  }, [readiness]);
  if (isOpen) return <PreviewCard preview={preview} room={room} readiness={readiness} />;
  return (
    <div className="cs-invitee-readiness">
      <p className="cs-hint" aria-live="polite" data-testid="invited-connection" data-state={connection.result?.grade ?? connection.phase}>
        {wordsForConnection(connection)}
      </p>
      <Button small icon="camera" onPress={() => setOpen(true)} data-testid="check-devices">
        {messages.readiness.checkDevices}
      </Button>
    </div>
  );
}
