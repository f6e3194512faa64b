import { describe, expect, it } from 'vitest';
import { sampleInvitation, sampleRoom, sampleSeat, sampleState } from '../../../../packages/sdk/src/testing/samples.js';
import { eventsBetween, seenBy, type Seen } from './show_events.js';

const kIdle: Seen = { status: 'idle', isOnAir: false, invitation: undefined };
const kLive: Seen = { ...kIdle, status: 'live' };
const kAsked: Seen = { ...kLive, invitation: { invitationId: 'inv_1', inviterName: 'Hana' } };
const kOnAir: Seen = { ...kLive, isOnAir: true };
const names = (before: Seen | undefined, now: Seen): string[] => eventsBetween(before, now, 'r').map(({ type }) => type);

describe('what the page around a show is told', () => {
  it.each([
    ['nothing before the show', undefined, kIdle, []],
    ['that it runs, to who comes later', undefined, kLive, ['live']],
    ['that it begins', kIdle, kLive, ['live']],
    ['nothing when the host is away for a moment', kLive, { ...kLive, status: 'waitingReconnect' }, []],
    ['nothing when the host is back', { ...kLive, status: 'waitingReconnect' }, kLive, []],
    ['an invitation', kLive, kAsked, ['invited']],
    ['the same invitation once', kAsked, kAsked, []],
    ['another one', kAsked, { ...kAsked, invitation: { invitationId: 'inv_2', inviterName: 'Hana' } }, ['invited']],
    ['being on air', kAsked, kOnAir, ['joined']],
    ['being off it', kOnAir, kLive, ['left']],
    ['the end, on the stage as well', kOnAir, { ...kIdle, status: 'ended' }, ['left', 'ended']],
    ['the end once', { ...kIdle, status: 'ended' }, { ...kIdle, status: 'recorded' }, []],
    ['the end, to who comes later', undefined, { ...kIdle, status: 'ended' }, ['ended']],
  ] as const)('%s', (_what, before, now, expected) => {
    expect(names(before, now)).toEqual(expected);
  });

  it('is what concerns this person', () => {
    const state = sampleState({ room: sampleRoom({ status: 'live' }), invitations: [sampleInvitation({ inviteeId: 'dora' }), sampleInvitation({ invitationId: 'inv_2', inviteeId: 'carl' })] });
    const seats = [sampleSeat({ userId: 'carl', state: 'preparing' }), sampleSeat({ userId: 'dora', state: 'reconnecting' })];
    const on = { ...state, stage: { ...state.stage, seats } };
    expect(seenBy('carl', on)).toEqual({ status: 'live', isOnAir: false, invitation: { invitationId: 'inv_2', inviterName: 'Hana' } });
    expect(seenBy('dora', on).isOnAir).toBe(true);
    expect(seenBy('vera', on)).toEqual(kLive);
  });
});
