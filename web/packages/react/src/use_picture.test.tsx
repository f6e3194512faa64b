// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import type { Room } from '@costage/sdk';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sampleRoom } from '../../sdk/src/testing/samples.js';
import { World } from './testing/world.js';
import { usePicture } from './use_picture.js';

let world: World;
/** The addresses that are good now. */
let addresses: string[];

beforeEach(async () => {
  world = await World.start();
  addresses = [];
  let made = 0;
  URL.createObjectURL = () => {
    addresses.push(`blob:${++made}`);
    return addresses.at(-1)!;
  };
  URL.revokeObjectURL = (address) => void (addresses = addresses.filter((one) => one !== address));
});
afterEach(async () => {
  cleanup();
  await world.stop();
});

const Picture = ({ room }: { room: Room }): string => usePicture(room) ?? 'none';
const asked = (): number => world.asked.filter((path) => path === '/v1/rooms/room_1/picture').length;
const picture = (): Response => new Response('bytes', { headers: { 'Content-Type': 'image/jpeg' } });

function answers(take: () => Response): void {
  const { answer } = world;
  world.answer = (path) => (path.endsWith('/picture') ? take() : answer(path));
}

it('is asked for where there may be one, and anew with another cover; no address outlives its use', async () => {
  answers(picture);
  const idle = sampleRoom({ roomId: 'room_1', status: 'idle', liveAt: undefined });
  const { rerender, unmount } = render(<Picture room={idle} />, { wrapper: world.Around });
  await screen.findByText('none');
  expect(asked()).toBe(0);
  rerender(<Picture room={{ ...idle, coverAt: '2026-12-01T10:00:00.000Z' }} />);
  const first = (await screen.findByText(/^blob:/)).textContent;
  rerender(<Picture room={{ ...idle, coverAt: '2026-12-01T11:00:00.000Z' }} />);
  await vi.waitFor(() => expect(screen.getByText(/^blob:/).textContent).not.toBe(first));
  expect(addresses).toHaveLength(1);
  unmount();
  expect(addresses).toEqual([]);
});

it('of a live show without one yet is asked for again', async () => {
  let there = false;
  answers(() => (there ? picture() : new Response(null, { status: 204 })));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  try {
    render(<Picture room={sampleRoom({ roomId: 'room_1', status: 'live', liveAt: '2026-12-01T10:00:00.000Z' })} />, { wrapper: world.Around });
    await vi.waitFor(() => expect(asked()).toBeGreaterThan(0));
    there = true;
    await vi.advanceTimersByTimeAsync(6_000);
    await screen.findByText(/^blob:/);
  } finally {
    vi.useRealTimers();
  }
});
