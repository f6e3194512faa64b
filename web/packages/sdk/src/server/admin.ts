import { Http } from '../http.js';
import type { RoomFilter } from '../rooms/rooms.js';
import type { Tokens } from '../token.js';
import type { NewRoom, Page, Room } from '../types.js';
import { AdminRoom } from './admin_room.js';
import { mintUserToken, type ApiKey, type UserTokenOptions } from './user_token.js';

export interface AdminOptions extends ApiKey {
  /** http(s) address of the server. */
  url: string;
  /** Who your backend is in the history of rooms. */
  userId?: string;
  name?: string;
  fetch?: typeof globalThis.fetch;
}

/** A room that is made for somebody. */
export type NewRoomFor = NewRoom & { hostId: string; hostName?: string };

const kTtlSeconds = 600;
/** How long before its end a token is not used any more. */
const kEarlyMs = 60_000;

/** Calls from your backend, with an admin's token that is made anew in time. Never for a page. */
export class Admin {
  private readonly http: Http;

  readonly rooms = {
    /** The room of this host; they need not have been here before. */
    create: (room: NewRoomFor): Promise<Room> => this.http.write<Room>('POST', '/v1/rooms', room),
    /** One page, also of ended ones. */
    fetch: (filter: RoomFilter & { cursor?: string } = {}): Promise<Page<Room>> => this.http.get<Page<Room>>('/v1/rooms', { ...filter }),
  };

  constructor(private readonly options: AdminOptions) {
    this.http = new Http({ url: options.url, fetch: options.fetch, tokens: new AdminTokens(options) });
  }

  room(roomId: string): AdminRoom {
    return new AdminRoom(roomId, this.http);
  }

  /** Makes a user known before their first request, or renames them. */
  nameUser(userId: string, name: string): Promise<unknown> {
    return this.http.write('PUT', `/v1/users/${encodeURIComponent(userId)}`, { name });
  }

  /** The token of a user, signed with the same key. */
  mintUserToken(user: Omit<UserTokenOptions, keyof ApiKey>): Promise<string> {
    const { apiKey, apiSecret } = this.options;
    return mintUserToken({ ...user, apiKey, apiSecret });
  }
}

/** Calls from your backend: create a room for a host, end one, remove or ban somebody. */
export function createAdmin(options: AdminOptions): Admin {
  return new Admin(options);
}

class AdminTokens implements Tokens {
  private token: string | undefined;
  private useUntil = 0;

  constructor(private readonly options: AdminOptions) {}

  async get(): Promise<string> {
    if (this.token === undefined || Date.now() >= this.useUntil) await this.mint();
    return this.token!;
  }

  async renew(refused: string): Promise<boolean> {
    if (this.token === refused) await this.mint();
    return this.token !== refused;
  }

  private async mint(): Promise<void> {
    const { apiKey, apiSecret, userId = 'admin', name } = this.options;
    this.useUntil = Date.now() + kTtlSeconds * 1000 - kEarlyMs;
    this.token = await mintUserToken({ apiKey, apiSecret, userId, ...(name === undefined ? {} : { name }), ttlSeconds: kTtlSeconds, admin: true });
  }
}
