import type { RoomHandle, RoomState, Seat } from '@costage/sdk';
import { describe, expect, it } from 'vitest';
import { sampleRoom, sampleSeat } from '../../../sdk/src/testing/samples.js';
import { stageActs, stageRights } from './tile_actions.js';

const none = { invite: false, moderate: false, products: false };
const host = sampleSeat({ userId: 'hanna', role: 'host' });
const moderator = sampleSeat({ userId: 'mona', role: 'coHost', permissions: { ...none, moderate: true } });
const guest = sampleSeat({ userId: 'cosmo', role: 'coHost' });

const state = (actingHostId?: string): RoomState =>
  ({
    room: { ...sampleRoom({ hostId: 'hanna' }), ...(actingHostId ? { actingHostId } : {}) },
    stage: { roomId: 'r', seats: [host, moderator, guest] },
    scene: { layout: 'automatic', order: [] },
  }) as unknown as RoomState;

function acts(userId: string, actingHostId?: string) {
  const calls: unknown[] = [];
  const keep = (...args: unknown[]): Promise<unknown> => Promise.resolve(calls.push(args));
  const room = { userId, media: { getSnapshot: () => ({ screens: [] }) }, stage: { switchOff: keep, setScene: keep } };
  const now = state(actingHostId);
  return { calls, acts: stageActs(room as unknown as RoomHandle, now, stageRights(now, userId), (work) => void work()) };
}

describe('stopping somebody else sharing', () => {
  it.each<[string, string, Seat, string | undefined, boolean]>([
    ['the host, anybody', 'hanna', guest, undefined, true],
    ['the host, a moderator', 'hanna', moderator, undefined, true],
    ['a moderator, another co-host', 'mona', guest, undefined, true],
    ['a moderator, not the host', 'mona', host, undefined, false],
    ['who stands in, also the host', 'mona', host, 'mona', true],
    ['a co-host, nobody', 'cosmo', moderator, undefined, false],
    ['a viewer, nobody', 'vera', guest, undefined, false],
    ['nobody, oneself: there is a button for that', 'hanna', host, undefined, false],
  ])('%s', (_who, userId, seat, actingHostId, may) => {
    expect(acts(userId, actingHostId).acts.screen(seat).map(({ id }) => id)).toEqual(may ? ['off-screen'] : []);
  });

  it('switches off the screen and nothing else', () => {
    const { acts: host, calls } = acts('hanna');
    host.screen(guest)[0]!.onAction();
    expect(calls).toEqual([['cosmo', { screen: true }]]);
  });
});

describe('putting somebody elsewhere', () => {
  it('is for the host and moderators', () => {
    expect(['hanna', 'mona', 'cosmo', 'vera'].map((userId) => acts(userId).acts.place !== undefined)).toEqual([true, true, false, false]);
  });

  it('is one change of the scene, by hand as in the menu', () => {
    const { acts: host, calls } = acts('hanna');
    host.place?.('cosmo', 'mona');
    host.camera(guest).find(({ id }) => id === 'earlier')?.onAction();
    const scene = { layout: 'automatic', order: ['hanna', 'cosmo', 'mona'] };
    expect(calls).toEqual([[scene], [scene]]);
  });
});
