// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleInvitation, sampleMessage, sampleRoom, sampleSeat, sampleState } from '../../sdk/src/testing/samples.js';
import { useClient } from './provider.js';
import { World } from './testing/world.js';
import { useChat } from './use_chat.js';
import { useJourney } from './use_journey.js';
import { useCountdown } from './use_now.js';
import { useInvitations } from './use_people.js';
import { useMyInvitations, useRoom, useRooms, useStage } from './use_room.js';

let world: World;

beforeEach(async () => {
  world = await World.start();
});
afterEach(async () => {
  cleanup();
  await world.stop();
});

const welcomed = (): string[] => world.server.received.map((message) => `${String(message['type'])} ${String(message['topic'])}`);

async function answer(state: object, topic: string): Promise<void> {
  const asked = await world.server.next('subscribe');
  expect(asked['topic']).toBe(topic);
  world.server.send({ id: asked['id'], type: 'snapshot', topic, epoch: 'e1', seq: 1, state });
}

describe('useRoom', () => {
  function Title(): string {
    const { data, loading } = useRoom('room_1');
    return loading ? 'loading' : (data?.room.title ?? 'none');
  }

  it('subscribes once, also where React does everything twice, and ends with the last that uses it', async () => {
    const { unmount } = render(<><Title /><Title /></>, { wrapper: world.Around });
    await answer(sampleState({ room: sampleRoom({ title: 'Pots' }) }), 'room/room_1');
    expect(await screen.findByText('PotsPots')).toBeTruthy();
    expect(welcomed()).toEqual([]);
    unmount();
    expect((await world.server.next('unsubscribe'))['topic']).toBe('room/room_1');
  });
});

describe('lists', () => {
  it('keep their place over renders whose filter says the same, and change with it', async () => {
    function Titles({ limit }: { limit: number }): string {
      return useRooms({ status: ['live'], sortBy: 'firstCreated', limit }).data.map((room) => room.title).join();
    }
    const rooms = ['a', 'b', 'c'].map((title, at) => sampleRoom({ roomId: title, title, status: at === 1 ? 'idle' : 'live' }));
    const { rerender } = render(<Titles limit={5} />, { wrapper: world.Around });
    await answer({ rooms }, 'rooms');
    await screen.findByText('a,c');
    rerender(<Titles limit={5} />);
    rerender(<Titles limit={1} />);
    await screen.findByText('a');
    expect(welcomed()).toEqual([]);
  });

  it('show invitations with their verbs, mine and those of a room', async () => {
    function Mine(): string {
      return useMyInvitations().data.map((one) => `${one.roomTitle} ${typeof one.accept}`).join();
    }
    const { unmount } = render(<Mine />, { wrapper: world.Around });
    await answer({ user: {}, invitations: [sampleInvitation()] }, 'me');
    await screen.findByText('Pottery live function');
    unmount();
    await world.server.next('unsubscribe');
    function Sent(): string {
      return useInvitations(useClient().room('room_1'), { status: 'pending' }).data.map((one) => one.inviteeName).join();
    }
    render(<Sent />, { wrapper: world.Around });
    await answer(sampleState({ invitations: [sampleInvitation(), sampleInvitation({ invitationId: 'inv_2', inviteeId: 'dora', inviteeName: 'Dora', status: 'rejected' })] }), 'room/room_1');
    await screen.findByText('Carl');
  });
});

describe('useStage', () => {
  it('knows my own seat', async () => {
    function Seats(): string {
      const { seats, seat, media } = useStage(useClient().room('room_1'));
      return `${seats.map((one) => one.userId).join()} me:${seat?.role ?? 'none'} ${media.mode}`;
    }
    render(<Seats />, { wrapper: world.Around });
    const seats = [sampleSeat({ userId: 'hana', role: 'host' }), sampleSeat({ userId: 'carl', role: 'coHost' })];
    const state = sampleState();
    await answer({ ...state, stage: { ...state.stage, seats } }, 'room/room_1');
    await screen.findByText('hana,carl me:coHost none');
  });
});

describe('useChat', () => {
  it('shows what is written', async () => {
    function Chat(): string {
      return useChat(useClient().room('room_1')).data.messages.map((one) => one.text).join();
    }
    render(<Chat />, { wrapper: world.Around });
    const asked = await world.server.next('subscribe');
    expect(asked['topic']).toBe('chat/room_1');
    const settings = { mode: 'everyone', slowModeSeconds: 0, minWatchedMinutes: 0 };
    world.server.send({ id: asked['id'], type: 'snapshot', topic: 'chat/room_1', epoch: 'e1', seq: 1, state: { roomId: 'room_1', messages: [sampleMessage({ text: 'Hello' })], settings, reactions: {}, hasMore: false } });
    await screen.findByText('Hello');
  });
});

describe('useJourney', () => {
  it('tells where I am, and what is to be said in passing', async () => {
    const notices: string[] = [];
    function Where(): string {
      const { now } = useJourney(useClient().room('room_1'), { onNotice: (notice) => notices.push(notice.says) });
      return now.name;
    }
    render(<Where />, { wrapper: world.Around });
    await answer(sampleState({ invitations: [sampleInvitation()] }), 'room/room_1');
    await screen.findByText('invited');
    const event = { seq: 2, type: 'invitation.cancelled', at: '2026-11-21T10:00:01.000Z', roomId: 'room_1', data: { invitation: sampleInvitation({ status: 'cancelled' }) } };
    world.server.send({ type: 'event', topic: 'room/room_1', epoch: 'e1', event });
    await screen.findByText('watching');
    expect(notices).toEqual(['invitationCancelled']);
  });
});

describe('useCountdown', () => {
  it('counts whole seconds of the server down to 0', async () => {
    function Left({ until }: { until: number | undefined }): string {
      return `${useCountdown(until)} left`;
    }
    const { rerender } = render(<Left until={undefined} />, { wrapper: world.Around });
    await screen.findByText('0 left');
    await act(async () => rerender(<Left until={world.client.clock.now() + 60_000} />));
    await screen.findByText(/^(60|59) left$/);
    await act(async () => rerender(<Left until={world.client.clock.now() - 5_000} />));
    await screen.findByText('0 left');
  });
});
