import type { Clock } from '../clock.js';
import type { Http, Method, Query } from '../http.js';
import { TopicFeed } from '../live.js';
import type { Realtime, ServerMessage } from '../realtime.js';
import type { Unsubscribe } from '../store.js';
import type { RoomEvent } from '../types.js';
import { reduceRoom, type RoomMessage, type RoomView } from './reducer.js';

/** What the parts of one room share: its address, and its one subscription. */
export class RoomLine {
  readonly feed: TopicFeed<RoomView>;

  constructor(
    readonly roomId: string,
    readonly http: Http,
    readonly realtime: Realtime,
    readonly clock: Clock,
  ) {
    this.feed = new TopicFeed<RoomView>(realtime, {
      topic: `room/${roomId}`,
      reduce: (view, message) => {
        const { view: value, gap, stale } = reduceRoom(view, message as unknown as RoomMessage, this.userId ?? '');
        return { value, gap, stale };
      },
      cursor: (view) => view.cursor,
    });
  }

  /** Who I am, as far as the server has said. */
  get userId(): string | undefined {
    return this.realtime.connection.getSnapshot().userId;
  }

  path = (rest: string): string => `/v1/rooms/${encodeURIComponent(this.roomId)}${rest}`;

  get<T>(rest: string, query?: Query): Promise<T> {
    return this.http.get<T>(this.path(rest), query);
  }

  write<T>(method: Exclude<Method, 'GET'>, rest: string, body?: unknown): Promise<T> {
    return this.http.write<T>(method, this.path(rest), body);
  }

  post<T>(rest: string, body?: unknown): Promise<T> {
    return this.write<T>('POST', rest, body);
  }

  /** Each event once, in order, while somebody else keeps the room subscribed. */
  onEvent(listener: (event: RoomEvent) => void): Unsubscribe {
    return this.feed.tap((message) => {
      if (message.type === 'event') listener(message['event'] as RoomEvent);
    });
  }

  /** Messages of the room, which stays subscribed for them. */
  listen = (listener: (message: ServerMessage) => void): Unsubscribe => {
    const stops = [this.feed.tap(listener), this.feed.subscribe(() => {})];
    return () => stops.forEach((stop) => stop());
  };
}
