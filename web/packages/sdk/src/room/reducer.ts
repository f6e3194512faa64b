// Pure: what a subscriber of room/{id} holds, and how each message from the server changes it.
import type { Cursor, Invitation, PersonReadiness, Role, RoomEvent, RoomState, StageRequest, Standing } from '../types.js';

export interface RoomView {
  state: RoomState;
  cursor: Cursor;
}

export type RoomMessage =
  | { type: 'snapshot'; epoch: Cursor['epoch']; seq: number; state: RoomState }
  | { type: 'resumed'; epoch: Cursor['epoch']; seq: number }
  | { type: 'event'; epoch: Cursor['epoch']; event: RoomEvent }
  | { type: 'ephemeral'; kind: string; data: { watching?: number; place?: number; mediaAvailable?: boolean } | PersonReadiness };

/** `gap`: something was missed, so the history has to be asked for again from `view.cursor`. */
export interface Reduced {
  view: RoomView | undefined;
  gap: boolean;
  /** I may see more, or less, than before: the whole state has to be asked for again. */
  stale?: boolean;
}

export function reduceRoom(view: RoomView | undefined, message: RoomMessage, userId: string): Reduced {
  switch (message.type) {
    case 'snapshot':
      return { view: { state: complete(message.state), cursor: { epoch: message.epoch, seq: message.seq } }, gap: false };
    case 'resumed':
      return { view, gap: view === undefined || view.cursor.epoch !== message.epoch };
    case 'event':
      return reduceEvent(view, message.epoch, message.event, userId);
    case 'ephemeral':
      return { view: view && reduceEphemeral(view, message, userId), gap: false };
  }
}

/** While a server is renewed step by step, a newer page may still talk to an older one that knows less. */
function complete(state: RoomState): RoomState {
  return { ...{ runOfShow: { items: [] }, standings: [], mediaAvailable: true, egressAvailable: false, ingressAvailable: false, egresses: [] }, ...state };
}

function reduceEvent(view: RoomView | undefined, epoch: Cursor['epoch'], event: RoomEvent, userId: string): Reduced {
  const place = placeOf(event, epoch, view?.cursor);
  if (view === undefined || place !== 'next') return { view, gap: place !== 'known' };
  const state = applyEvent(view.state, event, userId);
  const stale = invites(view.state, userId) !== invites(state, userId) || moderates(view.state, userId) !== moderates(state, userId);
  return { view: { state, cursor: { epoch, seq: event.seq } }, gap: false, stale };
}

/** Where an event stands in a history of which that much is known. */
export function placeOf({ seq }: RoomEvent, epoch: Cursor['epoch'], known: Cursor | undefined): 'next' | 'known' | 'missed' {
  if (known === undefined || known.epoch !== epoch) return 'missed';
  if (seq <= known.seq) return 'known';
  return seq === known.seq + 1 ? 'next' : 'missed';
}

/** Whether what is between others and the host is told to this person. */
function invites({ room, stage }: RoomState, userId: string): boolean {
  const seat = stage.seats.find((one) => one.userId === userId);
  return room.hostId === userId || (seat !== undefined && (room.actingHostId === userId || seat.permissions.invite === true));
}

/** Whether this person decides over what others write, and sees who is muted or banned. */
export function moderates({ room, stage, standings }: RoomState, userId: string): boolean {
  const seat = stage.seats.find((one) => one.userId === userId);
  if (room.hostId === userId || standings.some((one) => one.userId === userId && one.moderator)) return true;
  return seat !== undefined && (room.actingHostId === userId || seat.permissions.moderate === true);
}

/** Every event carries the whole new sub-object, so applying is replacing. */
export function applyEvent(state: RoomState, event: RoomEvent, userId: string): RoomState {
  const { room, stage, scene, runOfShow, egresses, invitation, request, standing, seat, reason } = event.data ?? {};
  if (!room && !stage && !scene && !runOfShow && !egresses && !invitation && !request && !standing) return state;
  const next: RoomState = {
    ...state,
    room: room ?? state.room,
    stage: stage ?? state.stage,
    scene: scene ?? state.scene,
    runOfShow: runOfShow ?? state.runOfShow,
    egresses: egresses ?? state.egresses,
    invitations: invitation ? upsertInvitation(state.invitations, invitation) : reason === 'removed' && seat ? withRevoked(state.invitations, seat.userId) : state.invitations,
    requests: request ? upsertRequest(state.requests, request) : state.requests,
    standings: standing ? upsertStanding(state.standings, standing) : state.standings,
  };
  return { ...next, me: { role: roleOf(next, userId) } };
}

function roleOf(state: RoomState, userId: string): Role {
  if (state.room.hostId === userId) return 'host';
  if (state.stage.seats.some((seat) => seat.userId === userId)) return 'coHost';
  if (state.me.role === 'guest') return 'guest';
  return state.standings.some((one) => one.userId === userId && one.moderator) ? 'moderator' : 'viewer';
}

/** Who may again what everybody may is not in the list. */
export function upsertStanding(list: readonly Standing[], standing: Standing): Standing[] {
  const others = list.filter((one) => one.userId !== standing.userId);
  return standing.moderator || standing.muted || standing.banned ? [...others, standing] : others;
}

function reduceEphemeral(view: RoomView, { kind, data }: Extract<RoomMessage, { type: 'ephemeral' }>, userId: string): RoomView {
  if ('userId' in data) return withReadiness(view, data);
  if (kind === 'place') return withPlace(view, data.place, userId);
  return kind === 'presence' || kind === 'media' ? { ...view, state: { ...view.state, ...data } } : view;
}

function withReadiness(view: RoomView, readiness: PersonReadiness): RoomView {
  const others = view.state.readiness.filter((one) => one.userId !== readiness.userId);
  return { ...view, state: { ...view.state, readiness: [...others, readiness] } };
}

/** Only the person who waits is told. */
function withPlace(view: RoomView, place: number | undefined, userId: string): RoomView {
  const mine = view.state.requests.find((one) => one.userId === userId && one.status === 'waiting');
  if (place === undefined || !mine || mine.place === place) return view;
  return { ...view, state: { ...view.state, requests: upsertRequest(view.state.requests, { ...mine, place }) } };
}

/** The newest of each person. An event does not say the place; it stays until the next word of it. */
function upsertRequest(list: readonly StageRequest[], request: StageRequest): StageRequest[] {
  const before = list.find((one) => one.userId === request.userId);
  const keepsPlace = before?.requestId === request.requestId && request.status === 'waiting' && request.place === undefined;
  const next = keepsPlace && before?.place !== undefined ? { ...request, place: before.place } : request;
  return [...list.filter((one) => one.userId !== request.userId), next];
}

/** Who is taken off the stage needs a new invitation; the event that says so speaks of the seat alone. */
function withRevoked(list: readonly Invitation[], userId: string): Invitation[] {
  return list.map((one) => (one.inviteeId === userId && one.status === 'accepted' && !one.revoked ? { ...one, revoked: true } : one));
}

/** Newest first. */
export function upsertInvitation(list: readonly Invitation[], invitation: Invitation): Invitation[] {
  const others = list.filter((one) => one.invitationId !== invitation.invitationId);
  return [...others, invitation].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
