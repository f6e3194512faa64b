import type { ChatMessage, ChatReport, ChatState, Egress, Invitation, Room, RoomEvent, RoomState, Seat, StageRequest, Standing } from '../types.js';

const kAt = '2026-11-21T10:00:00.000Z';

export function sampleRoom(change: Partial<Room> = {}): Room {
  return {
    roomId: 'room_1',
    title: 'Pottery live',
    description: '',
    status: 'idle',
    type: 'coHosts',
    metadata: {},
    tags: [],
    chatEnabled: true,
    policies: {
      inviteWatchersOnly: true, maxCoHosts: 5, invitationTtlSeconds: 60, reconnectGraceSeconds: 60, coHostDevices: 'any', guestsMayWatch: false,
      requestsOpen: true, requestTtlSeconds: 600, requestOrder: 'asked', secondWindow: 'replaces', quietLimitSeconds: 0, showLimitSeconds: 0, inviteesMustBeReady: false, inviteRequestersOnly: false, minClientVersion: '',
    },
    hostId: 'hana',
    hostName: 'Hana',
    createdAt: kAt,
    updatedAt: kAt,
    version: 1,
    ...change,
  };
}

export function sampleInvitation(change: Partial<Invitation> = {}): Invitation {
  return {
    invitationId: 'inv_1',
    roomId: 'room_1',
    roomTitle: 'Pottery live',
    inviterId: 'hana',
    inviterName: 'Hana',
    inviteeId: 'carl',
    inviteeName: 'Carl',
    status: 'pending',
    createdAt: kAt,
    expiresAt: '2026-11-21T10:01:00.000Z',
    ttlSeconds: 60,
    ...change,
  };
}

export function sampleRequest(change: Partial<StageRequest> = {}): StageRequest {
  return {
    requestId: 'req_1',
    roomId: 'room_1',
    userId: 'carl',
    name: 'Carl',
    status: 'waiting',
    appearances: 0,
    createdAt: kAt,
    expiresAt: '2026-11-21T10:10:00.000Z',
    ...change,
  };
}

export function sampleSeat(change: Partial<Seat> = {}): Seat {
  return {
    userId: 'carl',
    name: 'Carl',
    role: 'coHost',
    state: 'onAir',
    leaseId: 'lease_1',
    epoch: 1,
    camera: 'on',
    microphone: 'on', screen: 'off',
    joinedAt: kAt,
    permissions: { invite: false, moderate: false, products: false },
    ...change,
  };
}

export function sampleState(change: Partial<RoomState> = {}): RoomState {
  return {
    room: sampleRoom(),
    stage: { roomId: 'room_1', seats: [] },
    scene: { layout: 'automatic', order: [] },
    runOfShow: { items: [] },
    invitations: [],
    requests: [],
    readiness: [],
    watching: 0,
    mediaAvailable: true,
    egressAvailable: false,
    ingressAvailable: false,
    egresses: [],
    standings: [],
    me: { role: 'viewer' },
    ...change,
  };
}

export function sampleEgress(change: Partial<Egress> = {}): Egress {
  return { egressId: 'EG_1', kind: 'recording', state: 'active', startedBy: 'hana', startedAt: kAt, ...change };
}

export function sampleStanding(change: Partial<Standing> = {}): Standing {
  return { userId: 'carl', name: 'Carl', moderator: false, muted: false, banned: false, ...change };
}

export function sampleMessage(change: Partial<ChatMessage> = {}): ChatMessage {
  return {
    messageId: 'msg_1',
    roomId: 'room_1',
    kind: 'text',
    userId: 'vera',
    name: 'Vera',
    role: 'viewer',
    text: 'Hello',
    status: 'shown',
    sentAt: kAt,
    mentions: [],
    reactions: [],
    ...change,
  };
}

export function sampleReport(change: Partial<ChatReport> = {}): ChatReport {
  return { reportId: 'rep_1', roomId: 'room_1', message: sampleMessage(), userId: 'wim', name: 'Wim', reason: 'spam', open: true, createdAt: kAt, ...change };
}

export function sampleChat(change: Partial<ChatState> = {}): ChatState {
  return { settings: { writers: 'everybody', slowModeSeconds: 0, watchedMinutes: 0 }, messages: [], more: false, reactions: {}, ...change };
}

export function sampleEvent(seq: number, type: RoomEvent['type'], data?: RoomEvent['data'], actorId?: string): RoomEvent {
  return { seq, type, at: kAt, ...(data ? { data } : {}), ...(actorId === undefined ? {} : { actorId }) };
}
