import { expect, it } from 'vitest';
import { fateOf, type PressFate } from './drag.js';

it.each<[string, boolean, number, PressFate]>([
  ['a mouse that trembles', false, 4, 'waits'],
  ['a mouse that moves', false, 8, 'drags'],
  ['a finger that trembles', true, 4, 'waits'],
  ['a finger that moves at once: it scrolls', true, 30, 'ends'],
])('%s', (_what, isTouch, by, fate) => {
  const press = { userId: 'cosmo', isTouch, x: 100, y: 100 };
  expect([fateOf(press, 100 + by, 100), fateOf(press, 100, 100 - by)]).toEqual([fate, fate]);
});
