// The words of the /v1 contract (api/openapi.yaml, api/realtime.yaml). Times are ISO 8601 in UTC.

export type RoomStatus = 'idle' | 'live' | 'waitingReconnect' | 'ended' | 'recorded' | 'terminated' | 'error';
export type InvitationStatus = 'pending' | 'accepted' | 'rejected' | 'cancelled' | 'expired';
export type Role = 'host' | 'coHost' | 'viewer';
export type SeatState = 'preparing' | 'onAir' | 'reconnecting';
export type DeviceState = 'on' | 'muted' | 'off';

export interface Policies {
  inviteWatchersOnly: boolean;
  maxCoHosts: number;
  invitationTtlSeconds: number;
  reconnectGraceSeconds: number;
}

export interface Room {
  roomId: string;
  title: string;
  description: string;
  status: RoomStatus;
  type: 'coHosts';
  externalId?: string;
  metadata: Record<string, unknown>;
  chatEnabled: boolean;
  policies: Policies;
  hostId: string;
  hostName: string;
  createdAt: string;
  updatedAt: string;
  liveAt?: string;
  endedAt?: string;
  version: number;
}

export interface Invitation {
  invitationId: string;
  roomId: string;
  roomTitle: string;
  inviterId: string;
  inviterName: string;
  inviteeId: string;
  inviteeName: string;
  status: InvitationStatus;
  createdAt: string;
  expiresAt: string;
  respondedAt?: string;
  ttlSeconds: number;
}

export interface Seat {
  userId: string;
  name: string;
  role: 'host' | 'coHost';
  state: SeatState;
  leaseId: string;
  epoch: number;
  camera: DeviceState;
  microphone: DeviceState;
  joinedAt: string;
}

/** Host first, then in the order of joining. */
export interface Stage {
  roomId: string;
  seats: Seat[];
}

export interface Watcher {
  userId: string;
  name: string;
  since: string;
  invitable: boolean;
  /** Refusal code, when not invitable. */
  reason?: string;
  /** The same reason as a sentence for people. */
  detail?: string;
}

export interface User {
  userId: string;
  name: string;
  admin: boolean;
}

export interface ServerInfo {
  name: string;
  version: string;
  dev: boolean;
}

export interface BroadcasterData {
  coHostUrl: string;
  coHostToken: string;
  leaseId: string;
  epoch: number;
}

export interface ViewerData {
  url: string;
  token: string;
}

export interface Page<T> {
  items: T[];
  nextCursor?: string;
  total?: number;
}

export interface NewRoom {
  title: string;
  description?: string;
  metadata?: Record<string, unknown>;
  externalId?: string;
  chatEnabled?: boolean;
  policies?: Partial<Policies>;
}

export type RoomChanges = Partial<Pick<NewRoom, 'title' | 'description' | 'metadata' | 'policies'>>;

export type LeaveReason = 'left' | 'removed' | 'timeout' | 'ended';

/** An entry of a room's history. Private ones keep the numbering gapless for those who may not see them. */
export interface RoomEvent {
  seq: number;
  type: string;
  at: string;
  actorId?: string;
  data?: {
    room?: Room;
    invitation?: Invitation;
    seat?: Seat;
    stage?: Stage;
    reason?: LeaveReason;
  };
}

/** What a subscriber of room/{id} holds. */
export interface RoomState {
  room: Room;
  stage: Stage;
  /** The host sees all, everybody else their own. */
  invitations: Invitation[];
  watching: number;
  me: { role: Role };
}

export interface MeState {
  user: User;
  invitations: Invitation[];
}

export interface RoomsState {
  rooms: Room[];
}

/** Where in a room's history a subscriber stands. */
export interface Cursor {
  epoch: string | number;
  seq: number;
}
