import type { Http } from './http.js';
import type { Invitation, InvitationStatus } from './types.js';

/** An invitation with what can be done about it. Each verb answers with the invitation as it is then. */
export interface LiveInvitation extends Invitation {
  accept(): Promise<LiveInvitation>;
  reject(): Promise<LiveInvitation>;
  cancel(): Promise<LiveInvitation>;
  /** Renews the expiry of a pending one. */
  resend(): Promise<LiveInvitation>;
}

export interface InvitationFilter {
  status?: InvitationStatus;
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
  };
}

/** Newest first. */
export function selectInvitations(list: readonly Invitation[], filter: InvitationFilter): Invitation[] {
  const chosen = list.filter((one) => filter.status === undefined || one.status === filter.status);
  chosen.sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  return filter.limit === undefined ? chosen : chosen.slice(0, filter.limit);
}
