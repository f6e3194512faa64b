// The same as functions, for code that imports them by name and has one client for the whole app.
import type { Client } from './client.js';
import { RoomPresenceRepository } from './compat_presence.js';
import { InvitationRepository, RoomRepository } from './compat_repositories.js';
import { CostageError } from './errors.js';

let active: { invitations: InvitationRepository; rooms: RoomRepository; presence: RoomPresenceRepository } | undefined;

/** Whose functions these are from now on; undefined: nobody's, after a logout. */
export function setActiveClient(client: Client | undefined): void {
  active = client && { invitations: new InvitationRepository(client), rooms: new RoomRepository(client), presence: new RoomPresenceRepository(client) };
}

function repositories(): NonNullable<typeof active> {
  if (!active) throw new CostageError('unauthenticated', 'Call setActiveClient(client) first.');
  return active;
}

type Of<T, Name extends keyof T> = T[Name] extends (...args: infer Args) => infer Result ? (...args: Args) => Result : never;
type Invitations<Name extends keyof InvitationRepository> = Of<InvitationRepository, Name>;
type Rooms<Name extends keyof RoomRepository> = Of<RoomRepository, Name>;
type Presence<Name extends keyof RoomPresenceRepository> = Of<RoomPresenceRepository, Name>;

export const createInvitation: Invitations<'createInvitation'> = (invitation) => repositories().invitations.createInvitation(invitation);
export const getInvitations: Invitations<'getInvitations'> = (query, callback) => repositories().invitations.getInvitations(query, callback);
export const getMyRoomInvitations: Invitations<'getMyRoomInvitations'> = (query, callback) => repositories().invitations.getMyRoomInvitations(query, callback);
export const getInvitation: Invitations<'getInvitation'> = (invitationId) => repositories().invitations.getInvitation(invitationId);
export const cancelInvitation: Invitations<'cancelInvitation'> = (invitationId) => repositories().invitations.cancelInvitation(invitationId);

export const createRoom: Rooms<'createRoom'> = (room) => repositories().rooms.createRoom(room);
/** Live; `data` is undefined until the room is known. */
export const getRoom: Rooms<'getRoom'> = (roomId, callback) => repositories().rooms.getRoom(roomId, callback);
export const getRooms: Rooms<'getRooms'> = (query, callback) => repositories().rooms.getRooms(query, callback);
export const updateRoom: Rooms<'updateRoom'> = (roomId, changes) => repositories().rooms.updateRoom(roomId, changes);
export const leaveRoom: Rooms<'leaveRoom'> = (roomId) => repositories().rooms.leaveRoom(roomId);
export const removeParticipant: Rooms<'removeParticipant'> = (roomId, userId) => repositories().rooms.removeParticipant(roomId, userId);
export const updateCohostPermission: Rooms<'updateCohostPermission'> = (roomId, userId, canManageProductTags) => repositories().rooms.updateCohostPermission(roomId, userId, canManageProductTags);
export const stopRoom: Rooms<'stopRoom'> = (roomId) => repositories().rooms.stopRoom(roomId);
export const getBroadcasterData: Rooms<'getBroadcasterData'> = (roomId) => repositories().rooms.getBroadcasterData(roomId);
export const getBroadcastData = getBroadcasterData;

export const startHeartbeat: Presence<'startHeartbeat'> = (roomId) => repositories().presence.startHeartbeat(roomId);
export const stopHeartbeat: Presence<'stopHeartbeat'> = (roomId) => repositories().presence.stopHeartbeat(roomId);
export const getRoomUserCount: Presence<'getRoomUserCount'> = (roomId) => repositories().presence.getRoomUserCount(roomId);
export const getRoomOnlineUsers: Presence<'getRoomOnlineUsers'> = (roomId) => repositories().presence.getRoomOnlineUsers(roomId);
