import type { Http } from '../http.js';
import { derive, TopicFeed, type Live } from '../live.js';
import type { Realtime } from '../realtime.js';
import type { RoomHandle } from '../room/room.js';
import type { Observable } from '../store.js';
import type { NewRoom, Page, Room, RoomsState, RoomStatus } from '../types.js';
import { reduceRooms } from './collections.js';

export interface RoomFilter {
  status?: RoomStatus[];
  /** Rooms that have all of these. */
  tag?: string[];
  sortBy?: 'firstCreated' | 'lastCreated';
  limit?: number;
}

/** A room whose data is known, because it was just made. */
export type MadeRoom = RoomHandle & { readonly data: Room };

/** The shows of the server. */
export class Rooms {
  private readonly feed: TopicFeed<RoomsState>;

  constructor(
    private readonly http: Http,
    realtime: Realtime,
    private readonly handle: (roomId: string) => RoomHandle,
  ) {
    this.feed = new TopicFeed(realtime, { topic: 'rooms', reduce: reduceRooms, cursor: () => undefined });
  }

  /** The caller is its host. `data` is there at once. */
  async create(room: NewRoom): Promise<MadeRoom> {
    const made = await this.http.write<Room>('POST', '/v1/rooms', room);
    const handle = this.handle(made.roomId);
    handle.learn(made);
    return handle as MadeRoom;
  }

  /** Live: shows that wait, run or reconnect. */
  list(filter: RoomFilter = {}): Observable<Live<Room[]>> {
    return derive(this.feed, (state) => selectRooms(state?.rooms ?? [], filter));
  }

  /** The cover of a show, else what was last seen of it; undefined where there is neither. */
  picture(roomId: string): Promise<Blob | undefined> {
    return this.http.get<Blob | undefined>(`/v1/rooms/${encodeURIComponent(roomId)}/picture`);
  }

  /** One page, also of ended ones. */
  fetch(filter: RoomFilter & { cursor?: string } = {}): Promise<Page<Room>> {
    return this.http.get<Page<Room>>('/v1/rooms', { ...filter });
  }
}

function selectRooms(rooms: readonly Room[], filter: RoomFilter): Room[] {
  const chosen = filter.status ? rooms.filter((room) => filter.status?.includes(room.status)) : [...rooms];
  const tagged = chosen.filter((room) => (filter.tag ?? []).every((tag) => room.tags.includes(tag)));
  const sign = filter.sortBy === 'firstCreated' ? 1 : -1;
  tagged.sort((a, b) => sign * a.createdAt.localeCompare(b.createdAt));
  return filter.limit === undefined ? tagged : tagged.slice(0, filter.limit);
}
