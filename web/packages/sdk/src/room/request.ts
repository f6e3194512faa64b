import type { Http } from '../http.js';
import { withVerbs as invitationWithVerbs, type LiveInvitation } from './invitation.js';
import type { Invitation, Policies, RequestStatus, StageRequest } from '../types.js';

/** Somebody asked to come on stage, with what can be done about it. */
export interface LiveRequest extends StageRequest {
  /** By who asked. */
  withdraw(): Promise<LiveRequest>;
  /** By the host; who asked reads the reason. */
  decline(reason?: string): Promise<LiveRequest>;
  /** By the host: that is the yes. */
  invite(options?: { ttlSeconds?: number }): Promise<LiveInvitation>;
}

export interface RequestFilter {
  status?: RequestStatus;
  limit?: number;
}

export function withRequestVerbs(http: Http, request: StageRequest): LiveRequest {
  const { requestId, roomId, userId } = request;
  const verb = async (name: string, body?: object): Promise<LiveRequest> =>
    withRequestVerbs(http, await http.write<StageRequest>('POST', `/v1/requests/${encodeURIComponent(requestId)}/${name}`, body));
  return {
    ...request,
    withdraw: () => verb('withdraw'),
    decline: (reason) => verb('decline', reason ? { reason } : undefined),
    invite: async (options = {}) =>
      invitationWithVerbs(http, await http.write<Invitation>('POST', `/v1/rooms/${encodeURIComponent(roomId)}/invitations`, { userId, ...options })),
  };
}

/** In the order of the queue: who is invited next stands first. */
export function selectRequests(list: readonly StageRequest[], order: Policies['requestOrder'] | undefined, filter: RequestFilter): StageRequest[] {
  const before = (one: StageRequest): number => (order === 'fewestAppearances' ? one.appearances : 0);
  const chosen = list.filter((one) => filter.status === undefined || one.status === filter.status);
  chosen.sort((a, b) => before(a) - before(b) || a.createdAt.localeCompare(b.createdAt) || a.requestId.localeCompare(b.requestId));
  return filter.limit === undefined ? chosen : chosen.slice(0, filter.limit);
}
