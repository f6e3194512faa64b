import { ServerClock, type Clock } from './clock.js';
import { Http } from './http.js';
import { selectInvitations, withVerbs, type InvitationFilter, type LiveInvitation } from './invitation.js';
import { derive, TopicFeed, type Live } from './live.js';
import { Realtime, type Connection, type RealtimeOptions } from './realtime.js';
import { reduceMe, reduceRooms } from './collections.js';
import { RoomHandle } from './room.js';
import type { Observable } from './store.js';
import { TokenKeeper, type Access, type TokenSource } from './token.js';
import type { Block, BroadcasterData, DevToken, GuestToken, Invitation, MeState, NewRoom, Page, Room, RoomsState, RoomStatus, ServerInfo, User } from './types.js';

export interface ClientOptions {
  /** http(s) address of the server. */
  url: string;
  token: TokenSource;
  /**
   * The token ends soon, at this ms of the server's time, and its source has given no other. `setToken` with a fresh one goes on
   * without a break.
   */
  onTokenExpiring?: (expiresAt: number) => void;
  /** Of the application, up to four whole numbers (`8.7.2`): rooms may ask for a newer one before somebody can be invited. */
  clientVersion?: string;
  fetch?: typeof globalThis.fetch;
  WebSocket?: typeof globalThis.WebSocket;
  /** For tests and unusual networks. */
  realtime?: Pick<RealtimeOptions, 'random' | 'lingerMs' | 'backoff'>;
}

export interface RoomFilter {
  status?: RoomStatus[];
  /** Rooms that have all of these. */
  tag?: string[];
  sortBy?: 'firstCreated' | 'lastCreated';
  limit?: number;
}

export class Client {
  private readonly serverClock = new ServerClock();
  private readonly tokens: TokenKeeper;
  private readonly http: Http;
  private readonly realtime: Realtime;
  private readonly handles = new Map<string, RoomHandle>();
  private readonly meFeed: TopicFeed<MeState>;
  private readonly roomsFeed: TopicFeed<RoomsState>;

  /** As it was told when this client was made. */
  readonly clientVersion: string | undefined;

  constructor(options: ClientOptions) {
    this.clientVersion = options.clientVersion;
    this.tokens = new TokenKeeper({
      source: options.token,
      clock: this.serverClock,
      onExpiring: options.onTokenExpiring,
      onRenewed: () => this.realtime?.retry(),
    });
    this.http = new Http({ url: options.url, tokens: this.tokens, fetch: options.fetch });
    this.realtime = new Realtime({
      ...options.realtime,
      url: options.url,
      tokens: this.tokens,
      onOpen: () => this.tokens.watch(),
      probe: () => this.me(),
      clock: this.serverClock,
      WebSocket: options.WebSocket,
    });
    this.meFeed = new TopicFeed(this.realtime, { topic: 'me', reduce: reduceMe, cursor: () => undefined });
    this.roomsFeed = new TopicFeed(this.realtime, { topic: 'rooms', reduce: reduceRooms, cursor: () => undefined });
  }

  /** State of the realtime connection, for an "offline" notice. */
  get connection(): Observable<Connection> {
    return this.realtime.connection;
  }

  /** The server's time, for countdowns and "since": the user's own clock may be wrong. Known from the first live object on. */
  get clock(): Clock {
    return this.serverClock;
  }

  /** Whether the token still opens doors, and until when; followed from the first live object on. */
  get access(): Observable<Access> {
    return this.tokens.access;
  }

  /** Another token of the same user, from now on. What is connected stays connected; what was refused is tried again. */
  setToken(token: string): void {
    this.tokens.set(token);
  }

  /** Tries to connect now instead of after the pause. */
  reconnect(): void {
    this.realtime.retry();
  }

  /** The same object for the same room, so that all screens share one subscription and one media connection. */
  room(roomId: string): RoomHandle {
    let handle = this.handles.get(roomId);
    if (!handle) {
      handle = new RoomHandle(roomId, this.http, this.realtime, this.serverClock, this.clientVersion);
      this.handles.set(roomId, handle);
    }
    return handle;
  }

  async createRoom(room: NewRoom): Promise<RoomHandle> {
    const made = await this.http.write<Room>('POST', '/v1/rooms', room);
    return this.room(made.roomId);
  }

  /** Live: shows that wait, run or reconnect. */
  rooms(filter: RoomFilter = {}): Observable<Live<Room[]>> {
    return derive(this.roomsFeed, (state) => selectRooms(state?.rooms ?? [], filter));
  }

  /** Once, also for ended rooms. */
  listRooms(filter: RoomFilter & { cursor?: string } = {}): Promise<Page<Room>> {
    return this.http.get<Page<Room>>('/v1/rooms', { ...filter });
  }

  /** What the server says of itself. */
  server(): Promise<ServerInfo> {
    return this.http.get<ServerInfo>('/v1/server');
  }

  me(): Promise<User> {
    return this.http.get<User>('/v1/me');
  }

  /** Off: nobody can invite me. */
  takeInvitations(on: boolean): Promise<User> {
    return this.http.write<User>('PATCH', '/v1/me', { takesInvitations: on });
  }

  /** Where I am host or on stage they cannot ask to join and are not invited, and they cannot invite me. */
  block(userId: string): Promise<Block> {
    return this.http.write<Block>('PUT', `/v1/me/blocks/${encodeURIComponent(userId)}`);
  }

  unblock(userId: string): Promise<Block> {
    return this.http.write<Block>('DELETE', `/v1/me/blocks/${encodeURIComponent(userId)}`);
  }

  /** Once: whom I have blocked, the oldest first. */
  listBlocks(page: { limit?: number; cursor?: string } = {}): Promise<Page<Block>> {
    return this.http.get<Page<Block>>('/v1/me/blocks', { ...page });
  }

  /** Live: invitations to me that wait for an answer. */
  getMyRoomInvitations(filter: Omit<InvitationFilter, 'status'> = {}): Observable<Live<LiveInvitation[]>> {
    return derive(this.meFeed, (state) =>
      selectInvitations(state?.invitations ?? [], { ...filter, status: 'pending' }).map((one) => withVerbs(this.http, one)),
    );
  }

  /** Once, with any status. */
  async listMyRoomInvitations(filter: InvitationFilter & { cursor?: string } = {}): Promise<Page<LiveInvitation>> {
    const page = await this.http.get<Page<Invitation>>('/v1/me/invitations', { ...filter });
    return { ...page, items: page.items.map((one) => withVerbs(this.http, one)) };
  }

  /** One that I sent or got, by its id. */
  async getInvitation(invitationId: string): Promise<LiveInvitation> {
    return withVerbs(this.http, await this.http.get<Invitation>(`/v1/invitations/${encodeURIComponent(invitationId)}`));
  }

  getBroadcasterData(roomId: string, only?: { leaseId: string }): Promise<BroadcasterData> {
    return this.room(roomId).getBroadcasterData(only);
  }

  /** Leaves everything: media and realtime. */
  async close(): Promise<void> {
    this.realtime.close();
    this.tokens.close();
    for (const { chat } of this.handles.values()) chat.close();
    await Promise.all([...this.handles.values()].map((handle) => handle.media().leave()));
    this.handles.clear();
  }
}

function selectRooms(rooms: readonly Room[], filter: RoomFilter): Room[] {
  const chosen = filter.status ? rooms.filter((room) => filter.status?.includes(room.status)) : [...rooms];
  const tagged = chosen.filter((room) => (filter.tag ?? []).every((tag) => room.tags.includes(tag)));
  const sign = filter.sortBy === 'firstCreated' ? 1 : -1;
  tagged.sort((a, b) => sign * a.createdAt.localeCompare(b.createdAt));
  return filter.limit === undefined ? tagged : tagged.slice(0, filter.limit);
}

export function createClient(options: ClientOptions): Client {
  return new Client(options);
}

export function getServer(url: string, fetch?: typeof globalThis.fetch): Promise<ServerInfo> {
  return new Http({ url, fetch }).get<ServerInfo>('/v1/server');
}

/** A token to watch one room without an account; refused with `sign_in_needed` where the room does not admit guests. */
export function watchAsGuest(url: string, roomId: string, name?: string): Promise<GuestToken> {
  return new Http({ url }).write('POST', `/v1/rooms/${encodeURIComponent(roomId)}/guests`, name === undefined ? undefined : { name });
}

/** A token for trying things out; only servers started with --dev give one. */
export function createDevToken(url: string, name: string, userId?: string): Promise<DevToken> {
  return new Http({ url }).write('POST', '/v1/dev/tokens', userId === undefined ? { name } : { userId, name });
}
