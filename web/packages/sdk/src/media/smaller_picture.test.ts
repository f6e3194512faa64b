import type { Room } from 'livekit-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { kSteadyAfterMs } from './drop_watch.js';
import { SmallerPicture, smallerLayer, type Layer } from './smaller_picture.js';

describe('a layer of a smaller picture', () => {
  it.each<[string, Layer, number, number, Layer]>([
    ['of 720p is 360p', { scaleResolutionDownBy: 1, maxBitrate: 1_700_000 }, 0, 720, { scaleResolutionDownBy: 2, maxBitrate: 450_000 }],
    ['below that is smaller by as much', { scaleResolutionDownBy: 2, maxBitrate: 450_000 }, 1, 720, { scaleResolutionDownBy: 4, maxBitrate: 112_500 }],
    ['that is small already stays', { scaleResolutionDownBy: 1, maxBitrate: 160_000 }, 0, 180, { scaleResolutionDownBy: 1, maxBitrate: 160_000 }],
    ['of 480p is 360p too', { maxBitrate: 500_000 }, 0, 480, { scaleResolutionDownBy: 480 / 360, maxBitrate: 450_000 }],
  ])('%s', (_what, layer, fromTop, shortSide, expected) => {
    expect(smallerLayer(layer, fromTop, shortSide)).toEqual(expected);
  });
});

const kFull = [
  { rid: 'q', active: true, scaleResolutionDownBy: 4, maxBitrate: 160_000 },
  { rid: 'h', active: true, scaleResolutionDownBy: 2, maxBitrate: 450_000 },
  { rid: 'f', active: true, scaleResolutionDownBy: 1, maxBitrate: 1_700_000 },
];

function fakeSender() {
  const sender = {
    encodings: structuredClone(kFull),
    fails: false,
    getParameters: () => ({ encodings: structuredClone(sender.encodings) }),
    setParameters: async ({ encodings }: { encodings: typeof kFull }) => {
      if (sender.fails) throw new DOMException('', 'InvalidStateError');
      sender.encodings = encodings;
    },
  };
  return sender;
}

let sender: ReturnType<typeof fakeSender>;
let lowered: boolean[];
let picture: SmallerPicture;
const scales = () => sender.encodings.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy);
const lose = (times: number) => Array.from({ length: times }).forEach(() => picture.lost());

beforeEach(() => {
  vi.useFakeTimers();
  sender = fakeSender();
  lowered = [];
  const mediaStreamTrack = { getSettings: () => ({ width: 1280, height: 720 }) };
  const room = { localParticipant: { getTrackPublication: () => ({ track: { sender, mediaStreamTrack } }) } } as unknown as Room;
  const livekit = { Track: { Source: { Camera: 'camera' } } } as unknown as typeof import('livekit-client');
  picture = new SmallerPicture({ room: () => room, livekit: () => livekit, onChange: (one) => lowered.push(one) });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the picture', () => {
  it('is full until the third loss, then smaller, and full again after five minutes without one', async () => {
    lose(2);
    await vi.advanceTimersByTimeAsync(0);
    expect([scales(), lowered.at(-1)]).toEqual([[4, 2, 1], false]);
    lose(1);
    await vi.advanceTimersByTimeAsync(kSteadyAfterMs - 1);
    expect([scales(), lowered.at(-1)]).toEqual([[8, 4, 2], true]);
    await vi.advanceTimersByTimeAsync(1);
    expect([sender.encodings, lowered.at(-1)]).toEqual([kFull, false]);
  });

  it('stays smaller as long as losses go on', async () => {
    lose(3);
    await vi.advanceTimersByTimeAsync(kSteadyAfterMs - 1);
    lose(1);
    await vi.advanceTimersByTimeAsync(kSteadyAfterMs - 1);
    expect(lowered.at(-1)).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(lowered.at(-1)).toBe(false);
  });

  it('is full again at once when its owner wants so, and counts anew', async () => {
    lose(3);
    await vi.advanceTimersByTimeAsync(0);
    picture.forget();
    await vi.advanceTimersByTimeAsync(0);
    expect([sender.encodings, lowered.at(-1), vi.getTimerCount()]).toEqual([kFull, false, 0]);
    lose(2);
    expect(lowered.at(-1)).toBe(false);
  });

  it('is smaller also in the next connection', async () => {
    lose(3);
    sender = fakeSender();
    const next = sender;
    picture.apply();
    await vi.advanceTimersByTimeAsync(0);
    expect(next.encodings.map(({ maxBitrate }) => maxBitrate)).toEqual([28_125, 112_500, 450_000]);
  });

  it('is made smaller later when LiveKit is changing it just now', async () => {
    sender.fails = true;
    lose(3);
    await vi.advanceTimersByTimeAsync(0);
    sender.fails = false;
    picture.apply();
    await vi.advanceTimersByTimeAsync(0);
    expect(scales()).toEqual([8, 4, 2]);
  });

  it('leaves alone what LiveKit has switched off the way Firefox needs it', async () => {
    sender.encodings[2] = { rid: 'f', active: true, scaleResolutionDownBy: 4, maxBitrate: 10 };
    lose(3);
    await vi.advanceTimersByTimeAsync(0);
    expect(sender.encodings[2]).toMatchObject({ scaleResolutionDownBy: 4, maxBitrate: 10 });
    sender.encodings[2] = { ...kFull[2]! };
    picture.apply();
    picture.forget();
    await vi.advanceTimersByTimeAsync(0);
    expect(sender.encodings).toEqual(kFull);
  });
});
