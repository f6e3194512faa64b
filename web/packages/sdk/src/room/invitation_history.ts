import { toCostageError, type CostageError } from '../errors.js';
import type { Http } from '../http.js';
import { selectInvitations, withVerbs, type InvitationFilter, type LiveInvitation } from './invitation.js';
import type { Live } from '../live.js';
import type { ServerMessage } from '../realtime.js';
import { LiveObject, Store, type Listener, type Observable, type Unsubscribe } from '../store.js';
import type { Invitation, Page, RoomEvent } from '../types.js';

export interface InvitationList {
  /** Newest first. */
  items: LiveInvitation[];
  hasMore: boolean;
}

/** All that were sent from a room, page by page; what is held follows the room. `limit` is the length of a page. */
export interface InvitationHistory extends Observable<Live<InvitationList>> {
  /** Brings older ones in. Does not throw: `error` says why it failed. */
  loadMore(): Promise<void>;
}

export interface HistorySource {
  http: Http;
  roomId: string;
  /** The messages of the room, which is subscribed as long as they are listened to. */
  onMessage: (listener: (message: ServerMessage) => void) => Unsubscribe;
}

export class InvitationPages extends LiveObject<Live<InvitationList>> implements InvitationHistory {
  private readonly store: Store<Live<InvitationList>>;
  private stopMessages: Unsubscribe | undefined;
  private held: readonly Invitation[] = [];
  private cursor: string | undefined;
  private pages = 0;
  /** What is answered to an earlier question is not taken. */
  private question = 0;
  private asking: Promise<void> | undefined;
  /** Told while a page is on its way, which may have been read before. */
  private told: Invitation[] = [];

  constructor(
    private readonly source: HistorySource,
    private readonly filter: InvitationFilter,
  ) {
    super();
    const nothing = { data: { items: [], hasMore: false }, loading: true, error: undefined };
    this.store = new Store<Live<InvitationList>>(nothing, () => this.start(), () => this.stop());
  }

  getSnapshot = (): Live<InvitationList> => this.store.getSnapshot();
  subscribe = (listener: Listener<Live<InvitationList>>): Unsubscribe => this.store.subscribe(listener);

  loadMore(): Promise<void> {
    if (this.asking) return this.asking;
    return this.cursor === undefined ? Promise.resolve() : this.ask(1, this.held, this.cursor);
  }

  private start(): void {
    this.stopMessages = this.source.onMessage((message) => this.take(message));
    void this.askAnew();
  }

  private stop(): void {
    this.question++;
    this.asking = undefined;
    this.stopMessages?.();
  }

  /** As many pages as there were. */
  private askAnew(): Promise<void> {
    return this.ask(Math.max(1, this.pages), [], undefined);
  }

  private ask(count: number, before: readonly Invitation[], cursor: string | undefined): Promise<void> {
    const mine = ++this.question;
    this.told = [];
    this.store.update({ loading: true, error: undefined });
    this.asking = this.answer(mine, count, before, cursor);
    return this.asking;
  }

  private async answer(mine: number, count: number, before: readonly Invitation[], cursor: string | undefined): Promise<void> {
    let held = before;
    let next = cursor;
    let pages = before.length === 0 ? 0 : this.pages;
    let error: CostageError | undefined;
    try {
      for (let left = count; left > 0 && (left === count || next !== undefined); left--, pages++) {
        const page = await this.page(next);
        held = merged(held, page.items);
        next = page.nextCursor;
      }
    } catch (cause) {
      error = toCostageError(cause);
    }
    if (mine !== this.question) return;
    // Before anybody hears of it: who then asks for more is heard.
    this.asking = undefined;
    if (error) return this.store.update({ loading: false, error });
    Object.assign(this, { held, cursor: next, pages });
    for (const one of this.told) this.put(one);
    this.show();
  }

  private page(cursor: string | undefined): Promise<Page<Invitation>> {
    const { status, limit } = this.filter;
    return this.source.http.get<Page<Invitation>>(`/v1/rooms/${encodeURIComponent(this.source.roomId)}/invitations`, { status, limit, cursor });
  }

  private take(message: ServerMessage): void {
    // A snapshot instead of events: something was missed, or more may be seen than before.
    if (message.type === 'snapshot') return void this.askAnew();
    const invitation = message.type === 'event' ? (message['event'] as RoomEvent).data?.invitation : undefined;
    if (!invitation) return;
    this.told.push(invitation);
    this.put(invitation);
    if (!this.asking) this.show();
  }

  /** One that is older than all that is held comes with its page. */
  private put(invitation: Invitation): void {
    const isHeld = this.held.some((one) => one.invitationId === invitation.invitationId);
    const oldest = this.held.at(-1);
    const isBehind = this.cursor !== undefined && oldest !== undefined && invitation.createdAt < oldest.createdAt;
    if (isHeld || !isBehind) this.held = merged(this.held, [invitation]);
  }

  private show(): void {
    const items = selectInvitations(this.held, { ...this.filter, limit: Number.POSITIVE_INFINITY }).map((one) => withVerbs(this.source.http, one));
    this.store.set({ data: { items, hasMore: this.cursor !== undefined }, loading: false, error: undefined });
  }
}

/** Each once, by its newest word. */
function merged(held: readonly Invitation[], news: readonly Invitation[]): Invitation[] {
  const ids = new Set(news.map((one) => one.invitationId));
  return [...held.filter((one) => !ids.has(one.invitationId)), ...news].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
