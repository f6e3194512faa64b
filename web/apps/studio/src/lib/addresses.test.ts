import { describe, expect, it } from 'vitest';
import { sampleToken } from '../../../../packages/sdk/src/testing/tokens.js';
import { parseRoute, roomPath } from './route.js';
import { tokenFromFragment, tokenInLink } from './session.js';

describe('addresses', () => {
  it('finds the room, also with unusual ids, and falls back to home', () => {
    expect(parseRoute(roomPath('a/b c'))).toEqual({ name: 'room', roomId: 'a/b c' });
    expect(parseRoute('/')).toEqual({ name: 'home' });
    expect(parseRoute('/embed/r%2F1')).toEqual({ name: 'embed', roomId: 'r/1' });
    expect(parseRoute('/rooms/')).toEqual({ name: 'unknown' });
    expect(parseRoute('/shows/r1')).toEqual({ name: 'unknown' });
    expect(parseRoute('/rooms/%E0%A4%A')).toEqual({ name: 'unknown' });
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
