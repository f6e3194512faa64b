import { derive, type Live } from '../live.js';
import type { Observable } from '../store.js';
import type { Page, StageRequest } from '../types.js';
import { selectRequests, withRequestVerbs, type LiveRequest, type RequestFilter } from './request.js';
import type { RoomLine } from './room_line.js';

/** Who asked to come on stage. The host sees all, everybody else their own. */
export class RoomRequests {
  constructor(private readonly line: RoomLine) {}

  /** Asks to come on stage. Asking again while waiting renews it: the comment is the newest, the place stays. */
  async create(comment?: string): Promise<LiveRequest> {
    return withRequestVerbs(this.line.http, await this.line.post<StageRequest>('/requests', comment ? { comment } : undefined));
  }

  /** Live, in the order of the queue. */
  list(filter: RequestFilter = {}): Observable<Live<LiveRequest[]>> {
    return derive(this.line.feed, (view) =>
      selectRequests(view?.state.requests ?? [], view?.state.room.policies.requestOrder, filter).map((one) => withRequestVerbs(this.line.http, one)),
    );
  }

  /** One page of all that were ever made. */
  async fetch(filter: RequestFilter & { cursor?: string } = {}): Promise<Page<LiveRequest>> {
    const page = await this.line.get<Page<StageRequest>>('/requests', { ...filter });
    return { ...page, items: page.items.map((one) => withRequestVerbs(this.line.http, one)) };
  }

  /** My newest; refused with `request_not_found` when there is none. */
  async mine(): Promise<LiveRequest> {
    return withRequestVerbs(this.line.http, await this.line.get<StageRequest>('/request'));
  }
}
