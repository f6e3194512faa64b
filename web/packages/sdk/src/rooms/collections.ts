// Pure: the unnumbered topics "me" and "rooms". They always start with a snapshot, so there is nothing to resume.
import type { Step } from '../live.js';
import type { ServerMessage } from '../realtime.js';
import { upsertInvitation } from '../room/reducer.js';
import { hasEnded } from '../room/status.js';
import type { MeState, Room, RoomEvent, RoomsState } from '../types.js';

function dataOf(message: ServerMessage): RoomEvent['data'] {
  return message.type === 'event' ? (message['event'] as RoomEvent).data : undefined;
}

export function reduceMe(state: MeState | undefined, message: ServerMessage): Step<MeState> {
  if (message.type === 'snapshot') return { value: message['state'] as MeState, gap: false };
  const invitation = dataOf(message)?.invitation;
  if (!state || !invitation || invitation.inviteeId !== state.user.userId) return { value: state, gap: false };
  const invitations = upsertInvitation(state.invitations, invitation).filter((one) => one.status === 'pending');
  return { value: { ...state, invitations }, gap: false };
}

export function reduceRooms(state: RoomsState | undefined, message: ServerMessage): Step<RoomsState> {
  if (message.type === 'snapshot') return { value: message['state'] as RoomsState, gap: false };
  const room = dataOf(message)?.room;
  if (!state || !room) return { value: state, gap: false };
  return { value: { rooms: upsertRoom(state.rooms, room) }, gap: false };
}

function upsertRoom(rooms: readonly Room[], room: Room): Room[] {
  const others = rooms.filter((one) => one.roomId !== room.roomId);
  return hasEnded(room.status) ? others : [...others, room];
}
