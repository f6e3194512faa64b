import { describe, expect, it } from 'vitest';
import { selectRequests } from './request.js';
import { sampleRequest } from '../testing/samples.js';

const kAnn = sampleRequest({ requestId: 'a', userId: 'ann', appearances: 2, createdAt: '2026-11-21T10:00:00.000Z' });
const kBob = sampleRequest({ requestId: 'b', userId: 'bob', createdAt: '2026-11-21T10:00:01.000Z' });
const kCleo = sampleRequest({ requestId: 'c', userId: 'cleo', createdAt: '2026-11-21T10:00:02.000Z', status: 'declined' });

describe('selectRequests', () => {
  it.each([
    ['asked', {}, ['a', 'b', 'c']],
    ['fewestAppearances', {}, ['b', 'c', 'a']],
    ['asked', { status: 'waiting' }, ['a', 'b']],
    ['asked', { limit: 1 }, ['a']],
  ] as const)('%s %o', (order, filter, ids) => {
    expect(selectRequests([kCleo, kBob, kAnn], order, filter).map((one) => one.requestId)).toEqual(ids);
  });
});
