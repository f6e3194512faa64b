import { CostageError, type Ingress } from '@costage/sdk';
import { expect, it } from 'vitest';
import { afterFailure, kNone, kNothingKnown, type Known } from './ingress_known.js';

const kOpen: Known = { ingress: { ingressId: 'IN_1', input: 'rtmp', url: 'rtmp://a', streamKey: 'k', state: 'waiting' } satisfies Ingress, error: undefined };
const refused = (code: string, status: number): CostageError => new CostageError(code, '', { status });

it('knows that there is none by a refusal, whatever it was before', () => {
  expect(afterFailure(kNothingKnown, refused('ingress_not_found', 404))).toBe(kNone);
  expect(afterFailure(kOpen, refused('room_ended', 409))).toBe(kNone);
});

it('keeps what it knew while nothing is answered', () => {
  const away = new CostageError('network', 'Away.');
  expect(afterFailure(kOpen, away)).toEqual({ ...kOpen, error: away });
  for (const [code, status] of [['rate_limited', 429], ['token_expired', 401], ['unavailable', 503]] as const) {
    expect(afterFailure(kNothingKnown, refused(code, status))).toMatchObject({ ingress: undefined, error: { code } });
  }
});
