import { expect, it } from 'vitest';
import { createClient } from '../client.js';
import { sampleEgress } from '../testing/samples.js';
import { egresses, runningEgress } from './egresses.js';
import { ingress } from './ingress.js';
import type { RoomHandle } from './room.js';

type Asked = [method: string, path: string, body: unknown];

function roomThatAnswers(answer: unknown): { room: RoomHandle; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    asked.push([init?.method ?? 'GET', new URL(String(url)).pathname, init?.body === undefined ? undefined : JSON.parse(String(init.body))]);
    return answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer);
  };
  return { room: createClient({ url: 'http://server', token: 'tok', fetch: fetch as typeof globalThis.fetch }).room('a b'), asked };
}

it('lists, starts and stops recordings and restreams', async () => {
  const listed = { ...sampleEgress(), destinations: [] };
  const { room, asked } = roomThatAnswers({ items: [listed] });
  expect(await egresses(room).list()).toEqual([listed]);
  await egresses(room).start({ kind: 'recording' });
  await egresses(room).start({ kind: 'restream', urls: ['rtmps://live.example.org/app/key'] });
  await egresses(room).stop('EG_1/2');
  expect(asked).toEqual([
    ['GET', '/v1/rooms/a%20b/egresses', undefined],
    ['POST', '/v1/rooms/a%20b/egresses', { kind: 'recording' }],
    ['POST', '/v1/rooms/a%20b/egresses', { kind: 'restream', urls: ['rtmps://live.example.org/app/key'] }],
    ['DELETE', '/v1/rooms/a%20b/egresses/EG_1%2F2', undefined],
  ]);
});

it('asks for the own ingress, opens and closes it', async () => {
  const made = { ingressId: 'IN_1', input: 'whip', url: 'https://live.example.org/w', streamKey: 'k', state: 'waiting' };
  const { room, asked } = roomThatAnswers(made);
  expect(await ingress(room).get()).toEqual(made);
  expect(await ingress(room).open('whip')).toEqual(made);
  const closing = roomThatAnswers(undefined);
  expect(await ingress(closing.room).close()).toBeUndefined();
  expect([...asked, ...closing.asked]).toEqual([
    ['GET', '/v1/rooms/a%20b/ingress', undefined],
    ['PUT', '/v1/rooms/a%20b/ingress', { input: 'whip' }],
    ['DELETE', '/v1/rooms/a%20b/ingress', undefined],
  ]);
});

it('knows which one of a kind has not ended', () => {
  const [ended, running, other] = [sampleEgress({ state: 'complete' }), sampleEgress({ egressId: 'EG_2', state: 'ending' }), sampleEgress({ kind: 'restream' })];
  expect(runningEgress([ended, other, running], 'recording')).toBe(running);
  expect(runningEgress([ended, other], 'recording')).toBeUndefined();
});
