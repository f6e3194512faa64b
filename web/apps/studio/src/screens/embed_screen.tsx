import { useClient, useLive, useUser } from '@costage/react';
import { CoHostedShow } from '@costage/ui';
import type { RoomHandle } from '@costage/sdk';
import { useEffect, useRef, type ReactElement } from 'react';
import { tellPage } from '../lib/embedding.js';
import { eventsBetween, seenBy, type Seen } from '../lib/show_events.js';

/** The show alone, in a frame of another page, which is told what happens. */
export function EmbedScreen({ roomId }: { roomId: string }): ReactElement {
  const room = useClient().room(roomId);
  useToldEvents(room);
  useToldAccess(roomId);
  return <CoHostedShow roomId={roomId} />;
}

function useToldEvents(room: RoomHandle): void {
  const { roomId } = room;
  const { userId } = useUser();
  const { data, error } = useLive(room);
  const before = useRef<Seen>(undefined);
  useEffect(() => {
    if (!data) return;
    const now = seenBy(userId, data);
    for (const event of eventsBetween(before.current, now, roomId)) tellPage({ costage: 'event', event });
    before.current = now;
  }, [data, userId, roomId]);
  const { code, message } = error ?? {};
  useEffect(() => {
    if (code !== undefined && message !== undefined) tellPage({ costage: 'event', event: { type: 'failed', roomId, code, message } });
  }, [code, message, roomId]);
}

function useToldAccess(roomId: string): void {
  const { phase, expiresAt } = useLive(useClient().access);
  const isShort = phase !== 'valid';
  useEffect(() => {
    if (isShort) tellPage({ costage: 'event', event: { type: 'tokenexpiring', roomId, expiresAt } });
  }, [isShort, expiresAt, roomId]);
}
