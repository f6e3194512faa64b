import { describe, expect, it } from 'vitest';
import { baseOf, withBase, withoutBase } from './base.js';

describe('the path under which the studio lives', () => {
  it('is known from where its scripts are', () => {
    expect(baseOf('https://example.com/assets/app-1a2b.js', false)).toBe('/');
    expect(baseOf('https://example.com/live/shows/assets/app-1a2b.js', false)).toBe('/live/shows/');
    expect(baseOf('http://127.0.0.1:27300/src/lib/base.ts', true)).toBe('/');
  });

  it('stands before all of its addresses', () => {
    expect(withBase('/', '/live/')).toBe('/live/');
    expect(withBase('/rooms/r1', '/live/')).toBe('/live/rooms/r1');
    expect(withBase('/rooms/r1', '/')).toBe('/rooms/r1');
  });

  it('is taken off again', () => {
    expect(withoutBase('/live/rooms/r1', '/live/')).toBe('/rooms/r1');
    expect(withoutBase('/live/', '/live/')).toBe('/');
    expect(withoutBase('/rooms/r1', '/')).toBe('/rooms/r1');
    expect(withoutBase('/elsewhere', '/live/')).toBe('/elsewhere');
  });
});
