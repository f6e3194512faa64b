import { beforeEach, expect, it } from 'vitest';
import { Http } from '../http.js';
import { InvitationPages } from './invitation_history.js';
import type { InvitationFilter } from './invitation.js';
import type { ServerMessage } from '../realtime.js';
import { sampleEvent, sampleInvitation, sampleState } from '../testing/samples.js';
import type { Invitation } from '../types.js';

const invitation = (minute: number, change: Partial<Invitation> = {}): Invitation =>
  sampleInvitation({ invitationId: `inv_${minute}`, status: 'expired', createdAt: `2026-11-21T10:0${minute}:00.000Z`, ...change });

/** What the server has, oldest first; two to a page. */
let stored: Invitation[];
let asked: string[];
let isListened: boolean;
let isDown: boolean;
/** What happens after a page was read and before it arrives. */
let onTheWay: () => void;
let send: (message: ServerMessage) => void;

beforeEach(() => {
  stored = [1, 2, 3, 4, 5].map((minute) => invitation(minute));
  asked = [];
  isListened = false;
  isDown = false;
  onTheWay = () => {};
});

async function answer(address: string): Promise<Response> {
  asked.push(address.replace('http://server/v1/rooms/room_1/invitations', ''));
  if (isDown) return new Response(JSON.stringify({ code: 'not_permitted', detail: 'No.' }), { status: 403 });
  const query = new URL(address).searchParams;
  const newest = [...stored].reverse().filter((one) => !query.has('status') || query.getAll('status').includes(one.status));
  const from = Number(query.get('cursor') ?? 0);
  const more = from + 2 < newest.length ? { nextCursor: String(from + 2) } : {};
  const body = JSON.stringify({ items: newest.slice(from, from + 2), ...more });
  onTheWay();
  return new Response(body);
}

function history(filter: InvitationFilter = { limit: 2 }): InvitationPages {
  const http = new Http({ url: 'http://server', fetch: ((url: string) => answer(url)) as typeof globalThis.fetch, wait: async () => {} });
  const onMessage = (listener: (message: ServerMessage) => void) => {
    isListened = true;
    send = listener;
    return () => void (isListened = false);
  };
  return new InvitationPages({ http, roomId: 'room_1', onMessage }, filter);
}

/** An open list with its first page. */
async function opened(filter?: InvitationFilter): Promise<{ list: InvitationPages; close: () => void }> {
  const list = history(filter);
  const close = list.subscribe(() => {});
  await list.loadMore();
  return { list, close };
}

const happens = (one: Invitation): void => send({ type: 'event', topic: 'room/room_1', event: sampleEvent(9, 'invitation.created', { invitation: one }) });
const ids = (list: InvitationPages): string[] => list.getSnapshot().data.items.map((one) => one.invitationId);

it('brings older ones in page by page, until there are none', async () => {
  const { list } = await opened();
  expect(ids(list)).toEqual(['inv_5', 'inv_4']);
  expect(list.getSnapshot()).toMatchObject({ data: { hasMore: true }, loading: false });
  await list.loadMore();
  await list.loadMore();
  expect(ids(list)).toEqual(['inv_5', 'inv_4', 'inv_3', 'inv_2', 'inv_1']);
  expect(list.getSnapshot().data.hasMore).toBe(false);
  await list.loadMore();
  expect(asked).toEqual(['?limit=2', '?limit=2&cursor=2', '?limit=2&cursor=4']);
});

it('asks once where it is asked twice', async () => {
  const { list } = await opened();
  await Promise.all([list.loadMore(), list.loadMore()]);
  expect(asked).toHaveLength(2);
});

it('brings in more for who asks as soon as a page is there', async () => {
  const list = history();
  await new Promise<void>((done) => {
    list.subscribe(({ data, loading }) => {
      if (loading) return;
      if (data.hasMore) void list.loadMore();
      else done();
    });
  });
  expect(ids(list)).toHaveLength(5);
});

it('follows the room: a new one, one that changes, none of a page that is not there yet', async () => {
  const { list } = await opened();
  happens(invitation(6, { status: 'pending' }));
  happens(invitation(4, { status: 'rejected' }));
  happens(invitation(1, { status: 'rejected' }));
  expect(list.getSnapshot().data.items.map((one) => [one.invitationId, one.status])).toEqual([
    ['inv_6', 'pending'], ['inv_5', 'expired'], ['inv_4', 'rejected'],
  ]);
});

it('shows those of the wanted status alone, and takes out who changes it', async () => {
  stored.push(invitation(6, { status: 'pending' }));
  const { list } = await opened({ status: 'expired', limit: 2 });
  expect(asked[0]).toBe('?status=expired&limit=2');
  happens(invitation(5, { status: 'rejected' }));
  expect(ids(list)).toEqual(['inv_4']);
});

it('does not take an older word from a page for the newest', async () => {
  const list = history();
  onTheWay = () => happens(invitation(5, { status: 'rejected' }));
  list.subscribe(() => {});
  await list.loadMore();
  expect(list.getSnapshot().data.items[0]).toMatchObject({ invitationId: 'inv_5', status: 'rejected' });
});

it('asks for all its pages again when events were missed', async () => {
  const { list } = await opened();
  await list.loadMore();
  stored.push(invitation(6));
  send({ type: 'snapshot', topic: 'room/room_1', state: sampleState() });
  await list.loadMore();
  expect(ids(list)).toEqual(['inv_6', 'inv_5', 'inv_4', 'inv_3']);
});

it('keeps what it has when asking fails, says why, and goes on from there', async () => {
  const { list } = await opened();
  isDown = true;
  await list.loadMore();
  expect(list.getSnapshot()).toMatchObject({ loading: false, error: { code: 'not_permitted' } });
  expect(ids(list)).toEqual(['inv_5', 'inv_4']);
  isDown = false;
  await list.loadMore();
  expect(list.getSnapshot().error).toBeUndefined();
  expect(ids(list)).toHaveLength(4);
});

it('listens as long as somebody looks', async () => {
  const { close } = await opened();
  expect(isListened).toBe(true);
  close();
  expect(isListened).toBe(false);
});
