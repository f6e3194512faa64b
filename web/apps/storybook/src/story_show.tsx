import { CostageProvider } from '@costage/react';
import { CoHostedShow, ConnectionBanner, tabStorage } from '@costage/ui';
import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { fakeDevices } from './fake/pictures.js';
import { FakeServer } from './fake/server.js';
import { kRoomId, nameOf, type Show } from './fake/show.js';

export interface WorldProps {
  /** Whose page it is. */
  me: string;
  /** Made anew for each story, so that what was done in one is not in the next. */
  show: () => Show;
  goesAway?: boolean;
}

/** A page that reloads goes back into its seat by itself: so does a story of who is on stage. */
function holdSeat({ state, ingress }: Show, me: string): void {
  // With streaming software on stage, this page is not.
  const seat = ingress ? undefined : state.stage.seats.find(({ userId }) => userId === me);
  if (!seat) return tabStorage.removeItem('costage.seat');
  const { leaseId, camera, microphone } = seat;
  tabStorage.setItem('costage.seat', JSON.stringify({ roomId: kRoomId, title: state.room.title, userId: me, leaseId }));
  localStorage.setItem('costage.devices', JSON.stringify([{ leaseId, camera: camera === 'on', microphone: microphone === 'on' }]));
}

function start({ me, show, goesAway }: WorldProps): FakeServer {
  const made = show();
  holdSeat(made, me);
  fakeDevices(nameOf(me));
  return new FakeServer(made, me, goesAway);
}

/** What is inside has a client, as in an app, whose server is a fake. */
export function World({ children, ...props }: WorldProps & { children: ReactNode }): ReactElement {
  const [server] = useState(() => start(props));
  useEffect(() => () => void server.client.close(), [server]);
  return (
    <CostageProvider client={server.client} fallback="One moment…">
      <ConnectionBanner />
      {children}
    </CostageProvider>
  );
}

export function StoryShow(props: WorldProps): ReactElement {
  return (
    <World {...props}>
      <main className="story"><CoHostedShow roomId={kRoomId} link="https://live.example.org/rooms/room_pottery" /></main>
    </World>
  );
}
