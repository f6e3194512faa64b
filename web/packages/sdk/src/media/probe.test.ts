import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CostageError } from '../errors.js';
import { fakeLiveKit, Reason, type FakeRoom } from '../testing/fake_livekit.js';
import { kAskedKbps, kTotalMs, probeConnection, type ProbeAccess, type ProbeOptions } from './probe.js';
import type { Noise } from './probe_noise.js';

let rooms: FakeRoom[];
let load: ReturnType<typeof fakeLiveKit>['load'];
let noises: { stops: number }[];
let onPublish: (room: FakeRoom) => void;

const access = async (): Promise<ProbeAccess> => ({ url: 'ws://media', token: 'stage probe' });

/** A browser that sends this much, from the first look on. */
function sends(kbps: number): (room: FakeRoom) => void {
  return (room) => {
    const begun = Date.now();
    room.stats = () => {
      const timestamp = Date.now();
      const out = { id: 'out', type: 'outbound-rtp', timestamp, bytesSent: 1 + ((timestamp - begun) * kbps) / 8, packetsSent: 100 };
      const way = { id: 'way', type: 'transport', timestamp, selectedCandidatePairId: 'pair' };
      const pair = { id: 'pair', type: 'candidate-pair', timestamp, availableOutgoingBitrate: kbps * 1000 };
      const back = { id: 'in', type: 'remote-inbound-rtp', timestamp, roundTripTime: 0.04, fractionLost: 0 };
      return new Map<string, object>([['out', out], ['in', back], ['way', way], ['pair', pair]]);
    };
  };
}

function probe(options: ProbeOptions = {}, from = access) {
  const noise = (): Noise => {
    const one = { stops: 0, track: {} as MediaStreamTrack, stop: () => void one.stops++ };
    noises.push(one);
    onPublish(rooms.at(-1)!);
    return one;
  };
  return probeConnection(from, { load, noise, ...options });
}

/** The result, and how long it took in the time of the test. */
async function timed<T>(work: Promise<T>): Promise<{ result: T; ms: number }> {
  const begun = Date.now();
  const ended = work.then(() => Date.now());
  ended.catch(() => {});
  await vi.runAllTimersAsync();
  return { result: await work, ms: (await ended) - begun };
}

const nothingIsLeft = (): void => {
  for (const room of rooms) expect([room.state, room.listenerCount('Disconnected')]).toEqual(['disconnected', 0]);
  for (const noise of noises) expect(noise.stops).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
};

beforeEach(() => {
  vi.useFakeTimers();
  const fake = fakeLiveKit();
  ({ rooms, load } = fake);
  noises = [];
  onPublish = sends(2000);
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a look at the connection', () => {
  it('sends for three seconds and leaves nothing behind', async () => {
    const { result, ms } = await timed(probe());
    expect(result).toMatchObject({ grade: 'good', reasons: [], roundTripMs: 40, lossRatio: 0, sendKbps: 2000 });
    expect(rooms[0]!.connectedWith).toEqual(['ws://media', 'stage probe']);
    expect(ms).toBeGreaterThanOrEqual(3000);
    expect(ms).toBeLessThan(3500);
    nothingIsLeft();
  });

  it('publishes one stream that may take what is asked for, with nothing that adapts to viewers', async () => {
    await timed(probe());
    expect(rooms[0]!.published[0]).toMatchObject({ simulcast: false, videoEncoding: { maxBitrate: kAskedKbps * 1000 } });
    expect(rooms[0]!.options).toMatchObject({ dynacast: false, adaptiveStream: false });
  });

  it('names what is too thin', async () => {
    onPublish = sends(300);
    const { result } = await timed(probe());
    expect(result).toMatchObject({ grade: 'poor', reasons: ['bandwidth'], sendKbps: 300 });
  });

  it('counts from the first packet on', async () => {
    onPublish = (room) => void setTimeout(() => sends(2000)(room), 1500);
    const { result, ms } = await timed(probe());
    expect(result.grade).toBe('good');
    expect(ms).toBeGreaterThanOrEqual(4500);
  });
});

describe('is unreachable, in time,', () => {
  const unreachable = async (work: ReturnType<typeof probe>, longest = kTotalMs): Promise<void> => {
    const { result, ms } = await timed(work);
    expect(result).toEqual({ grade: 'unreachable', reasons: ['unreachable'] });
    expect(ms).toBeLessThanOrEqual(longest);
    nothingIsLeft();
  };

  it('when the media server does not let it in', () => unreachable(probe({}, async () => ({ url: 'ws://media', token: 'refused' })), 100));

  it('when connecting does not end', () => {
    const stuck = load;
    load = async () => {
      const livekit = await stuck();
      livekit.Room.prototype.connect = () => new Promise(() => {});
      return livekit;
    };
    return unreachable(probe());
  });

  it('when nothing is ever sent', () => {
    onPublish = () => {};
    return unreachable(probe());
  });

  it('when the server of the show does not answer', () => unreachable(probe({}, () => new Promise(() => {}))));
});

it('a connection that is lost on the way is judged by what was seen', async () => {
  onPublish = (room) => {
    sends(300)(room);
    setTimeout(() => room.drop(Reason.ROOM_CLOSED), 1100);
  };
  const { result, ms } = await timed(probe());
  expect(result).toMatchObject({ grade: 'poor', sendKbps: 300 });
  expect(ms).toBeLessThan(1500);
  nothingIsLeft();
});

it('what the server refuses is thrown as it is', async () => {
  const refused = new CostageError('rate_limited', 'Later.', { status: 429 });
  await expect(probe({}, () => Promise.reject(refused))).rejects.toBe(refused);
  nothingIsLeft();
});

describe('aborting', () => {
  it('before it begins asks for nothing', async () => {
    const from = vi.fn(access);
    await expect(probe({ signal: AbortSignal.abort() }, from)).rejects.toMatchObject({ name: 'AbortError' });
    expect(from).not.toHaveBeenCalled();
  });

  it.each([0, 1, 500, 2999])('after %i ms rejects at once and leaves nothing behind', async (ms) => {
    const aborting = new AbortController();
    const work = probe({ signal: aborting.signal });
    const failed = expect(work).rejects.toMatchObject({ name: 'AbortError' });
    await vi.advanceTimersByTimeAsync(ms);
    aborting.abort();
    await failed;
    // A sample's pause may still be running; nothing comes after it.
    await vi.runAllTimersAsync();
    nothingIsLeft();
  });
});
