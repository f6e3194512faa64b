import { expect, it } from 'vitest';
import { forgetBlockedName, nameOfBlocked, rememberBlockedName } from './blocked_names.js';
import { safeStorage } from '../base/storage.js';

const emptyStorage = () => safeStorage(() => { throw new Error('none'); });

it('knows the name of who was blocked here, for this person alone, until they are unblocked', () => {
  const storage = emptyStorage();
  rememberBlockedName('vera', 'hanna-1', 'Hanna', storage);
  rememberBlockedName('vera', 'otto-1', 'Otto', storage);
  expect(nameOfBlocked('vera', 'hanna-1', storage)).toBe('Hanna');
  expect(nameOfBlocked('cosmo', 'hanna-1', storage)).toBe('hanna-1');
  forgetBlockedName('vera', 'hanna-1', storage);
  expect(nameOfBlocked('vera', 'hanna-1', storage)).toBe('hanna-1');
  expect(nameOfBlocked('vera', 'otto-1', storage)).toBe('Otto');
});

it('shows the id where what was kept cannot be read', () => {
  const storage = emptyStorage();
  storage.setItem('costage.blocked.vera', 'not json');
  expect(nameOfBlocked('vera', 'hanna-1', storage)).toBe('hanna-1');
});
