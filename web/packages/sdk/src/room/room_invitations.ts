import { LazyLive } from '../lazy_live.js';
import { derive, type Live } from '../live.js';
import type { Observable } from '../store.js';
import type { Invitation, InvitationBatch, Page } from '../types.js';
import { batchAnswers, selectInvitations, withVerbs, type BatchAnswer, type InvitationFilter, type LiveInvitation } from './invitation.js';
import type { InvitationHistory, InvitationList, InvitationPages } from './invitation_history.js';
import type { RoomLine } from './room_line.js';

export interface InviteOptions {
  /** How long they may take to answer; left out, what the room's policies say. */
  ttlSeconds?: number;
}

/** Who was asked onto the stage of one room. Everybody but those who invite sees their own only. */
export class RoomInvitations {
  constructor(private readonly line: RoomLine) {}

  /** Refused with the reason why not, such as `invitee_not_watching` or `already_on_stage`. */
  async create(userId: string, options: InviteOptions = {}): Promise<LiveInvitation> {
    return withVerbs(this.line.http, await this.line.post<Invitation>('/invitations', { userId, ...options }));
  }

  /** Asks up to 10 people at once. What is refused to one touches no other. */
  async createMany(userIds: readonly string[], options: InviteOptions = {}): Promise<BatchAnswer[]> {
    return batchAnswers(this.line.http, await this.line.post<InvitationBatch>('/invitations/batch', { userIds, ...options }));
  }

  /** Live: the newest of each person, newest first. */
  list(filter: InvitationFilter = {}): Observable<Live<LiveInvitation[]>> {
    return derive(this.line.feed, (view) =>
      selectInvitations(view?.state.invitations ?? [], filter).map((one) => withVerbs(this.line.http, one)),
    );
  }

  /** One page of all that were ever sent, newest first. */
  async fetch(filter: InvitationFilter & { cursor?: string } = {}): Promise<Page<LiveInvitation>> {
    const page = await this.line.get<Page<Invitation>>('/invitations', { ...filter });
    return { ...page, items: page.items.map((one) => withVerbs(this.line.http, one)) };
  }

  /** Live: all that were ever sent, page by page. */
  history(filter: InvitationFilter = {}): InvitationHistory {
    const { http, roomId } = this.line;
    const source = { http, roomId, onMessage: this.line.listen };
    return new LazyHistory({ items: [], hasMore: false }, async () => new (await import('./invitation_history.js')).InvitationPages(source, filter));
  }

  /** My newest; refused with `invitation_not_found` when there is none. */
  async mine(): Promise<LiveInvitation> {
    return withVerbs(this.line.http, await this.line.get<Invitation>('/invitation'));
  }
}

class LazyHistory extends LazyLive<InvitationList, InvitationPages> implements InvitationHistory {
  async loadMore(): Promise<void> {
    await this.inner?.loadMore();
  }
}
