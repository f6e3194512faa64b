// Pure: what a subscriber of room/{id} holds, and how each message from the server changes it.
import type { Cursor, Invitation, Role, RoomEvent, RoomState } from './types.js';

export interface RoomView {
  state: RoomState;
  cursor: Cursor;
}

export type RoomMessage =
  | { type: 'snapshot'; epoch: Cursor['epoch']; seq: number; state: RoomState }
  | { type: 'resumed'; epoch: Cursor['epoch']; seq: number }
  | { type: 'event'; epoch: Cursor['epoch']; event: RoomEvent }
  | { type: 'ephemeral'; kind: string; data: { watching?: number } };

/** `gap`: something was missed, so the history has to be asked for again from `view.cursor`. */
export interface Reduced {
  view: RoomView | undefined;
  gap: boolean;
}

export function reduceRoom(view: RoomView | undefined, message: RoomMessage, userId: string): Reduced {
  switch (message.type) {
    case 'snapshot':
      return { view: { state: message.state, cursor: { epoch: message.epoch, seq: message.seq } }, gap: false };
    case 'resumed':
      return { view, gap: view === undefined || view.cursor.epoch !== message.epoch };
    case 'event':
      return reduceEvent(view, message.epoch, message.event, userId);
    case 'ephemeral':
      return { view: view && withPresence(view, message.data.watching), gap: false };
  }
}

function reduceEvent(view: RoomView | undefined, epoch: Cursor['epoch'], event: RoomEvent, userId: string): Reduced {
  if (view === undefined || view.cursor.epoch !== epoch) return { view, gap: true };
  if (event.seq <= view.cursor.seq) return { view, gap: false };
  if (event.seq !== view.cursor.seq + 1) return { view, gap: true };
  return { view: { state: applyEvent(view.state, event, userId), cursor: { epoch, seq: event.seq } }, gap: false };
}

/** Every event carries the whole new sub-object, so applying is replacing. */
export function applyEvent(state: RoomState, event: RoomEvent, userId: string): RoomState {
  const { room, stage, invitation } = event.data ?? {};
  if (!room && !stage && !invitation) return state;
  const next: RoomState = {
    ...state,
    room: room ?? state.room,
    stage: stage ?? state.stage,
    invitations: invitation ? upsertInvitation(state.invitations, invitation) : state.invitations,
  };
  return { ...next, me: { role: roleOf(next, userId) } };
}

function roleOf(state: RoomState, userId: string): Role {
  if (state.room.hostId === userId) return 'host';
  return state.stage.seats.some((seat) => seat.userId === userId) ? 'coHost' : 'viewer';
}

function withPresence(view: RoomView, watching: number | undefined): RoomView {
  if (watching === undefined || watching === view.state.watching) return view;
  return { ...view, state: { ...view.state, watching } };
}

/** Newest first. */
export function upsertInvitation(list: readonly Invitation[], invitation: Invitation): Invitation[] {
  const others = list.filter((one) => one.invitationId !== invitation.invitationId);
  return [...others, invitation].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
