import { describe, expect, it } from 'vitest';
import { createClient } from './client.js';
import { sampleSeat } from './testing/samples.js';

interface Request {
  what: string;
  body: unknown;
}

/** A room whose stage has this lease on it, and what it is asked for. */
function roomWith(leaseId: string | undefined): { requests: Request[]; client: ReturnType<typeof createClient> } {
  const requests: Request[] = [];
  const answers: Record<string, unknown> = {
    'GET /v1/rooms/r/stage': { roomId: 'r', seats: leaseId === undefined ? [] : [sampleSeat({ leaseId })] },
    'POST /v1/rooms/r/broadcaster': { coHostUrl: 'ws://127.0.0.1:1', coHostToken: 't', leaseId, epoch: 1 },
  };
  const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const what = `${init?.method} ${new URL(String(url)).pathname}`;
    requests.push({ what, body: init?.body === undefined ? undefined : JSON.parse(String(init.body)) });
    return new Response(JSON.stringify(answers[what] ?? { code: 'not_found' }), { status: what in answers ? 200 : 404 });
  };
  return { requests, client: createClient({ url: 'http://server', token: 'tok', fetch: fetch as typeof globalThis.fetch }) };
}

describe('media access', () => {
  it('is asked for anew, or for one lease only', async () => {
    const { requests, client } = roomWith('lease_1');
    await client.getBroadcasterData('r');
    await client.getBroadcasterData('r', { leaseId: 'lease_1' });
    expect(requests.map(({ body }) => body)).toEqual([undefined, { leaseId: 'lease_1' }]);
  });

  it.each([undefined, 'lease_2'])('is not asked for when the seat was given back and the stage has %s', async (leaseId) => {
    const { requests, client } = roomWith(leaseId);
    await client.room('r').media().resume('lease_1');
    expect(client.room('r').media().getSnapshot()).toMatchObject({ mode: 'none', ended: 'seatLost', error: { code: 'seat_lost' } });
    expect(requests.map(({ what }) => what)).toEqual(['GET /v1/rooms/r/stage']);
  });
});
