import type { Scene } from '@costage/sdk';
import { describe, expect, it } from 'vitest';
import { sampleSeat } from '../../../sdk/src/testing/samples.js';
import { kVisibleTiles, moved, planStage, type StagePlan } from './layout.js';

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
    expect(planStage(seats(2)).tiles[0]!.seat.role).toBe('host');
  });

  it('shows at most six and keeps everybody else in the strip', () => {
    // S-076, S-077
    const plan = planStage(seats(9), { screens: ['u1'] });
    expect(plan.tiles).toHaveLength(kVisibleTiles);
    expect(plan.strip).toHaveLength(4);
    expect(new Set([...plan.tiles, ...plan.strip].map(({ id }) => id)).size).toBe(10);
  });
});

const scene = (change: Partial<Scene>): Scene => ({ layout: 'automatic', order: [], ...change });

const shown = ({ layout, tiles }: StagePlan) => [layout, ...tiles.map(({ picture, seat }) => (picture === 'screen' ? `screen of ${seat.userId}` : seat.userId))];

describe('a scene', () => {
  it('says the order; who is not named comes after', () => {
    expect(shown(planStage(seats(3), { scene: scene({ order: ['u1', 'u0'] }) }))).toEqual(['grid', 'u1', 'u0', 'u2']);
  });

  it('shows one large, first', () => {
    const spotlight = scene({ layout: 'spotlight', spotlightId: 'u1' });
    expect(shown(planStage(seats(3), { scene: spotlight }))).toEqual(['spotlight', 'u1', 'u2', 'u0']);
    expect(shown(planStage(seats(3), { scene: scene({ layout: 'pictureInPicture' }) }))).toEqual(['pictureInPicture', 'u2', 'u0', 'u1']);
  });

  it('gives way to whom the viewer pins, as long as they are there', () => {
    const grid = scene({ layout: 'grid' });
    expect(shown(planStage(seats(3), { scene: grid, pinned: 'camera u0' }))).toEqual(['spotlight', 'u0', 'u2', 'u1']);
    expect(planStage(seats(3), { scene: grid, pinned: 'camera gone' }).layout).toBe('grid');
  });

  it('is nothing for one alone', () => {
    expect(planStage(seats(1), { scene: scene({ layout: 'sideBySide' }) }).layout).toBe('one');
  });

  it('for a shared screen is as the automatic one while nobody shares', () => {
    expect(planStage(seats(2), { scene: scene({ layout: 'screen' }) }).layout).toBe('two');
  });
});

describe('a shared screen', () => {
  it.each<[string, number, Partial<Scene>, string[], string[]]>([
    ['of one alone', 1, {}, ['u0'], ['screen', 'screen of u0', 'u0']],
    ['is large by itself, people beside it', 3, {}, ['u0'], ['screen', 'screen of u0', 'u2', 'u0', 'u1']],
    ['where the scene says so', 2, { layout: 'screen' }, ['u0'], ['screen', 'screen of u0', 'u1', 'u0']],
    ['the newest of two, the other first beside it', 2, {}, ['u0', 'u1'], ['screen', 'screen of u0', 'screen of u1', 'u1', 'u0']],
    ['before who is large by name', 2, { spotlightId: 'u0' }, ['u1'], ['screen', 'screen of u1', 'u1', 'u0']],
    ['first in a grid', 2, { layout: 'grid' }, ['u0'], ['grid', 'screen of u0', 'u1', 'u0']],
    ['first side by side', 2, { layout: 'sideBySide' }, ['u0'], ['sideBySide', 'screen of u0', 'u1', 'u0']],
    ['the large one', 2, { layout: 'spotlight' }, ['u0'], ['spotlight', 'screen of u0', 'u1', 'u0']],
    ['small where a person is to be large', 2, { layout: 'spotlight', spotlightId: 'u0' }, ['u1'], ['spotlight', 'u0', 'screen of u1', 'u1']],
    ['behind the people', 2, { layout: 'pictureInPicture' }, ['u0'], ['pictureInPicture', 'screen of u0', 'u1', 'u0']],
    ['of somebody who has left', 2, {}, ['gone'], ['two', 'u1', 'u0']],
  ])('%s', (_what, count, change, screens, expected) => {
    expect(shown(planStage(seats(count), { scene: scene(change), screens }))).toEqual(expected);
  });

  it('gives way to whom the viewer pins, a person or another screen', () => {
    const view = { screens: ['u0', 'u1'] };
    expect(shown(planStage(seats(2), { ...view, pinned: 'camera u1' }))).toEqual(['spotlight', 'u1', 'screen of u0', 'screen of u1', 'u0']);
    expect(shown(planStage(seats(2), { ...view, pinned: 'screen u1' }))).toEqual(['screen', 'screen of u1', 'screen of u0', 'u1', 'u0']);
    expect(shown(planStage(seats(2), { scene: scene({ layout: 'grid' }), ...view, pinned: 'screen u1' }))[0]).toBe('screen');
  });
});

describe('moving somebody', () => {
  const after = (count: number, change: Partial<Scene>, userId: string, to: number, screens: string[] = []): Scene =>
    moved(scene(change), planStage(seats(count), { scene: scene(change), screens }), userId, to);

  it('sends where all stand, and keeps the rest of the scene', () => {
    expect(after(3, { layout: 'grid' }, 'u1', 0)).toEqual({ layout: 'grid', order: ['u1', 'u2', 'u0'] });
    expect(after(3, { layout: 'grid', order: ['u0', 'u1', 'u2'] }, 'u0', 2).order).toEqual(['u1', 'u2', 'u0']);
    expect(after(9, {}, 'u7', 1).order).toHaveLength(9);
  });

  it('ends at the front and at the back', () => {
    expect(after(3, {}, 'u2', -1).order).toEqual(['u2', 'u0', 'u1']);
    expect(after(3, {}, 'u1', 3).order).toEqual(['u2', 'u0', 'u1']);
  });

  it('to the place of the large one makes them large; among the small ones it does not', () => {
    expect(after(2, {}, 'u0', 0)).toEqual({ layout: 'automatic', order: ['u0', 'u1'], spotlightId: 'u0' });
    expect(after(3, { layout: 'spotlight', spotlightId: 'u1' }, 'u0', 0)).toMatchObject({ spotlightId: 'u0', order: ['u0', 'u1', 'u2'] });
    expect(after(3, { layout: 'spotlight', spotlightId: 'u1' }, 'u0', 1)).toMatchObject({ spotlightId: 'u1', order: ['u1', 'u0', 'u2'] });
  });

  it('beside a shared screen makes nobody large', () => {
    expect(after(2, {}, 'u0', 0, ['u1'])).toEqual({ layout: 'automatic', order: ['u0', 'u1'] });
  });
});
