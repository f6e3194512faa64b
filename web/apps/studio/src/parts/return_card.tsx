import { useSession } from '@costage/react';
import type { Room } from '@costage/sdk';
import { Button, messages, useHeldSeat } from '@costage/ui';
import type { ReactElement } from 'react';
import { navigate, roomPath } from '../lib/route.js';

/** The way back to the stage for who has left the page: the host of a show that runs, or a co-host whose place is kept. */
export function ReturnCard({ rooms }: { rooms: readonly Room[] }): ReactElement | null {
  const { client, user } = useSession();
  const mine = rooms.find((room) => room.hostId === user.userId && room.status !== 'idle');
  const seat = useHeldSeat(client, user.userId);
  if (mine) return <Card roomId={mine.roomId} words={messages.returning.host} title={mine.title} />;
  if (seat) return <Card roomId={seat.roomId} words={messages.returning.coHost} title={seat.title} />;
  return null;
}

interface CardProps {
  roomId: string;
  title: string;
  words: { title: string; lead: (values: { title: string }) => string; go: string };
}

function Card({ roomId, title, words }: CardProps): ReactElement {
  return (
    <section className="cs-card cs-return" aria-labelledby="return-title" data-testid="return-card">
      <div role="status">
        <h2 id="return-title">{words.title}</h2>
        <p>{words.lead({ title })}</p>
      </div>
      <Button tone="primary" onPress={() => navigate(roomPath(roomId))} data-testid="return-to-show">
        {words.go}
      </Button>
    </section>
  );
}
