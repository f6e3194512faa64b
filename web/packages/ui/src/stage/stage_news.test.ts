import { describe, expect, it } from 'vitest';
import { sampleSeat } from '../../../sdk/src/testing/samples.js';
import { stageNews } from './stage_news.js';

const host = sampleSeat({ userId: 'hanna', role: 'host' });
const carl = (state: 'preparing' | 'onAir' | 'reconnecting') => sampleSeat({ userId: 'carl', state });
const ids = ({ came, left }: ReturnType<typeof stageNews>) => [came.map((one) => one.userId), left.map((one) => one.userId)];

describe('news of the stage', () => {
  it('are who comes on air, not who gets ready for it', () => {
    expect(ids(stageNews([host], [host, carl('preparing')]))).toEqual([[], []]);
    expect(ids(stageNews([host, carl('preparing')], [host, carl('onAir')]))).toEqual([['carl'], []]);
    expect(ids(stageNews([host], [host, carl('onAir')]))).toEqual([['carl'], []]);
  });

  it('are who goes, not whose connection was gone for a moment', () => {
    expect(ids(stageNews([host, carl('onAir')], [host, carl('reconnecting')]))).toEqual([[], []]);
    expect(ids(stageNews([host, carl('reconnecting')], [host, carl('onAir')]))).toEqual([[], []]);
    expect(ids(stageNews([host, carl('reconnecting')], [host]))).toEqual([[], ['carl']]);
  });
});
