import { describe, expect, it } from 'vitest';
import { sampleInvitation, sampleRoom } from '../../../sdk/src/testing/samples.js';
import { invitesAnybody, newestPerInvitee } from './people.js';

describe('invitations of a room', () => {
  const declined = sampleInvitation({ status: 'rejected' });
  const again = sampleInvitation({ invitationId: 'inv_2', createdAt: '2026-11-21T10:05:00.000Z' });

  it('shows the newest of each person', () => {
    // S-025, S-044
    expect(newestPerInvitee([declined, again]).map((one) => one.invitationId)).toEqual(['inv_2']);
  });
});

describe('inviting somebody who is not in the room', () => {
  const room = (status: 'idle' | 'live', inviteWatchersOnly: boolean) =>
    sampleRoom({ status, policies: { ...sampleRoom().policies, inviteWatchersOnly } });

  it.each([
    ['idle', true, true],
    ['idle', false, true],
    ['live', true, false],
    ['live', false, true],
  ] as const)('%s, watchers only %s: %s', (status, watchersOnly, expected) => {
    // S-016
    expect(invitesAnybody(room(status, watchersOnly))).toBe(expected);
  });
});
