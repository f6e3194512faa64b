import { expect, it } from 'vitest';
import { fromLocalField, toLocalField } from './local_time.js';

it('a time goes into the field and comes back to the minute', () => {
  const at = new Date(2026, 11, 4, 9, 5).toISOString();
  expect(toLocalField(at)).toBe('2026-12-04T09:05');
  expect(fromLocalField(toLocalField(at))).toBe(at);
});

it('no time is an empty field', () => {
  expect(toLocalField(undefined)).toBe('');
  expect(fromLocalField('')).toBeNull();
  expect(fromLocalField('2026-13-99T99:99')).toBeNull();
});
