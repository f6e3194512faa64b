import type { LiveChat } from './chat/chat.js';
import type { Client } from './client.js';
import { CostageError } from './errors.js';
import type { LiveInvitation } from './room/invitation.js';
import type { Live } from './live.js';
import type { RoomHandle } from './room/room.js';
import type { Observable, Unsubscribe } from './store.js';
import type { BroadcasterData, Invitation, InvitationStatus, NewRoom, Room, RoomChanges, RoomStatus } from './types.js';

export const InvitationTargetType = { Room: 'room' } as const;
export type InvitationTargetType = (typeof InvitationTargetType)[keyof typeof InvitationTargetType];

/** The same by the name of the published package. */
export const InvitationTargetTypeEnum = InvitationTargetType;

export type CompatInvitationStatus = Exclude<InvitationStatus, 'accepted'> | 'approved';

export const InvitationStatusEnum = { Pending: 'pending', Approved: 'approved', Rejected: 'rejected', Cancelled: 'cancelled', Expired: 'expired' } as const;

export interface CompatInvitation extends Omit<Invitation, 'status'> {
  status: CompatInvitationStatus;
  accept(): Promise<CompatInvitation>;
  reject(): Promise<CompatInvitation>;
  cancel(): Promise<CompatInvitation>;
  resend(): Promise<CompatInvitation>;
}

/** A room as it was when it was read, with its verbs. */
export interface CompatRoom extends Room {
  createInvitation(userId: string): Promise<CompatInvitation>;
  /** My newest invitation in this room. */
  getInvitation(): Promise<CompatInvitation>;
  /** The same by the name of the published package; one at most there, too. */
  getInvitations(): Promise<CompatInvitation>;
  /** The one chat of the show. */
  getLiveChat(): LiveChat;
  getBroadcasterData(): Promise<BroadcasterData>;
  getBroadcastData(): Promise<BroadcasterData>;
}

export type Callback<T> = (live: Live<T>) => void;

export interface InvitationTarget {
  targetId: string;
  targetType: InvitationTargetType;
}

export interface InvitationQuery extends InvitationTarget {
  status?: CompatInvitationStatus;
  limit?: number;
}

export interface RoomQuery {
  statuses?: RoomStatus[];
  sortBy?: 'firstCreated' | 'lastCreated';
  limit?: number;
}

export class InvitationRepository {
  constructor(private readonly client: Client) {}

  async createInvitation(invitation: InvitationTarget & { userId: string }): Promise<CompatInvitation> {
    return toCompat(await this.target(invitation).invitations.create(invitation.userId));
  }

  /** Live: what was sent from the room, newest first (host). */
  getInvitations(query: InvitationQuery, callback: Callback<CompatInvitation[]>): Unsubscribe {
    const { status, limit } = query;
    const filter = {
      ...(status === undefined ? {} : { status: status === 'approved' ? ('accepted' as const) : status }),
      ...(limit === undefined ? {} : { limit }),
    };
    return follow(this.target(query).invitations.list(filter), listToCompat, callback);
  }

  /** Live: invitations to me that wait for an answer. */
  getMyRoomInvitations(query: { limit?: number }, callback: Callback<CompatInvitation[]>): Unsubscribe {
    return follow(this.client.invitations.list(query), listToCompat, callback);
  }

  async getInvitation(invitationId: string): Promise<CompatInvitation> {
    return toCompat(await this.client.invitations.get(invitationId));
  }

  async cancelInvitation(invitationId: string): Promise<CompatInvitation> {
    return (await this.getInvitation(invitationId)).cancel();
  }

  private target({ targetId, targetType }: InvitationTarget): RoomHandle {
    if (targetType === InvitationTargetType.Room) return this.client.room(targetId);
    throw new CostageError('invalid_request', 'Invitations are to rooms only.', { field: 'targetType' });
  }
}

export class RoomRepository {
  constructor(private readonly client: Client) {}

  async createRoom(room: NewRoom): Promise<CompatRoom> {
    const handle = await this.client.rooms.create(room);
    return withRoomVerbs(handle, handle.data);
  }

  /** Live. `data` is undefined until the room is known. */
  getRoom(roomId: string, callback: Callback<CompatRoom | undefined>): Unsubscribe {
    const handle = this.client.room(roomId);
    return follow(handle, (state) => state && withRoomVerbs(handle, state.room), callback);
  }

  /** Live: shows that wait, run or reconnect. */
  getRooms({ statuses, ...query }: RoomQuery, callback: Callback<CompatRoom[]>): Unsubscribe {
    const rooms = this.client.rooms.list(statuses === undefined ? query : { ...query, status: statuses });
    return follow(rooms, (list) => list.map((room) => withRoomVerbs(this.client.room(room.roomId), room)), callback);
  }

  async updateRoom(roomId: string, changes: RoomChanges): Promise<CompatRoom> {
    const handle = this.client.room(roomId);
    return withRoomVerbs(handle, await handle.update(changes));
  }

  /** Off the stage; the show goes on. */
  async leaveRoom(roomId: string): Promise<void> {
    await this.client.room(roomId).stage.leave();
  }

  async removeParticipant(roomId: string, userId: string): Promise<void> {
    await this.client.room(roomId).stage.remove(userId);
  }

  /** What else this co-host may do stays as it is. */
  async updateCohostPermission(roomId: string, userId: string, canManageProductTags: boolean): Promise<CompatRoom> {
    const handle = this.client.room(roomId);
    const { seats } = await handle.stage.get();
    const now = seats.find((seat) => seat.userId === userId)?.permissions;
    await handle.stage.setPermissions(userId, { invite: false, moderate: false, ...now, products: canManageProductTags });
    return withRoomVerbs(handle, await handle.get());
  }

  async stopRoom(roomId: string): Promise<CompatRoom> {
    const handle = this.client.room(roomId);
    return withRoomVerbs(handle, await handle.stop());
  }

  getBroadcasterData(roomId: string): Promise<BroadcasterData> {
    return this.client.getBroadcasterData(roomId);
  }

  getBroadcastData(roomId: string): Promise<BroadcasterData> {
    return this.getBroadcasterData(roomId);
  }
}

function follow<T, R>(source: Observable<Live<T>>, convert: (data: T) => R, callback: Callback<R>): Unsubscribe {
  return source.subscribe(({ data, loading, error }) => callback({ data: convert(data), loading, error }));
}

function toCompat(invitation: LiveInvitation): CompatInvitation {
  return {
    ...invitation,
    status: invitation.status === 'accepted' ? 'approved' : invitation.status,
    accept: async () => toCompat(await invitation.accept()),
    reject: async () => toCompat(await invitation.reject()),
    cancel: async () => toCompat(await invitation.cancel()),
    resend: async () => toCompat(await invitation.resend()),
  };
}

function listToCompat(list: readonly LiveInvitation[]): CompatInvitation[] {
  return list.map(toCompat);
}

function withRoomVerbs(handle: RoomHandle, room: Room): CompatRoom {
  const mine = async (): Promise<CompatInvitation> => toCompat(await handle.invitations.mine());
  return {
    ...room,
    createInvitation: async (userId) => toCompat(await handle.invitations.create(userId)),
    getInvitation: mine,
    getInvitations: mine,
    getLiveChat: () => handle.chat,
    getBroadcasterData: () => handle.getBroadcasterData(),
    getBroadcastData: () => handle.getBroadcasterData(),
  };
}
