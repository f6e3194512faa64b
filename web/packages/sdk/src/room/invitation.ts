import { CostageError } from '../errors.js';
import type { Http } from '../http.js';
import type { Invitation, InvitationBatch, InvitationStatus } from '../types.js';

/** An invitation with what can be done about it. Each verb answers with the invitation as it is then. */
export interface LiveInvitation extends Invitation {
  accept(): Promise<LiveInvitation>;
  reject(): Promise<LiveInvitation>;
  cancel(): Promise<LiveInvitation>;
  /** Renews the expiry of a pending one. */
  resend(): Promise<LiveInvitation>;
  /** Wants who accepted on stage now; `calledFor` is the end of the countdown to it. */
  call(): Promise<LiveInvitation>;
}

/** Of a batch: each is answered for itself. */
export interface BatchAnswer {
  userId: string;
  invitation?: LiveInvitation;
  /** Why not. */
  error?: CostageError;
}

export interface InvitationFilter {
  status?: InvitationStatus | readonly InvitationStatus[];
  limit?: number;
}

export function withVerbs(http: Http, invitation: Invitation): LiveInvitation {
  const verb = (name: string) => async (): Promise<LiveInvitation> => {
    const path = `/v1/invitations/${encodeURIComponent(invitation.invitationId)}/${name}`;
    return withVerbs(http, await http.write<Invitation>('POST', path));
  };
  return {
    ...invitation,
    accept: verb('accept'),
    reject: verb('reject'),
    cancel: verb('cancel'),
    resend: verb('resend'),
    call: verb('call'),
  };
}

export function batchAnswers(http: Http, batch: InvitationBatch): BatchAnswer[] {
  return batch.items.map(({ userId, invitation, code, detail, retryAfterSeconds }) => {
    if (invitation) return { userId, invitation: withVerbs(http, invitation) };
    return { userId, error: new CostageError(code ?? 'server_error', detail ?? '', { retryAfterSeconds }) };
  });
}

/** Newest first. */
export function selectInvitations(list: readonly Invitation[], filter: InvitationFilter): Invitation[] {
  const statuses = typeof filter.status === 'string' ? [filter.status] : filter.status;
  const chosen = list.filter((one) => !statuses || statuses.includes(one.status));
  chosen.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return filter.limit === undefined ? chosen : chosen.slice(0, filter.limit);
}
