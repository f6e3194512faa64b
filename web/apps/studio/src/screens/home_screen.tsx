import { useAction, useLive, useSession } from '@costage/react';
import type { Room } from '@costage/sdk';
import { Button, DiscardCard, focusHome, messages, MyInvitation, Name, plain, Planned, Problem, ShowPicture, tagsOf, Text } from '@costage/ui';
import { useMemo, useState, type FormEvent, type ReactElement } from 'react';
import { useTitle } from '../lib/use_title.js';
import { withBase } from '../lib/base.js';
import { navigate, roomPath } from '../lib/route.js';
import { ReturnCard } from '../parts/return_card.js';
import { TagFilter } from '../parts/tag_filter.js';

export function HomeScreen(): ReactElement {
  const { client } = useSession();
  const rooms = useMemo(() => client.rooms.list(), [client]);
  const { data, loading, error } = useLive(rooms);
  const [tag, setTag] = useState<string>();
  useTitle(messages.brand);
  const tags = tagsOf(data);
  // A tag whose last show has ended filters nothing.
  const chosen = tag !== undefined && tags.includes(tag) ? tag : undefined;
  const shown = data.filter((room) => chosen === undefined || room.tags.includes(chosen));
  const live = shown.filter((room) => room.status !== 'idle');
  const waiting = shown.filter((room) => room.status === 'idle' && room.scheduledAt === undefined);
  const planned = shown.filter((room) => room.status === 'idle' && room.scheduledAt !== undefined).sort(bySchedule);
  return (
    <div className="cs-home">
      <ReturnCard rooms={data} />
      <MyInvitation onAccepted={(roomId) => navigate(roomPath(roomId))} />
      <StartShow />
      <div className="cs-shows">
        {error && !error.isAuthentication && <Problem error={error} onRetry={() => client.reconnect()} />}
        {loading && data.length === 0 && <p className="cs-hint" role="status">{messages.loading}</p>}
        {!loading && !error && data.length === 0 && (
          <section className="cs-empty">
            <h2>{messages.home.emptyTitle}</h2>
            <p>{messages.home.emptyLead}</p>
          </section>
        )}
        <TagFilter tags={tags} value={chosen} onChange={setTag} />
        <RoomList title={messages.home.liveNow} rooms={live} />
        <RoomList title={messages.home.waiting} rooms={waiting} />
        <RoomList title={messages.home.planned} rooms={planned} />
      </div>
    </div>
  );
}

/** The next one first. */
const bySchedule = (a: Room, b: Room): number => Date.parse(a.scheduledAt ?? '') - Date.parse(b.scheduledAt ?? '');

function StartShow(): ReactElement {
  const { client } = useSession();
  const [title, setTitle] = useState('');
  const action = useAction();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (title.trim() === '') return;
    void action.run(async () => navigate(roomPath((await client.rooms.create({ title: title.trim() })).roomId)));
  };
  return (
    <form className="cs-card cs-start" onSubmit={submit}>
      <h1 {...focusHome}>{messages.home.startTitle}</h1>
      <p className="cs-hint">{messages.home.startLead}</p>
      <div className="cs-start-row">
        <Text label={messages.home.titleLabel} placeholder={messages.home.titlePlaceholder} value={title} onChange={setTitle} testId="start-title" maxLength={120} />
        <Button type="submit" tone="primary" isDisabled={action.busy || title.trim() === ''} data-testid="start-show">
          {action.busy ? messages.home.starting : messages.home.start}
        </Button>
      </div>
      <Problem error={action.error} />
    </form>
  );
}

function RoomList({ title, rooms }: { title: string; rooms: Room[] }): ReactElement | null {
  if (rooms.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="cs-room-cards">
        {rooms.map((room) => (
          <RoomCard key={room.roomId} room={room} />
        ))}
      </ul>
    </section>
  );
}

function RoomCard({ room }: { room: Room }): ReactElement {
  const { user } = useSession();
  const path = roomPath(room.roomId);
  return (
    <li className="cs-room-card" data-testid={`room-card-${room.roomId}`} data-status={room.status}>
      <a
        href={withBase(path)}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          navigate(path);
        }}
      >
        <ShowPicture room={room} />
        <span className="cs-room-card-text">
          <strong title={plain(room.title)}>
            <Name>{room.title}</Name>
          </strong>
          <span>{messages.home.hostedBy({ name: room.hostName })}</span>
          <Planned room={room} />
          {room.tags.length > 0 && <span className="cs-room-card-tags">{room.tags.join(' · ')}</span>}
        </span>
        <span className="cs-status-badge" data-status={room.status}>{messages.status[room.status]}</span>
        <span className="cs-room-card-go">{room.hostId === user.userId ? messages.home.open : messages.home.watch}</span>
      </a>
      {room.status === 'idle' && room.hostId === user.userId && <DiscardCard room={room} />}
    </li>
  );
}
