import { describe, expect, it } from 'vitest';
import { addressesOf, addressOf, problemsOf, type Destination } from './destinations.js';

const row = (id: number, url: string, key = ''): Destination => ({ id, url, key });
const problems = (...rows: Destination[]): [number, string][] => [...problemsOf(rows)];

describe('where a restream goes', () => {
  it('is the address with its key, however the slash is written', () => {
    expect(addressOf({ url: ' rtmps://live.example.org/app/ ', key: ' abc-1 ' })).toBe('rtmps://live.example.org/app/abc-1');
    expect(addressOf({ url: 'rtmp://live.example.org/app', key: 'abc' })).toBe('rtmp://live.example.org/app/abc');
    expect(addressOf({ url: 'rtmp://live.example.org/app/abc', key: '' })).toBe('rtmp://live.example.org/app/abc');
  });

  it('is for SRT a stream id', () => {
    expect(addressOf({ url: 'srt://live.example.org:9000', key: 'abc' })).toBe('srt://live.example.org:9000?streamid=abc');
    expect(addressOf({ url: 'srt://live.example.org:9000?latency=200', key: 'abc' })).toBe('srt://live.example.org:9000?latency=200&streamid=abc');
  });

  it('leaves out empty rows, and takes a scheme in any case', () => {
    expect(addressesOf([row(1, ''), row(2, 'RTMP://a.example/Live', 'Key'), row(3, ' ', ' ')])).toEqual(['rtmp://a.example/Live/Key']);
  });
});

describe('what is wrong with it', () => {
  it('is said for each row', () => {
    expect(problems(row(1, 'rtmp://a.example/live', 'k'), row(2, ''))).toEqual([]);
    expect(problems(row(1, '', 'k'))).toEqual([[1, 'missing']]);
    expect(problems(row(1, 'https://a.example/live'))).toEqual([[1, 'scheme']]);
    expect(problems(row(1, 'rtmp:///live', 'k'))).toEqual([[1, 'host']]);
    expect(problems(row(1, 'rtmp://a.example/live', 'two words'))).toEqual([[1, 'signs']]);
    expect(problems(row(1, 'rtmp://a.example/live', 'k'.repeat(1000)))).toEqual([[1, 'long']]);
  });

  it('is nothing at all where all rows are empty, and the same twice', () => {
    expect(problems(row(4, ''), row(5, ''))).toEqual([[4, 'missing']]);
    expect(problems(row(1, 'rtmp://a.example/live', 'k'), row(2, 'rtmp://a.example/live/', 'k'))).toEqual([[2, 'twice']]);
    expect(problems(row(1, 'rtmp://a.example/live', 'k'), row(2, 'rtmp://a.example/live', 'l'))).toEqual([]);
  });
});
