import type { LiveFinding } from '@costage/sdk';
import { expect, it } from 'vitest';
import { actFor, type HostAct } from './findings.js';

it.each<[LiveFinding['code'][], HostAct | undefined]>([
  [['all_good'], undefined],
  [['not_invited'], 'invite'],
  [['invitation_expired'], 'inviteAgain'],
  [['invitation_rejected', 'cannot_invite'], undefined],
  [['not_watching', 'invitation_pending'], 'resend'],
  [['not_watching', 'invitation_expired'], undefined],
  [['not_watching', 'room_not_live', 'invitation_expired'], 'inviteAgain'],
  [['invitee_unavailable', 'not_invited'], undefined],
])('%s: %s', (codes, act) => {
  // S-093
  expect(actFor(codes.map((code) => ({ code, severity: 'info', detail: '' })))).toBe(act);
});
