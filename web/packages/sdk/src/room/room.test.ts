import { expect, it } from 'vitest';
import { createClient, type Client } from '../client.js';

/** A server where this lease holds a seat, and the bodies of what it is asked for. */
function serverWith(held: string): { bodies: unknown[]; client: Client } {
  const bodies: unknown[] = [];
  const fetch = async (_url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const body = init?.body === undefined ? undefined : (JSON.parse(String(init.body)) as { leaseId: string });
    bodies.push(body);
    if (body && body.leaseId !== held) return new Response(JSON.stringify({ code: 'seat_lost', detail: 'Gone.' }), { status: 409 });
    return new Response(JSON.stringify({ coHostUrl: 'ws://127.0.0.1:1', coHostToken: 't', leaseId: held, epoch: 1 }));
  };
  return { bodies, client: createClient({ url: 'http://server', token: 'tok', fetch: fetch as typeof globalThis.fetch }) };
}

it('asks for media access anew, or for that of one lease only', async () => {
  const { bodies, client } = serverWith('lease_1');
  await client.getBroadcasterData('r');
  await client.getBroadcasterData('r', { leaseId: 'lease_1' });
  expect(bodies).toEqual([undefined, { leaseId: 'lease_1' }]);
});

it('asks for the seat that it resumes and for no other, and takes a no for an answer', async () => {
  const { bodies, client } = serverWith('lease_2');
  const media = client.room('r').media;
  await media.resume('lease_1');
  expect(media.getSnapshot()).toMatchObject({ mode: 'none', ended: 'seatLost', error: { code: 'seat_lost' } });
  expect(bodies).toEqual([{ leaseId: 'lease_1' }]);
});

it('asks for the run of show, and sets all of it', async () => {
  const asked: unknown[] = [];
  const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    asked.push([init?.method ?? 'GET', new URL(String(url)).pathname, init?.body === undefined ? undefined : JSON.parse(String(init.body))]);
    return new Response(JSON.stringify({ items: [] }));
  };
  const room = createClient({ url: 'http://server', token: 'tok', fetch: fetch as typeof globalThis.fetch }).room('r');
  expect(await room.stage.getRunOfShow()).toEqual({ items: [] });
  await room.stage.setRunOfShow({ items: [{ title: 'Welcome' }], current: 0 });
  expect(asked).toEqual([
    ['GET', '/v1/rooms/r/run-of-show', undefined],
    ['PUT', '/v1/rooms/r/run-of-show', { items: [{ title: 'Welcome' }], current: 0 }],
  ]);
});

it('has the data of a room that was just made, and learns what answers say', async () => {
  const answers = [{ roomId: 'r', title: 'Pottery' }, { roomId: 'r', title: 'Pottery and glass' }];
  const fetch = async (): Promise<Response> => new Response(JSON.stringify(answers.shift()));
  const client = createClient({ url: 'http://server', token: 'tok', fetch: fetch as typeof globalThis.fetch });
  expect(client.room('other').data).toBeUndefined();
  const room = await client.rooms.create({ title: 'Pottery' });
  expect([room.roomId, room.data.title]).toEqual(['r', 'Pottery']);
  await room.update({ title: 'Pottery and glass' });
  expect(client.room('r').data?.title).toBe('Pottery and glass');
});

it('gives one page of what a collection shows live', async () => {
  const asked: string[] = [];
  const fetch = async (url: string | URL | Request): Promise<Response> => {
    asked.push(String(url).replace('http://server/v1', ''));
    return new Response(JSON.stringify({ items: [] }));
  };
  const client = createClient({ url: 'http://server', token: 'tok', fetch: fetch as typeof globalThis.fetch });
  const room = client.room('r');
  await client.rooms.fetch({ status: ['ended'], limit: 5 });
  await client.invitations.fetch({ cursor: 'c' });
  await client.blocks.fetch();
  await room.invitations.fetch({ status: 'expired' });
  await room.requests.fetch({ limit: 1 });
  expect(asked).toEqual(['/rooms?status=ended&limit=5', '/me/invitations?cursor=c', '/me/blocks', '/rooms/r/invitations?status=expired', '/rooms/r/requests?limit=1']);
});
