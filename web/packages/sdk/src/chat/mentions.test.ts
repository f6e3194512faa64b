import { describe, expect, it } from 'vitest';
import { findMentions, mentionBeingWritten, mentionedIn, mentionsMe } from './mentions.js';
import { cutText, textLength } from './text.js';

const people = [
  { userId: 'ada', name: 'Ada' },
  { userId: 'ada_l', name: 'Ada Lovelace' },
  { userId: 'zoe', name: 'Zoë' },
  { userId: 'nobody', name: '' },
];

describe('mentionedIn', () => {
  it.each([
    ['@ada look', ['ada']],
    ['hello @Ada Lovelace!', ['ada_l']],
    ['@Ada, @zoë and @Ada again', ['ada', 'zoe']],
    ['@adam is somebody else', []],
    ['mail ada@ada.org', []],
    ['@Zoë\u0301x', []],
    ['@ nobody', []],
    ['(@Ada)', ['ada']],
  ])('%s', (text, expected) => {
    expect(mentionedIn(text, people)).toEqual(expected);
  });

  it('knows where they stand', () => {
    expect(findMentions('hi @Ada Lovelace', people)).toEqual([{ userId: 'ada_l', from: 3, to: 16 }]);
  });

  it('names ten at most', () => {
    const crowd = Array.from({ length: 12 }, (_, at) => ({ userId: `u${at}`, name: `P${at}x` }));
    expect(mentionedIn(crowd.map(({ name }) => `@${name}`).join(' '), crowd)).toHaveLength(10);
  });
});

it('mentions me where another one does', () => {
  expect(mentionsMe({ mentions: ['ada'], userId: 'zoe' }, 'ada')).toBe(true);
  expect(mentionsMe({ mentions: ['ada'], userId: 'ada' }, 'ada')).toBe(false);
  expect(mentionsMe({ mentions: ['ada'], userId: 'zoe' }, undefined)).toBe(false);
});

it('knows the name that is being written', () => {
  expect(mentionBeingWritten('hi @Ad', 6)).toEqual({ from: 3, query: 'Ad' });
  expect(mentionBeingWritten('hi @Ada L there', 9)).toEqual({ from: 3, query: 'Ada L' });
  expect(mentionBeingWritten('mail a@b', 8)).toBeUndefined();
  expect(mentionBeingWritten('hi', 2)).toBeUndefined();
  expect(mentionBeingWritten('@a\nb', 4)).toBeUndefined();
});

it('cuts a text where a letter ends, counted as the server counts', () => {
  const family = '👨‍👩‍👧';
  expect(textLength(family)).toBe(5);
  expect(cutText(`abc${family}`, 7)).toBe('abc');
  expect(cutText(`abc${family}`, 8)).toBe(`abc${family}`);
  expect(cutText('abc de', 4)).toBe('abc');
});
