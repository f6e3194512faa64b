import type { LiveFinding } from '@costage/sdk';

export type HostAct = 'invite' | 'inviteAgain' | 'resend';

const kActs: Partial<Record<LiveFinding['code'], HostAct>> = {
  not_invited: 'invite',
  invitation_pending: 'resend',
  invitation_rejected: 'inviteAgain',
  invitation_cancelled: 'inviteAgain',
  invitation_expired: 'inviteAgain',
  removed_from_stage: 'inviteAgain',
};

/** The server would refuse it. */
const kBars: ReadonlySet<LiveFinding['code']> = new Set([
  'room_ended', 'user_unknown', 'is_guest', 'invitee_blocked', 'invitee_unavailable', 'client_too_old', 'stage_full', 'cannot_invite',
]);

/** What the host can do about it here, if anything. A pending invitation is resent to anybody, who does not watch is invited before the show only. */
export function actFor(findings: readonly LiveFinding[]): HostAct | undefined {
  const act = findings.map(({ code }) => kActs[code]).find((one) => one !== undefined);
  if (act === 'resend') return act;
  const codes = new Set(findings.map(({ code }) => code));
  const isBarred = findings.some(({ code }) => kBars.has(code)) || (codes.has('not_watching') && !codes.has('room_not_live'));
  return isBarred ? undefined : act;
}
