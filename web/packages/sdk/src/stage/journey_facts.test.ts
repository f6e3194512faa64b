import { describe, expect, it } from 'vitest';
import { kStart } from '../media/media_state.js';
import { sampleInvitation, sampleRoom, sampleSeat, sampleState } from '../testing/samples.js';
import { factsOf } from './journey_facts.js';

const never = (): boolean => false;

describe('what the journey needs to know', () => {
  it('is about this person alone, and the newest of each', () => {
    const later = '2026-11-21T10:05:00.000Z';
    const state = sampleState({
      room: sampleRoom({ status: 'live' }),
      stage: { roomId: 'room_1', seats: [sampleSeat({ userId: 'hana', leaseId: 'lease_h' }), sampleSeat()] },
      invitations: [
        sampleInvitation({ invitationId: 'inv_1', status: 'rejected' }),
        sampleInvitation({ invitationId: 'inv_2', createdAt: later }),
        sampleInvitation({ invitationId: 'inv_3', inviteeId: 'vera', createdAt: '2026-11-21T10:09:00.000Z' }),
      ],
    });
    const facts = factsOf(state, 'carl', kStart, (seat) => seat.leaseId === 'lease_1');
    expect(facts).toMatchObject({ room: 'live', seat: { leaseId: 'lease_1' }, holdsSeat: true, invitation: { invitationId: 'inv_2' } });
    expect(factsOf(state, 'vera', kStart, () => true)).toMatchObject({ seat: undefined, holdsSeat: false, invitation: { invitationId: 'inv_3' } });
  });

  it('holds the newest request to join, where the server tells of them', () => {
    const request = { userId: 'carl', requestId: 'req_1', status: 'expired', createdAt: '2026-11-21T10:00:00.000Z' } as const;
    const again = { ...request, requestId: 'req_2', status: 'waiting', createdAt: '2026-11-21T10:01:00.000Z' } as const;
    const state = { ...sampleState(), requests: [again, request] };
    expect(factsOf(state, 'carl', kStart, never).request).toEqual(again);
    expect(factsOf(state, 'vera', kStart, never).request).toBeUndefined();
    expect(factsOf(sampleState(), 'carl', kStart, never).request).toBeUndefined();
  });
});
