import { describe, expect, it } from 'vitest';
import { sampleInvitation } from '../../../sdk/src/testing/samples.js';
import { clock, initials, secondsLeft } from './format.js';

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
