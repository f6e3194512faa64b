import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CostageError } from '../errors.js';
import { Store } from '../store.js';
import { fakeLiveKit, Reason, type FakeRoom } from '../testing/fake_livekit.js';
import { GreenRoom } from './green_room.js';
import { GreenRoomEngine } from './green_room_engine.js';
import type { StageSound } from './green_room_state.js';

type Stage = ReturnType<StageSound['getSnapshot']>;

let rooms: FakeRoom[];
let green: GreenRoom;
let access: () => Promise<{ url: string; token: string }>;
let stage: Store<Stage>;
let onStage: boolean[];

const self = (microphone: 'on' | 'muted') =>
  ({ userId: 'carl', name: 'Carl', isSelf: true, camera: 'on', microphone, speaking: false, quality: 'good', videoId: undefined, screen: 'off', screenId: undefined }) as const;

beforeEach(() => {
  vi.useFakeTimers();
  const fake = fakeLiveKit();
  rooms = fake.rooms;
  access = async () => ({ url: 'ws://media', token: 'green' });
  stage = new Store<Stage>({ mode: 'viewer', participants: [], cameraId: 'cam2', microphoneId: undefined });
  onStage = [];
  const sound: StageSound = {
    getSnapshot: stage.getSnapshot,
    subscribe: stage.subscribe,
    setMicrophone: async (on) => {
      onStage.push(on);
      stage.update({ participants: [self(on ? 'on' : 'muted')] });
    },
  };
  green = new GreenRoom(() => access(), sound, async (parts) => new GreenRoomEngine(await fake.load(), parts));
});
afterEach(() => {
  vi.useRealTimers();
});

it('entering only listens, with the devices that were chosen', async () => {
  await green.enter();
  expect(green.getSnapshot()).toMatchObject({ phase: 'in', microphone: false, camera: false, people: [] });
  expect(rooms[0]!.devices).toEqual({});
  expect(rooms[0]!.options.videoCaptureDefaults?.deviceId).toBe('cam2');
  rooms[0]!.addCamera('hanna');
  expect(green.getSnapshot().people).toMatchObject([{ userId: 'hanna', camera: 'on' }]);
});

it('says why somebody is not let in', async () => {
  access = async () => {
    throw new CostageError('not_invited', 'No.', { status: 403 });
  };
  await expect(green.enter()).rejects.toMatchObject({ code: 'not_invited' });
  expect(green.getSnapshot()).toMatchObject({ phase: 'out', error: { code: 'not_invited' } });
});

it('who is on air and talks here is not heard there meanwhile', async () => {
  stage.update({ mode: 'stage', participants: [self('on')] });
  await green.enter();
  await green.setMicrophone(true);
  expect(onStage).toEqual([false]);
  expect(green.getSnapshot().microphone).toBe(true);
  await green.setMicrophone(false);
  expect(onStage).toEqual([false, true]);
});

it('a microphone that was off on stage stays off', async () => {
  stage.update({ mode: 'stage', participants: [self('muted')] });
  await green.enter();
  await green.setMicrophone(true);
  await green.leave();
  expect(onStage).toEqual([]);
});

it('leaving while talking gives the microphone back', async () => {
  stage.update({ mode: 'stage', participants: [self('on')] });
  await green.enter();
  await green.setMicrophone(true);
  await green.leave();
  expect(onStage).toEqual([false, true]);
  expect(green.getSnapshot().phase).toBe('out');
});

it('who goes on stage is no longer heard and seen here', async () => {
  await green.enter();
  await green.setMicrophone(true);
  await green.setCamera(true);
  stage.update({ mode: 'stage', participants: [self('on')] });
  await vi.waitFor(() => expect(green.getSnapshot()).toMatchObject({ phase: 'in', microphone: false, camera: false }));
});

it('a lost connection is made again, a removal is final', async () => {
  await green.enter();
  rooms[0]!.drop();
  expect(green.getSnapshot().phase).toBe('reconnecting');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(green.getSnapshot().phase).toBe('in');
  expect(rooms).toHaveLength(2);
  rooms[1]!.drop(Reason.PARTICIPANT_REMOVED);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(green.getSnapshot().phase).toBe('out');
  expect(rooms).toHaveLength(2);
});

it('who left while connecting stays out', async () => {
  const entering = green.enter();
  await green.leave();
  await entering;
  expect(green.getSnapshot().phase).toBe('out');
});
