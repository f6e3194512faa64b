import { beforeEach, describe, expect, it } from 'vitest';
import { fakeLiveKit, type FakeRoom } from '../testing/fake_livekit.js';
import { MediaEngine } from './engine.js';
import { StageMedia } from './media.js';

let rooms: FakeRoom[];
let media: StageMedia;

beforeEach(() => {
  const fake = fakeLiveKit();
  rooms = fake.rooms;
  const refuse = (): never => { throw new Error('nobody goes on stage here'); };
  media = new StageMedia({ viewer: async () => ({ url: 'ws://media', token: 'watch' }), broadcaster: refuse, reclaim: refuse }, async (parts) => new MediaEngine(await fake.load(), parts));
});

const camera = (userId: string, room = rooms.at(-1)!) => (room.getParticipantByIdentity(userId) as { getTrackPublication(source: string): { isDesired: boolean; videoQuality: number } }).getTrackPublication('camera');
const seen = () => media.getSnapshot().participants.map(({ userId, videoId }) => [userId, videoId !== undefined]);

describe('how this page watches', () => {
  it('receives pictures as large as they are shown, until it is told otherwise', async () => {
    await media.watch();
    rooms[0]!.addCamera('hanna');
    expect(camera('hanna')).toMatchObject({ isDesired: true, videoQuality: 2 });
    media.watching.setPictures('low');
    expect(camera('hanna')).toMatchObject({ isDesired: true, videoQuality: 0 });
    media.watching.setPictures('auto');
    expect(camera('hanna')).toMatchObject({ isDesired: true, videoQuality: 2 });
  });

  it('hears without seeing, also who comes later, and sees again', async () => {
    await media.watch();
    rooms[0]!.addCamera('hanna');
    media.watching.setPictures('none');
    rooms[0]!.addCamera('carl');
    expect([camera('hanna').isDesired, camera('carl').isDesired]).toEqual([false, false]);
    expect(seen()).toEqual([['hanna', false], ['carl', false]]);
    media.watching.setPictures('medium');
    expect(seen()).toEqual([['hanna', true], ['carl', true]]);
    expect(camera('carl').videoQuality).toBe(1);
  });

  it('keeps what was chosen for the connections to come, and before there is one', async () => {
    media.watching.setPictures('low');
    media.watching.setVolume('hanna', 0.25);
    media.watching.setVolume('carl', 7);
    await media.watch();
    rooms[0]!.addCamera('hanna');
    await media.disconnect();
    await media.watch();
    rooms[1]!.addCamera('hanna');
    rooms[1]!.addCamera('carl');
    expect(camera('hanna')).toMatchObject({ videoQuality: 0 });
    expect([...rooms[1]!.volumes]).toEqual([['hanna', 0.25], ['carl', 1]]);
  });
});
