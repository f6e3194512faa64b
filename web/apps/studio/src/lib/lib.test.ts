import type { Scene } from '@costage/sdk';
import { describe, expect, it } from 'vitest';
import { sampleInvitation, sampleRoom, sampleSeat } from '../../../../packages/sdk/src/testing/samples.js';
import { sampleToken } from '../../../../packages/sdk/src/testing/tokens.js';
import { clock, initials, secondsLeft } from './format.js';
import { kVisibleTiles, moved, planStage, type StagePlan } from './layout.js';
import { invitesAnybody, newestPerInvitee } from './people.js';
import { parseRoute, roomPath } from './route.js';
import { tokenFromFragment, tokenInLink } from './session.js';

const seats = (count: number) =>
  Array.from({ length: count }, (_, at) => sampleSeat({ userId: `u${at}`, role: at === count - 1 ? 'host' : 'coHost' }));

describe('planStage', () => {
  it.each([
    [0, 'empty'],
    [1, 'one'],
    [2, 'two'],
    [3, 'grid'],
    [12, 'grid'],
  ])('%i persons: %s', (count, layout) => {
    expect(planStage(seats(count)).layout).toBe(layout);
  });

  it('puts the host first: the main view of two persons is hers', () => {
    // S-079
    expect(planStage(seats(2)).tiles[0]!.role).toBe('host');
  });

  it('shows at most six and keeps everybody else in the strip', () => {
    // S-076, S-077
    const plan = planStage(seats(9));
    expect(plan.tiles).toHaveLength(kVisibleTiles);
    expect(plan.strip).toHaveLength(3);
    expect(new Set([...plan.tiles, ...plan.strip].map((seat) => seat.userId)).size).toBe(9);
  });
});

describe('a scene', () => {
  const scene = (change: Partial<Scene>): Scene => ({ layout: 'automatic', order: [], ...change });
  const ids = (plan: StagePlan) => plan.tiles.map((seat) => seat.userId);

  it('says the order; who is not named comes after', () => {
    expect(ids(planStage(seats(3), scene({ order: ['u1', 'u0'] })))).toEqual(['u1', 'u0', 'u2']);
  });

  it('shows one large, first', () => {
    const plan = planStage(seats(3), scene({ layout: 'spotlight', spotlightId: 'u1' }));
    expect([plan.layout, ...ids(plan)]).toEqual(['spotlight', 'u1', 'u2', 'u0']);
    expect(ids(planStage(seats(3), scene({ layout: 'pictureInPicture' })))[0]).toBe('u2');
  });

  it('gives way to whom the viewer pins, as long as they are there', () => {
    const grid = scene({ layout: 'grid' });
    expect(planStage(seats(3), grid, 'u0')).toMatchObject({ layout: 'spotlight', tiles: [{ userId: 'u0' }, {}, {}] });
    expect(planStage(seats(3), grid, 'gone').layout).toBe('grid');
  });

  it('is nothing for one alone', () => {
    expect(planStage(seats(1), scene({ layout: 'sideBySide' })).layout).toBe('one');
  });

  it('is moved by one place', () => {
    expect(moved(seats(3), scene({}), 'u0', -1)).toEqual(['u0', 'u2', 'u1']);
    expect(moved(seats(3), scene({}), 'u2', -1)).toEqual(['u2', 'u0', 'u1']);
    expect(moved(seats(3), scene({}), 'u1', 1)).toEqual(['u2', 'u0', 'u1']);
  });
});

describe('invitations of a room', () => {
  const declined = sampleInvitation({ status: 'rejected' });
  const again = sampleInvitation({ invitationId: 'inv_2', createdAt: '2026-11-21T10:05:00.000Z' });

  it('shows the newest of each person', () => {
    // S-025, S-044
    expect(newestPerInvitee([declined, again]).map((one) => one.invitationId)).toEqual(['inv_2']);
  });
});

describe('inviting somebody who is not in the room', () => {
  const room = (status: 'idle' | 'live', inviteWatchersOnly: boolean) =>
    sampleRoom({ status, policies: { ...sampleRoom().policies, inviteWatchersOnly } });

  it.each([
    ['idle', true, true],
    ['idle', false, true],
    ['live', true, false],
    ['live', false, true],
  ] as const)('%s, watchers only %s: %s', (status, watchersOnly, expected) => {
    // S-016
    expect(invitesAnybody(room(status, watchersOnly))).toBe(expected);
  });
});

describe('words and numbers', () => {
  it.each([
    [0, '0:00'],
    [61_500, '1:01'],
    [3_723_000, '1:02:03'],
    [-5, '0:00'],
  ])('clock(%i) is %s', (ms, text) => expect(clock(ms)).toBe(text));

  it.each([
    ['Ada Lovelace', 'AL'],
    ['amina', 'A'],
    ['Mary Ann Evans', 'ME'],
    ['  ', '?'],
    ['🦊 fox', '🦊F'],
  ])('initials of %s are %s', (name, letters) => expect(initials(name)).toBe(letters));

  it('counts down within 0 and the time to live, whatever the clock says', () => {
    const invitation = sampleInvitation();
    const end = Date.parse(invitation.expiresAt);
    expect([end - 30_000, end + 1, end - 3_600_000].map((now) => secondsLeft(invitation, now))).toEqual([30, 0, 60]);
  });
});

describe('addresses', () => {
  it('finds the room, also with unusual ids, and falls back to home', () => {
    expect(parseRoute(roomPath('a/b c'))).toEqual({ name: 'room', roomId: 'a/b c' });
    expect(parseRoute('/rooms/')).toEqual({ name: 'home' });
    expect(parseRoute('/rooms/%E0%A4%A')).toEqual({ name: 'home' });
  });

  it('takes the token from the fragment only', () => {
    expect(tokenFromFragment('#token=a.b.c')).toBe('a.b.c');
    expect(tokenFromFragment('#other=1')).toBeUndefined();
    expect(tokenFromFragment('')).toBeUndefined();
  });

  it('takes the token out of a pasted link, if it is of the same person', () => {
    const token = sampleToken({ sub: 'hana' });
    expect(tokenInLink(` https://example.com/rooms/r#token=${token}\n`, 'hana')).toEqual({ token });
    expect(tokenInLink(token, 'hana')).toEqual({ token });
    expect(tokenInLink(`https://example.com/#token=${token}`, 'carl')).toEqual({ problem: 'otherPerson' });
    for (const link of ['', 'hello', 'https://example.com/rooms/r', 'https://example.com/#token=abc']) {
      expect(tokenInLink(link, 'hana')).toEqual({ problem: 'noToken' });
    }
  });
});
