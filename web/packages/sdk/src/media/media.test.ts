import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BroadcasterData } from '../types.js';
import { CostageError } from '../errors.js';
import { fakeLiveKit, Reason, type FakeRoom } from '../testing/fake_livekit.js';
import { DeviceMemory } from './device_memory.js';
import { MediaEngine } from './engine.js';
import { StageMedia } from './media.js';

let rooms: FakeRoom[];
let media: StageMedia;
let broadcaster: () => Promise<BroadcasterData>;
let reclaim: (leaseId: string) => Promise<BroadcasterData>;
let stored: { text: string | null };

/** A page of this browser: another one shares what is stored. */
function openPage(load: ReturnType<typeof fakeLiveKit>['load']): StageMedia {
  const storage = { getItem: () => stored.text, setItem: (_key: string, text: string) => void (stored.text = text) };
  const viewer = async () => ({ url: 'ws://media', token: 'watch' });
  const credentials = { viewer, broadcaster: () => broadcaster(), reclaim: (leaseId: string) => reclaim(leaseId) };
  return new StageMedia(credentials, async (parts) => new MediaEngine(await load(), parts, new DeviceMemory(() => storage)));
}

const seatLost = () => new CostageError('seat_lost', 'Your place on stage was given back.', { status: 409 });

let load: ReturnType<typeof fakeLiveKit>['load'];

beforeEach(() => {
  vi.useFakeTimers();
  const fake = fakeLiveKit();
  rooms = fake.rooms;
  load = fake.load;
  stored = { text: null };
  broadcaster = async () => ({ coHostUrl: 'ws://media', coHostToken: 'stage', leaseId: 'l', epoch: 1 });
  reclaim = async (leaseId) => ({ coHostUrl: 'ws://media', coHostToken: 'stage again', leaseId, epoch: 1 });
  media = openPage(load);
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

  it('is the user to others, whatever the ending of the connection', async () => {
    await media.goOnStage();
    rooms[0]!.localParticipant.identity = 'carl#k3x9';
    rooms[0]!.emit('ParticipantNameChanged');
    expect(self()).toMatchObject({ userId: 'carl', isSelf: true });
  });

  it('is not among those who can be seen or heard', async () => {
    await media.watch();
    rooms[0]!.addCamera('hanna');
    expect(media.getSnapshot()).toMatchObject({ participants: [{ userId: 'hanna' }], quality: 'good' });
    await media.disconnect();
    await media.goOnStage();
    expect(self()).toBeDefined();
    rooms[1]!.permit(false);
    expect(self()).toBeUndefined();
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
  it('connects with the token of the seat, and ends the connection that watched', async () => {
    await media.watch();
    await media.goOnStage();
    expect(rooms.map((room) => room.connectedWith[1])).toEqual(['watch', 'stage']);
    expect(rooms.map((room) => room.disconnects)).toEqual([1, 0]);
    expect(rooms[1]!.devices).toEqual({ camera: true, microphone: true });
    expect(self()).toMatchObject({ camera: 'on', microphone: 'on' });
  });

  it('shows what was watched until the new connection has the same pictures', async () => {
    await media.watch();
    rooms[0]!.addCamera('hanna');
    const going = media.goOnStage();
    await vi.advanceTimersByTimeAsync(100);
    expect(rooms.map((room) => room.state)).toEqual(['connected', 'connected']);
    const hanna = () => media.getSnapshot().participants.find((one) => one.userId === 'hanna');
    const before = hanna()?.videoId;
    expect(before).toBeDefined();
    rooms[1]!.addCamera('hanna');
    await going;
    expect(rooms.map((room) => room.state)).toEqual(['disconnected', 'connected']);
    expect(hanna()?.videoId).toBeDefined();
    expect(hanna()?.videoId, 'to be attached again').not.toBe(before);
  });

  it('leaves nothing behind when the user leaves while one connection hands over to the other', async () => {
    await media.watch();
    rooms[0]!.slowToEnd = true;
    const going = media.goOnStage();
    await vi.advanceTimersByTimeAsync(10);
    await media.disconnect();
    await vi.runAllTimersAsync();
    await going.catch(() => {});
    expect(rooms.map((room) => room.state)).toEqual(['disconnected', 'disconnected']);
    expect(media.getSnapshot()).toMatchObject({ mode: 'none', phase: 'idle' });
  });

  it('goes on air without the pictures when they do not come soon', async () => {
    await media.watch();
    rooms[0]!.addCamera('hanna');
    const going = media.goOnStage();
    await vi.runAllTimersAsync();
    await going;
    expect(rooms.map((room) => room.state)).toEqual(['disconnected', 'connected']);
  });

  it('keeps watching when the media server does not let it in', async () => {
    await media.watch();
    broadcaster = async () => ({ coHostUrl: 'ws://media', coHostToken: 'refused', leaseId: 'l', epoch: 1 });
    await expect(media.goOnStage()).rejects.toMatchObject({ code: expect.any(String) });
    expect(media.getSnapshot()).toMatchObject({ phase: 'connected', mode: 'viewer' });
    expect(rooms[0]!.state).toBe('connected');
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
    expect(rooms[1]!.connectedWith[1]).toBe('stage again');
    expect(rooms[1]!.devices).toEqual({ camera: true });
  });

  it('goes on where it was silent: what was switched off before stays off', async () => {
    await media.goOnStage();
    await media.setMicrophone(false);
    await media.disconnect();
    await media.goOnStage();
    expect(rooms[1]!.devices).toEqual({ camera: true });
    await media.goOnStage({ microphone: true });
    expect(rooms[1]!.devices).toEqual({ camera: true, microphone: true });
  });
});

describe('a connection that was lost on stage', () => {
  it('asks for the lease that was held, never for a new one', async () => {
    const asked: string[] = [];
    reclaim = async (leaseId) => {
      asked.push(leaseId);
      return { coHostUrl: 'ws://media', coHostToken: 'stage again', leaseId, epoch: 1 };
    };
    await media.goOnStage();
    broadcaster = () => expect.fail('asked anew');
    rooms[0]!.drop();
    await vi.runAllTimersAsync();
    expect(asked).toEqual(['l']);
    expect(media.getSnapshot()).toMatchObject({ mode: 'stage', phase: 'connected' });
  });

  it('comes back also when the browser froze the page, which livekit-client answers by disconnecting', async () => {
    await media.goOnStage();
    rooms[0]!.drop(Reason.CLIENT_INITIATED);
    expect(media.getSnapshot()).toMatchObject({ mode: 'stage', phase: 'reconnecting' });
    await vi.runAllTimersAsync();
    expect(media.getSnapshot()).toMatchObject({ mode: 'stage', phase: 'connected' });
  });

  it('ends there when the seat was given back meanwhile: nobody goes on air unasked', async () => {
    await media.goOnStage();
    reclaim = () => Promise.reject(seatLost());
    rooms[0]!.drop();
    await vi.runAllTimersAsync();
    expect(media.getSnapshot()).toMatchObject({ mode: 'none', phase: 'idle', ended: 'seatLost', error: { code: 'seat_lost' } });
    expect(rooms).toHaveLength(1);
  });

  it.each([[0, 'network'], [401, 'token_expired'], [429, 'rate_limited'], [503, 'unavailable']])('tries again after %i %s', async (status, code) => {
    await media.goOnStage();
    const works = reclaim;
    let refusals = 0;
    reclaim = (leaseId) => (refusals++ < 3 ? Promise.reject(new CostageError(code, 'Later.', { status })) : works(leaseId));
    rooms[0]!.drop();
    await vi.runAllTimersAsync();
    expect(media.getSnapshot()).toMatchObject({ mode: 'stage', phase: 'connected' });
  });
});

describe('a server that is full', () => {
  it('is asked again until there is room, and what it said is known meanwhile', async () => {
    let asked = 0;
    const full = new CostageError('server_full', 'As many people watch as the server can carry.', { status: 503 });
    const viewer = () => (asked++ < 2 ? Promise.reject(full) : Promise.resolve({ url: 'ws://media', token: 'watch' }));
    media = new StageMedia({ viewer, broadcaster, reclaim }, async (parts) => new MediaEngine(await load(), parts));
    const seen: (string | undefined)[] = [];
    await media.watch();
    media.subscribe(({ phase, error }) => seen.push(phase === 'connected' ? 'connected' : error?.code));
    await vi.runAllTimersAsync();
    expect(media.getSnapshot()).toMatchObject({ mode: 'viewer', phase: 'connected', error: undefined });
    expect(new Set(seen)).toEqual(new Set(['server_full', 'connected']));
  });
});

describe('after a reload, or in a second window', () => {
  it('what was switched off stays off', async () => {
    await media.goOnStage();
    await media.setMicrophone(false);
    await media.setCamera(false);
    media = openPage(load);
    await media.resume('l');
    expect(rooms[1]!.devices).toEqual({});
    expect(media.getSnapshot()).toMatchObject({ mode: 'stage', phase: 'connected' });
  });

  it('what was on is on again', async () => {
    await media.goOnStage({ camera: false });
    media = openPage(load);
    await media.resume('l');
    expect(rooms[1]!.devices).toEqual({ microphone: true });
  });

  it('nothing is on where nothing is known of this seat', async () => {
    await media.goOnStage();
    media = openPage(load);
    await media.resume('another lease');
    expect(rooms[1]!.devices).toEqual({});
  });

  it('the newest word counts, also of another window', async () => {
    const other = openPage(load);
    await media.goOnStage();
    await other.resume('l');
    rooms[0]!.drop(Reason.DUPLICATE_IDENTITY);
    await other.setMicrophone(false);
    await media.resume('l');
    expect(rooms[2]!.devices).toEqual({ camera: true });
  });

  it('tries again while the server is away', async () => {
    const works = reclaim;
    reclaim = () => Promise.reject(new CostageError('network', 'Away.'));
    await media.resume('l');
    expect(media.getSnapshot()).toMatchObject({ mode: 'stage', phase: 'reconnecting' });
    reclaim = works;
    await vi.runAllTimersAsync();
    expect(media.getSnapshot()).toMatchObject({ mode: 'stage', phase: 'connected' });
  });

  it('a seat that is gone is not taken anew', async () => {
    reclaim = () => Promise.reject(seatLost());
    await media.resume('l');
    expect(media.getSnapshot()).toMatchObject({ mode: 'none', ended: 'seatLost' });
    expect(rooms).toHaveLength(0);
  });
});

describe('a connection that drops again and again', () => {
  const dropAndReturn = async (): Promise<void> => {
    rooms.at(-1)!.emit('SignalReconnecting');
    rooms.at(-1)!.emit('Reconnecting');
    rooms.at(-1)!.emit('Reconnected');
  };

  it('sends a smaller picture from the third time on, whether or not livekit-client brought it back', async () => {
    // S-073
    await media.goOnStage();
    await dropAndReturn();
    await dropAndReturn();
    expect(media.getSnapshot().videoLowered).toBe(false);
    rooms[0]!.drop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(media.getSnapshot()).toMatchObject({ phase: 'connected', videoLowered: true });
    media.sendFullPicture();
    expect(media.getSnapshot().videoLowered).toBe(false);
  });

  it('counts each loss once, however often it is tried to come back', async () => {
    await media.goOnStage();
    const works = reclaim;
    reclaim = () => Promise.reject(new CostageError('network', 'Away.'));
    rooms[0]!.emit('SignalReconnecting');
    rooms[0]!.drop();
    await vi.advanceTimersByTimeAsync(60_000);
    reclaim = works;
    await vi.runAllTimersAsync();
    expect(media.getSnapshot()).toMatchObject({ phase: 'connected', videoLowered: false });
  });

  it('is of no concern to who watches', async () => {
    await media.watch();
    for (let times = 0; times < 4; times++) await dropAndReturn();
    expect(media.getSnapshot().videoLowered).toBe(false);
  });

  it('is forgotten with the seat', async () => {
    await media.goOnStage();
    for (let times = 0; times < 3; times++) await dropAndReturn();
    rooms[0]!.drop(Reason.PARTICIPANT_REMOVED);
    await media.goOnStage();
    expect(media.getSnapshot().videoLowered).toBe(false);
  });
});

describe('sharing the screen', () => {
  const closedPicker = Object.assign(new Error('Permission denied by user'), { name: 'NotAllowedError' });

  it('is for who is on stage', async () => {
    await media.watch();
    await media.setScreen(true);
    expect(rooms[0]!.devices).toEqual({});
  });

  it('begins and ends', async () => {
    await media.goOnStage();
    await media.setScreen(true);
    expect(media.getSnapshot()).toMatchObject({ screenOn: true, screens: ['carl'] });
    expect(self()).toMatchObject({ screen: 'on', camera: 'on' });
    await media.setScreen(false);
    expect(media.getSnapshot()).toMatchObject({ screenOn: false, screens: [] });
  });

  it('does not begin when the picker is closed, which is no error', async () => {
    await media.goOnStage();
    rooms[0]!.failDevice = closedPicker;
    await media.setScreen(true);
    expect(media.getSnapshot()).toMatchObject({ screenOn: false, screenError: undefined });
  });

  it('ends altogether when somebody else switches it off: the browser captures no longer', async () => {
    await media.goOnStage();
    await media.setScreen(true);
    rooms[0]!.mute('screen');
    await vi.runAllTimersAsync();
    expect(rooms[0]!.devices).toEqual({ camera: true, microphone: true });
    expect(media.getSnapshot().screenOn).toBe(false);
  });

  it('ends with the connection, and says so: only the user can start it again', async () => {
    await media.goOnStage();
    await media.setScreen(true);
    rooms[0]!.drop();
    await vi.runAllTimersAsync();
    expect(media.getSnapshot()).toMatchObject({ phase: 'connected', screenOn: false, screenError: { code: 'screen_ended' } });
    await media.setScreen(true);
    expect(media.getSnapshot()).toMatchObject({ screenOn: true, screenError: undefined });
  });

  it('ends with the right to publish, also where the connection stays', async () => {
    await media.goOnStage();
    await media.setScreen(true);
    rooms[0]!.permit(false);
    await vi.runAllTimersAsync();
    expect(rooms[0]!.devices['screen']).toBeUndefined();
    expect(media.getSnapshot()).toMatchObject({ mode: 'viewer', screenOn: false });
  });

  it('ends with leaving', async () => {
    await media.goOnStage();
    await media.setScreen(true);
    await media.disconnect();
    expect(media.getSnapshot()).toMatchObject({ screenOn: false, screens: [], screenError: undefined });
  });
});

describe('being taken off', () => {
  it('is elsewhere when another window went on stage in the same instant and was let in', async () => {
    broadcaster = async () => ({ coHostUrl: 'ws://media', coHostToken: 'taken', leaseId: 'l', epoch: 1 });
    await media.watch();
    await expect(media.goOnStage()).rejects.toMatchObject({ code: 'on_stage_elsewhere' });
    await vi.runAllTimersAsync();
    expect(media.getSnapshot()).toMatchObject({ mode: 'none', phase: 'idle', ended: 'duplicate' });
    expect(rooms).toHaveLength(2);
  });

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

  it.each([true, false])('is a viewer again when only the right to publish is withdrawn, devices on: %s', async (on) => {
    await media.goOnStage({ camera: on, microphone: on });
    rooms[0]!.permit(false);
    expect(media.getSnapshot()).toMatchObject({ mode: 'viewer', ended: 'removed' });
  });

  it('stops trying when the show is over', async () => {
    await media.goOnStage();
    reclaim = () => Promise.reject(new CostageError('room_ended', 'Over.', { status: 409 }));
    rooms[0]!.drop();
    await vi.runAllTimersAsync();
    expect(media.getSnapshot()).toMatchObject({ mode: 'none', ended: 'seatLost', error: { code: 'room_ended' } });
    expect(rooms).toHaveLength(1);
  });
});

it('the loudspeaker that was chosen before there was a connection is taken by each that comes', async () => {
  await media.chooseDevice('audiooutput', 'headphones');
  await media.watch();
  rooms[0]!.drop();
  await vi.runAllTimersAsync();
  expect(rooms.map((room) => room.options)).toMatchObject([{ audioOutput: { deviceId: 'headphones' } }, { audioOutput: { deviceId: 'headphones' } }]);
});

it('going on stage while still connecting leaves one connection', async () => {
  const watching = media.watch();
  await media.goOnStage();
  await watching;
  await vi.runAllTimersAsync();
  expect(media.getSnapshot()).toMatchObject({ mode: 'stage', phase: 'connected' });
  expect(rooms.filter((room) => room.state === 'connected')).toHaveLength(1);
});

it('leaving while still connecting leaves nothing behind', async () => {
  const watching = media.watch();
  await media.disconnect();
  await watching;
  expect(media.getSnapshot()).toMatchObject({ mode: 'none', phase: 'idle' });
  expect(rooms.every((room) => room.state === 'disconnected')).toBe(true);
});

describe('before the engine is there', () => {
  let engineIsThere: () => void;
  let engineIsMissing: (cause: unknown) => void;

  function openSlowPage(): StageMedia {
    const credentials = { viewer: async () => ({ url: 'ws://media', token: 'watch' }), broadcaster: () => broadcaster(), reclaim: (leaseId: string) => reclaim(leaseId) };
    return new StageMedia(credentials, async (parts) => {
      await new Promise<void>((resolve, reject) => ([engineIsThere, engineIsMissing] = [resolve, reject]));
      return new MediaEngine(await load(), parts, new DeviceMemory(() => ({ getItem: () => null, setItem: () => {} })));
    });
  }

  it('shows a state at once, and what is being done', async () => {
    const slow = openSlowPage();
    expect(slow.getSnapshot()).toMatchObject({ phase: 'idle', mode: 'none', participants: [] });
    const watching = slow.watch();
    expect(slow.getSnapshot()).toMatchObject({ phase: 'connecting', mode: 'viewer' });
    engineIsThere();
    await watching;
    expect(slow.getSnapshot()).toMatchObject({ phase: 'connected', mode: 'viewer' });
  });

  it('does only what was wished for last', async () => {
    const slow = openSlowPage();
    const watching = slow.watch();
    const going = slow.goOnStage();
    engineIsThere();
    await Promise.all([watching, going]);
    expect(rooms.map((room) => room.connectedWith[1])).toEqual(['stage']);
  });

  it('does nothing for who has left meanwhile', async () => {
    const slow = openSlowPage();
    const watching = slow.watch();
    await slow.disconnect();
    engineIsThere();
    await watching;
    expect(rooms).toEqual([]);
    expect(slow.getSnapshot()).toMatchObject({ phase: 'idle', mode: 'none' });
  });

  it('tries again to watch when its code cannot be fetched, and says so to who wants to go on stage', async () => {
    const slow = openSlowPage();
    const watching = slow.watch();
    engineIsMissing(new TypeError('Failed to fetch dynamically imported module'));
    await watching;
    expect(slow.getSnapshot()).toMatchObject({ phase: 'reconnecting', error: { code: 'media_unreachable' } });
    await vi.advanceTimersByTimeAsync(1000);
    engineIsThere();
    await vi.advanceTimersByTimeAsync(0);
    expect(slow.getSnapshot()).toMatchObject({ phase: 'connected', mode: 'viewer' });

    const other = openSlowPage();
    const going = other.goOnStage();
    engineIsMissing(new TypeError('Failed to fetch dynamically imported module'));
    await expect(going).rejects.toMatchObject({ code: 'media_unreachable' });
    expect(other.getSnapshot().phase).toBe('failed');
  });

  it('shows a picture as soon as there is one, and another one after that', async () => {
    const slow = openSlowPage();
    const element = {} as HTMLVideoElement;
    const shown: string[] = [];
    const picture = (id: string) => ({ kind: 'video', mediaStreamTrack: { id }, attach: () => shown.push(`+${id}`), detach: () => shown.push(`-${id}`) });
    const detach = slow.attachVideo('hanna', element);
    const watching = slow.watch();
    engineIsThere();
    await watching;
    expect(shown).toEqual([]);
    rooms[0]!.addCamera('hanna', picture('a'));
    rooms[0]!.emit('ConnectionQualityChanged');
    expect(shown).toEqual(['+a']);
    rooms[0]!.addCamera('hanna', picture('b'));
    expect(shown).toEqual(['+a', '-a', '+b']);
    detach();
    expect(shown).toEqual(['+a', '-a', '+b', '-b']);
  });

  it('loses no tap: once it is there, the browser is asked in the same turn', async () => {
    await media.goOnStage();
    let asked = false;
    rooms[0]!.localParticipant.createScreenTracks = async () => ((asked = true), []);
    void media.setScreen(true);
    expect(asked).toBe(true);
    let played = false;
    Object.assign(rooms[0]!, { startAudio: async () => void (played = true) });
    void media.startSound();
    expect(played).toBe(true);
  });
});
