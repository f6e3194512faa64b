// A show as the server has it, and what stories change of it.
import type { ChatMessage, ChatState, Egress, EgressDetails, Ingress, Invitation, ModerationState, Role, Room, RoomState, Seat, StageRequest, Watcher } from '@costage/sdk';

export interface Show {
  state: RoomState;
  chat: ChatState;
  moderation: ModerationState;
  watchers: Watcher[];
  /** Recordings and restreams, the newest first, and where the streaming software of whose page it is sends to. */
  egresses: EgressDetails[];
  ingress: Ingress | undefined;
}

const kNames = ['Hanna', 'Bo', 'Carla', 'Dmitri', 'Emeka', 'Farah', 'Giulia', 'Hiro', 'Ines', 'Jonas', 'Kavya', 'Leila'] as const;
export const kRoomId = 'room_pottery';

export const nameOf = (userId: string): string => kNames.find((name) => name.toLowerCase() === userId) ?? userId;
/** Seconds from now, as the contract writes times. */
export const at = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

export function aRoom(change: Partial<Room> = {}): Room {
  return {
    roomId: kRoomId, title: 'Pottery, live from the studio', description: '', status: 'live', type: 'coHosts', metadata: {}, tags: ['craft'], chatEnabled: true,
    policies: {
      inviteWatchersOnly: true, maxCoHosts: 11, invitationTtlSeconds: 60, reconnectGraceSeconds: 60, coHostDevices: 'any', guestsMayWatch: false,
      requestsOpen: true, requestTtlSeconds: 600, requestOrder: 'asked', secondWindow: 'replaces', quietLimitSeconds: 0, showLimitSeconds: 0,
      inviteesMustBeReady: false, inviteRequestersOnly: false, minClientVersion: '',
    },
    hostId: 'hanna', hostName: 'Hanna', createdAt: at(-900), updatedAt: at(-600), liveAt: at(-600), version: 1,
    ...change,
  };
}

export function aSeat(userId: string, change: Partial<Seat> = {}): Seat {
  return {
    userId, name: nameOf(userId), role: userId === 'hanna' ? 'host' : 'coHost', state: 'onAir', leaseId: `lease_${userId}`, epoch: 1,
    camera: 'on', microphone: 'on', screen: 'off', joinedAt: at(-500), permissions: { invite: false, moderate: false, products: false },
    ...change,
  };
}

export function anInvitation(inviteeId: string, change: Partial<Invitation> = {}): Invitation {
  return {
    invitationId: `inv_${inviteeId}`, roomId: kRoomId, roomTitle: aRoom().title, inviterId: 'hanna', inviterName: 'Hanna', inviteeId, inviteeName: nameOf(inviteeId),
    status: 'pending', createdAt: at(-5), expiresAt: at(600), ttlSeconds: 600,
    ...change,
  };
}

export function aRequest(userId: string, comment: string, change: Partial<StageRequest> = {}): StageRequest {
  return { requestId: `req_${userId}`, roomId: kRoomId, userId, name: nameOf(userId), comment, status: 'waiting', appearances: 0, createdAt: at(-60), expiresAt: at(540), ...change };
}

export function aMessage(userId: string, text: string, change: Partial<ChatMessage> = {}): ChatMessage {
  return {
    messageId: `msg_${userId}_${text.length}`, roomId: kRoomId, kind: 'text', userId, name: nameOf(userId), role: userId === 'hanna' ? 'host' : 'viewer', text,
    status: 'shown', sentAt: at(-30), mentions: [], reactions: [],
    ...change,
  };
}

export function aWatcher(userId: string, change: Partial<Watcher> = {}): Watcher {
  return { userId, name: nameOf(userId), since: at(-300), readiness: { userId, camera: 'ready', microphone: 'ready', connection: 'good' }, invitable: true, ...change } as Watcher;
}

export function anEgress(change: Partial<EgressDetails> = {}): EgressDetails {
  return { egressId: 'EG_1', kind: 'recording', state: 'active', startedBy: 'hanna', startedAt: at(-300), destinations: [], ...change };
}

/** A show of which that was made so far. */
export function withEgresses(show: Show, egresses: EgressDetails[]): Show {
  return { ...show, egresses, state: { ...show.state, egressAvailable: true, egresses: running(egresses) } };
}

/** What everybody is told of it. */
export function running(egresses: readonly EgressDetails[]): Egress[] {
  const isOver = ({ state }: EgressDetails): boolean => state === 'complete' || state === 'failed';
  return egresses.filter((one) => !isOver(one)).map(({ destinations: _, file: _file, error: _error, ...egress }) => egress);
}

/** A bowl on a table. */
export const kCover = new Blob(
  ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180"><rect width="320" height="180" fill="#d9c7ae"/><path d="M90 70h140a70 60 0 0 1-140 0" fill="#7a4b2f"/></svg>'],
  { type: 'image/svg+xml' },
);

/** The host and so many others on stage; the rest watch. */
export function aShow(onStage = 1, change: Partial<RoomState> = {}): Show {
  const everybody = kNames.map((name) => name.toLowerCase());
  const room = change.room ?? aRoom();
  return {
    state: {
      room, stage: { roomId: kRoomId, seats: everybody.slice(0, onStage).map((userId) => aSeat(userId)) }, scene: { layout: 'automatic', order: [] }, runOfShow: { items: [] },
      invitations: [], requests: [], readiness: [], watching: 128, mediaAvailable: true, egressAvailable: false, ingressAvailable: false, egresses: [], standings: [], me: { role: 'viewer' },
      ...change,
    },
    chat: {
      settings: { writers: 'everybody', slowModeSeconds: 0, watchedMinutes: 0 }, more: false, reactions: { heart: 42 },
      messages: [
        aMessage('hanna', 'Welcome! Today we glaze.', { sentAt: at(-200) }),
        aMessage('ines', 'Hello from Porto 👋', { sentAt: at(-120), reactions: [{ emoji: '❤️', count: 3 }] }),
        aMessage('jonas', 'Which clay is that, @Hanna?', { sentAt: at(-40), mentions: ['hanna'] }),
      ],
    },
    moderation: { people: [], held: [], reports: [] },
    egresses: [],
    ingress: undefined,
    watchers: everybody.slice(Math.max(onStage, 1)).map((userId, index) => aWatcher(userId, index === 2 ? { invitable: false, reason: 'invitee_unavailable', detail: 'They take no invitations.' } : {})),
  };
}

export function roleIn({ room, stage, standings }: RoomState, userId: string): Role {
  if (room.hostId === userId) return 'host';
  if (stage.seats.some((seat) => seat.userId === userId)) return 'coHost';
  return standings.some((one) => one.userId === userId && one.moderator) ? 'moderator' : 'viewer';
}

/** What this person is told of the show: of what is between others and the host, nothing. */
export function seenBy(state: RoomState, userId: string): RoomState {
  const role = roleIn(state, userId);
  if (role === 'host') return { ...state, me: { role } };
  const { invitations, requests } = state;
  return {
    ...state, me: { role }, readiness: [],
    invitations: invitations.filter((one) => one.inviteeId === userId), requests: requests.filter((one) => one.userId === userId),
  };
}
