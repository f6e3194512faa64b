import type { Http } from '../http.js';
import { derive, TopicFeed, type Live } from '../live.js';
import type { Realtime } from '../realtime.js';
import { selectInvitations, withVerbs, type InvitationFilter, type LiveInvitation } from '../room/invitation.js';
import type { Observable } from '../store.js';
import type { Invitation, MeState, Page } from '../types.js';
import { reduceMe } from './collections.js';

/** Invitations to me, whatever the room. */
export class MyInvitations {
  private readonly feed: TopicFeed<MeState>;

  constructor(
    private readonly http: Http,
    realtime: Realtime,
  ) {
    this.feed = new TopicFeed(realtime, { topic: 'me', reduce: reduceMe, cursor: () => undefined });
  }

  /** Live: those that wait for an answer, newest first. */
  list(filter: Omit<InvitationFilter, 'status'> = {}): Observable<Live<LiveInvitation[]>> {
    return derive(this.feed, (state) =>
      selectInvitations(state?.invitations ?? [], { ...filter, status: 'pending' }).map((one) => withVerbs(this.http, one)),
    );
  }

  /** One page, with any status, newest first. */
  async fetch(filter: InvitationFilter & { cursor?: string } = {}): Promise<Page<LiveInvitation>> {
    const page = await this.http.get<Page<Invitation>>('/v1/me/invitations', { ...filter });
    return { ...page, items: page.items.map((one) => withVerbs(this.http, one)) };
  }

  /** One that I sent or got; refused with `invitation_not_found`. */
  async get(invitationId: string): Promise<LiveInvitation> {
    return withVerbs(this.http, await this.http.get<Invitation>(`/v1/invitations/${encodeURIComponent(invitationId)}`));
  }
}
