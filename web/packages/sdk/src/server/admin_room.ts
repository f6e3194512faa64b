import type { Http, Method, Query } from '../http.js';
import type { EgressWish } from '../room/egresses.js';
import type { EgressDetails, Invitation, InvitationStatus, Page, Room, RoomChanges, Stage, Standing, TrackSources, Watcher } from '../types.js';

/** One room, from outside: what the host may do, without being there. */
export class AdminRoom {
  readonly stage = {
    get: (): Promise<Stage> => this.read('/stage'),
    /** Also takes back the place of somebody who accepted and is not there yet. */
    remove: (userId: string): Promise<Stage> => this.write('DELETE', `/stage/${encodeURIComponent(userId)}`),
    switchOff: (userId: string, sources: TrackSources): Promise<Stage> => this.write('POST', `/stage/${encodeURIComponent(userId)}/switch-off`, sources),
  };

  readonly invitations = {
    create: (userId: string, options: { ttlSeconds?: number } = {}): Promise<Invitation> => this.write('POST', '/invitations', { userId, ...options }),
    /** One page, newest first. */
    fetch: (filter: { status?: InvitationStatus; limit?: number; cursor?: string } = {}): Promise<Page<Invitation>> => this.read('/invitations', { ...filter }),
  };

  readonly presence = {
    /** One page of who watches now. */
    fetch: (filter: { query?: string; limit?: number; cursor?: string } = {}): Promise<Page<Watcher>> => this.read('/watchers', { ...filter }),
  };

  /** Recordings and restreams. */
  readonly egresses = {
    /** The newest first, also those that have ended. */
    list: async (): Promise<EgressDetails[]> => (await this.read<{ items: EgressDetails[] }>('/egresses')).items,
    start: (wish: EgressWish): Promise<EgressDetails> => this.write('POST', '/egresses', wish),
    stop: (egressId: string): Promise<EgressDetails> => this.write('DELETE', `/egresses/${encodeURIComponent(egressId)}`),
  };

  readonly moderation = {
    /** Without `seconds` to the end of the show. */
    mute: (userId: string, how: { seconds?: number; reason?: string } = {}): Promise<Standing> => this.about(userId, 'mute', how),
    unmute: (userId: string): Promise<Standing> => this.about(userId, 'unmute'),
    /** Out of the show, and not back in. */
    ban: (userId: string, reason?: string): Promise<Standing> => this.about(userId, 'ban', reason ? { reason } : undefined),
    unban: (userId: string): Promise<Standing> => this.about(userId, 'unban'),
    /** A moderator for this show. */
    appoint: (userId: string): Promise<Standing> => this.about(userId, 'appoint'),
    dismiss: (userId: string): Promise<Standing> => this.about(userId, 'dismiss'),
  };

  constructor(
    readonly roomId: string,
    private readonly http: Http,
  ) {}

  get(): Promise<Room> {
    return this.read('');
  }

  update(changes: RoomChanges): Promise<Room> {
    return this.write('PATCH', '', changes);
  }

  /** Ends the show for everybody. */
  stop(): Promise<Room> {
    return this.write('POST', '/stop');
  }

  private about(userId: string, verb: string, body?: object): Promise<Standing> {
    return this.write('POST', `/people/${encodeURIComponent(userId)}/${verb}`, body);
  }

  private read<T>(rest: string, query?: Query): Promise<T> {
    return this.http.get<T>(this.path(rest), query);
  }

  private write<T>(method: Exclude<Method, 'GET'>, rest: string, body?: object): Promise<T> {
    return this.http.write<T>(method, this.path(rest), body);
  }

  private path(rest: string): string {
    return `/v1/rooms/${encodeURIComponent(this.roomId)}${rest}`;
  }
}
