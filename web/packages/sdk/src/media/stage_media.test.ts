import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CostageError } from '../errors.js';
import { fakeLiveKit, Reason, type FakeRoom } from '../testing/fake_livekit.js';
import { StageMedia } from './stage_media.js';

let rooms: FakeRoom[];
let media: StageMedia;
let broadcaster: () => Promise<{ coHostUrl: string; coHostToken: string; leaseId: string; epoch: number }>;

beforeEach(() => {
  vi.useFakeTimers();
  const fake = fakeLiveKit();
  rooms = fake.rooms;
  broadcaster = async () => ({ coHostUrl: 'ws://media', coHostToken: 'stage', leaseId: 'l', epoch: 1 });
  media = new StageMedia({ viewer: async () => ({ url: 'ws://media', token: 'watch' }), broadcaster: () => broadcaster() }, fake.load);
});

afterEach(() => {
  vi.useRealTimers();
});

const self = () => media.getSnapshot().participants.find((one) => one.isSelf);

describe('watching', () => {
  it('connects with the viewer token and publishes nothing', async () => {
    await media.watch();
    expect(media.getSnapshot()).toMatchObject({ phase: 'connected', mode: 'viewer' });
    expect(rooms[0]!.connectedWith).toEqual(['ws://media', 'watch']);
    expect(rooms[0]!.devices).toEqual({});
  });

  it('says that sound waits for a tap', async () => {
    await media.watch();
    rooms[0]!.canPlaybackAudio = false;
    rooms[0]!.emit('AudioPlaybackStatusChanged');
    expect(media.getSnapshot().soundBlocked).toBe(true);
  });

  it('comes back with fresh credentials after livekit-client gave up', async () => {
    // S-072
    await media.watch();
    rooms[0]!.drop();
    expect(media.getSnapshot().phase).toBe('reconnecting');
    await vi.runAllTimersAsync();
    expect(rooms).toHaveLength(2);
    expect(media.getSnapshot()).toMatchObject({ phase: 'connected', mode: 'viewer' });
  });
});

describe('going on stage', () => {
  it('publishes in place when the permission comes to a connected viewer', async () => {
    await media.watch();
    const going = media.goOnStage();
    await vi.advanceTimersByTimeAsync(10);
    rooms[0]!.permit(true);
    await going;
    expect(rooms).toHaveLength(1);
    expect(rooms[0]!.devices).toEqual({ camera: true, microphone: true });
    expect(self()).toMatchObject({ camera: 'on', microphone: 'on' });
  });

  it('connects with the token when the permission does not come', async () => {
    await media.watch();
    const going = media.goOnStage();
    await vi.runAllTimersAsync();
    await going;
    expect(rooms.map((room) => room.connectedWith[1])).toEqual(['watch', 'stage']);
    expect(rooms[0]!.disconnects).toBe(1);
  });

  it('connects directly when nobody was watching: the same flow for the host', async () => {
    // S-059, S-061
    await media.goOnStage({ microphone: false });
    expect(rooms[0]!.connectedWith[1]).toBe('stage');
    expect(rooms[0]!.devices).toEqual({ camera: true });
  });

  it('keeps watching when the lease is refused, and passes the refusal on', async () => {
    // S-054
    await media.watch();
    broadcaster = () => Promise.reject(new CostageError('invitation_pending', 'Answer first.', { status: 409 }));
    await expect(media.goOnStage()).rejects.toMatchObject({ code: 'invitation_pending' });
    expect(media.getSnapshot()).toMatchObject({ phase: 'connected', mode: 'viewer' });
    expect(rooms).toHaveLength(1);
  });

  it('names a blocked camera and stays on stage', async () => {
    await media.goOnStage();
    rooms[0]!.failDevice = Object.assign(new Error('no'), { name: 'NotAllowedError' });
    await media.setCamera(true);
    expect(media.getSnapshot().cameraError?.code).toBe('camera_denied');
    expect(media.getSnapshot().mode).toBe('stage');
  });

  it('changes the camera while on stage, and says which one is in use', async () => {
    await media.goOnStage();
    await media.chooseDevice('videoinput', 'cam2');
    expect(rooms[0]!.active['videoinput']).toBe('cam2');
    expect(media.getSnapshot()).toMatchObject({ cameraId: 'cam2', microphoneId: 'default', cameraError: undefined });
  });

  it('comes back after a lost connection with the camera that was chosen', async () => {
    await media.goOnStage();
    await media.chooseDevice('videoinput', 'cam2');
    rooms[0]!.drop();
    await vi.runAllTimersAsync();
    expect(rooms[1]!.active['videoinput']).toBe('cam2');
  });

  it('keeps the camera it had when the chosen one is not there any more', async () => {
    await media.goOnStage();
    await media.chooseDevice('videoinput', 'cam1');
    rooms[0]!.failDevice = Object.assign(new Error('no'), { name: 'OverconstrainedError' });
    await media.chooseDevice('videoinput', 'cam2');
    expect(media.getSnapshot()).toMatchObject({ cameraId: 'cam1', cameraError: { code: 'camera_gone' } });
  });

  it('takes the seat again after a lost connection, with what was switched off still off', async () => {
    await media.goOnStage();
    await media.setMicrophone(false);
    rooms[0]!.drop();
    await vi.runAllTimersAsync();
    expect(rooms[1]!.connectedWith[1]).toBe('stage');
    expect(rooms[1]!.devices).toEqual({ camera: true });
  });
});

describe('being taken off', () => {
  it.each([
    [Reason.PARTICIPANT_REMOVED, 'removed'],
    [Reason.DUPLICATE_IDENTITY, 'duplicate'],
    [Reason.ROOM_DELETED, 'closed'],
  ])('reason %i ends it as %s, without coming back', async (reason, ended) => {
    await media.goOnStage();
    rooms[0]!.drop(reason);
    await vi.runAllTimersAsync();
    expect(media.getSnapshot()).toMatchObject({ mode: 'none', phase: 'idle', ended });
    expect(rooms).toHaveLength(1);
  });

  it('is a viewer again when only the right to publish is withdrawn', async () => {
    await media.goOnStage();
    rooms[0]!.permit(false);
    expect(media.getSnapshot()).toMatchObject({ mode: 'viewer', ended: 'removed' });
  });

  it('stops trying when the show is over', async () => {
    await media.goOnStage();
    broadcaster = () => Promise.reject(new CostageError('room_ended', 'Over.', { status: 409 }));
    rooms[0]!.drop();
    await vi.runAllTimersAsync();
    expect(media.getSnapshot()).toMatchObject({ phase: 'failed', error: { code: 'room_ended' } });
    expect(rooms).toHaveLength(1);
  });
});

it('leaving while still connecting leaves nothing behind', async () => {
  const watching = media.watch();
  await media.leave();
  await watching;
  expect(media.getSnapshot()).toMatchObject({ mode: 'none', phase: 'idle' });
  expect(rooms.every((room) => room.state === 'disconnected')).toBe(true);
});
