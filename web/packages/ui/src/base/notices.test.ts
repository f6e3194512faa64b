import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clearNotices, notify, settle, shownNotices } from './notices.js';

const texts = () => shownNotices().map((one) => one.text);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  clearNotices();
  vi.useRealTimers();
});

describe('notices', () => {
  it('go by themselves, those that must not be missed a little later', () => {
    notify('Link copied');
    notify('You are watching now.', { isLong: true });
    vi.advanceTimersByTime(7000);
    expect(texts()).toEqual(['You are watching now.']);
    vi.advanceTimersByTime(20_000);
    expect(texts()).toEqual([]);
  });

  it('about the same thing take the place of each other', () => {
    notify('Invitation sent to Cosmo.', { about: 'Cosmo' });
    notify('Link copied');
    notify('Cosmo accepted.', { about: 'Cosmo' });
    expect(texts()).toEqual(['Link copied', 'Cosmo accepted.']);
  });

  it('are gone when what they say is not true any more', () => {
    notify('Connected again.', { about: 'connection' });
    notify('Link copied');
    settle('connection');
    expect(texts()).toEqual(['Link copied']);
  });

  it('are three at most, the newest', () => {
    for (const text of ['a', 'b', 'c', 'd']) notify(text);
    expect(texts()).toEqual(['b', 'c', 'd']);
  });
});
