import { describe, expect, it } from 'vitest';
import { safeStorage, type KeyValueStore } from './storage.js';

function kept(): KeyValueStore {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}

describe('storage', () => {
  it('outlives the page where it may', () => {
    const browser = kept();
    safeStorage(() => browser).setItem('token', 'a');
    expect(safeStorage(() => browser).getItem('token')).toBe('a');
    safeStorage(() => browser).removeItem('token');
    expect(safeStorage(() => browser).getItem('token')).toBeNull();
  });

  it.each([
    ['is forbidden', () => { throw new DOMException('The operation is insecure.', 'SecurityError'); }],
    ['is full', () => ({ ...kept(), setItem: () => { throw new DOMException('Full.', 'QuotaExceededError'); } })],
    ['is not there', () => undefined as unknown as KeyValueStore],
  ])('lasts as long as the page where it %s', (_why, browser) => {
    const storage = safeStorage(browser);
    expect(storage.getItem('token')).toBeNull();
    storage.setItem('token', 'a');
    expect(storage.getItem('token')).toBe('a');
    storage.removeItem('token');
    expect(storage.getItem('token')).toBeNull();
  });
});
