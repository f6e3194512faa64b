import { ServerClock, type Clock } from './clock.js';
import { Http } from './http.js';
import { Realtime, type Connection, type RealtimeOptions } from './realtime.js';
import { RoomHandle } from './room/room.js';
import { RoomLine } from './room/room_line.js';
import { Blocks } from './rooms/blocks.js';
import { MyInvitations } from './rooms/my_invitations.js';
import { Rooms } from './rooms/rooms.js';
import type { Observable } from './store.js';
import { TokenKeeper, type Access, type TokenSource } from './token.js';
import type { BroadcasterData, DevToken, GuestToken, ServerInfo, User } from './types.js';

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

/** One user on one server. */
export class Client {
  readonly rooms: Rooms;
  /** Invitations to me. */
  readonly invitations: MyInvitations;
  readonly blocks: Blocks;
  private readonly serverClock = new ServerClock();
  private readonly tokens: TokenKeeper;
  private readonly http: Http;
  private readonly realtime: Realtime;
  private readonly handles = new Map<string, RoomHandle>();
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
    this.rooms = new Rooms(this.http, this.realtime, (roomId) => this.room(roomId));
    this.invitations = new MyInvitations(this.http, this.realtime);
    this.blocks = new Blocks(this.http);
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

  /** The same object for the same room, so that all screens share one subscription and one media connection. Asks for nothing yet. */
  room(roomId: string): RoomHandle {
    let handle = this.handles.get(roomId);
    if (!handle) {
      handle = new RoomHandle(new RoomLine(roomId, this.http, this.realtime, this.serverClock), this.clientVersion);
      this.handles.set(roomId, handle);
    }
    return handle;
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

  /** `room(roomId).stage.access` by the name that the published guides use. */
  getBroadcasterData(roomId: string, only?: { leaseId: string }): Promise<BroadcasterData> {
    return this.room(roomId).stage.access(only);
  }

  /** Leaves everything: media and realtime. */
  async close(): Promise<void> {
    this.realtime.close();
    this.tokens.close();
    const handles = [...this.handles.values()];
    this.handles.clear();
    await Promise.all(handles.map((handle) => handle.close()));
  }
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
