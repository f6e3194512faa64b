import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { RoomView } from '../room/reducer.js';
import { fakeLiveKit, type FakeRoom } from '../testing/fake_livekit.js';
import { DeviceMemory } from './device_memory.js';
import { MediaEngine } from './engine.js';
import { StageMedia } from './media.js';

let rooms: FakeRoom[];
let media: StageMedia;
let node: string;
let asked: string[];
let tell: (mediaEpoch: number | undefined) => void;

beforeEach(() => {
  vi.useFakeTimers();
  const fake = fakeLiveKit();
  rooms = fake.rooms;
  node = 'ws://a';
  asked = [];
  let told: number | undefined = 1;
  const taps: (() => void)[] = [];
  tell = (mediaEpoch) => {
    told = mediaEpoch;
    taps.forEach((tap) => tap());
  };
  const seat = async (token: string) => ({ coHostUrl: node, coHostToken: token, leaseId: 'l', epoch: 1 });
  const credentials = {
    viewer: async () => (asked.push('viewer'), { url: node, token: 'watch' }),
    broadcaster: () => seat('stage'),
    reclaim: (leaseId: string) => (asked.push(leaseId), seat('stage again')),
    feed: {
      getSnapshot: () => ({ data: { state: { room: { mediaEpoch: told } } } as unknown as RoomView }),
      tap: (listener: () => void) => (taps.push(listener), () => {}),
    },
  };
  media = new StageMedia(credentials, async (parts) => new MediaEngine(await fake.load(), parts, new DeviceMemory(() => ({ getItem: () => null, setItem: () => {} }))));
});

afterEach(() => {
  vi.useRealTimers();
});

it('who watches goes on seeing the old node until they see the new one', async () => {
  await media.watch();
  const phases: string[] = [];
  media.subscribe(({ phase }) => phases.push(phase));
  node = 'ws://b';
  tell(2);
  await vi.runAllTimersAsync();
  expect(rooms.map(({ connectedWith }) => connectedWith![0])).toEqual(['ws://a', 'ws://b']);
  expect(phases.every((phase) => phase === 'connected')).toBe(true);
  expect(rooms[0]!.disconnects).toBe(1);
});

it('who is on stage goes on in the same seat with the same devices', async () => {
  await media.goOnStage({ camera: true, microphone: true });
  await media.setCamera(false);
  node = 'ws://b';
  tell(2);
  await vi.runAllTimersAsync();
  expect(asked).toEqual(['l']);
  expect(rooms[1]!.connectedWith).toEqual(['ws://b', 'stage again']);
  expect(rooms[1]!.devices).toEqual({ microphone: true });
  expect(media.getSnapshot()).toMatchObject({ mode: 'stage', phase: 'connected' });
});

it('who is with that node already stays connected', async () => {
  node = 'ws://b';
  await media.watch();
  tell(2);
  await vi.runAllTimersAsync();
  expect(rooms).toHaveLength(1);
});

it('the first node that carries a show, and anything else that is told of it, moves nobody', async () => {
  tell(undefined);
  await media.watch();
  tell(1);
  tell(1);
  await vi.runAllTimersAsync();
  expect(asked).toEqual(['viewer']);
});

it('who is not connected is left alone', async () => {
  await media.watch();
  await media.disconnect();
  tell(2);
  await vi.runAllTimersAsync();
  expect(asked).toEqual(['viewer']);
});

it('comes from a node that died as soon as another one has the show, whatever it waited for', async () => {
  await media.watch();
  rooms[0]!.addCamera('hanna');
  rooms[0]!.state = 'reconnecting';
  rooms[0]!.emit('Reconnecting');
  node = 'ws://b';
  tell(2);
  await vi.advanceTimersByTimeAsync(1000);
  expect(media.getSnapshot()).toMatchObject({ mode: 'viewer', phase: 'connected' });
  expect(rooms[1]!.connectedWith).toEqual(['ws://b', 'watch']);
});
