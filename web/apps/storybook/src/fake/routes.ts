// What the fake server answers: a line per route.
import type { ChatMessage, Invitation, RequestStatus, RoomEvent, Scene, Seat, StageRequest, Standing } from '@costage/sdk';
import { Refusal } from './refusal.js';
import { getIngress, openIngress, startEgress, stopEgress } from './sending.js';
import type { FakeServer } from './server.js';
import { aMessage, anInvitation, aRequest, aSeat, at, kCover, nameOf } from './show.js';

type Body = Record<string, unknown>;
export type Answers = { body: unknown } | Refusal;
type Route = (server: FakeServer, body: Body, ...params: string[]) => unknown;

const kRoutes: [string, RegExp, Route][] = [
  ['GET', /^\/v1\/me$/, (server) => server.user],
  ['PATCH', /^\/v1\/me$/, (server) => server.user],
  ['GET', /^\/v1\/server$/, () => ({ name: 'costage', version: '0.1.0', dev: true })],
  ['GET', /^\/v1\/me\/blocks$/, () => ({ items: [] })],
  ['GET', /^\/v1\/rooms\/[^/]+$/, (server) => server.show.state.room],
  ['PATCH', /^\/v1\/rooms\/[^/]+$/, changeRoom],
  ['PUT', /^\/v1\/rooms\/[^/]+\/cover$/, (server) => changeRoom(server, { coverAt: at(0) })],
  ['DELETE', /^\/v1\/rooms\/[^/]+\/cover$/, (server) => changeRoom(server, { coverAt: undefined })],
  ['GET', /^\/v1\/rooms\/[^/]+\/picture$/, (server) => (server.show.state.room.coverAt === undefined ? undefined : kCover)],
  ['PUT', /^\/v1\/rooms\/[^/]+\/picture$/, () => undefined],
  ['POST', /^\/v1\/rooms\/[^/]+\/stop$/, (server) => changeRoom(server, { status: 'ended', endedAt: at(0), endReason: 'stopped' }, 'room.ended')],
  ['POST', /^\/v1\/rooms\/[^/]+\/(viewer|green-room|probe)$/, (server, _body, what) => ({ url: server.url, token: what })],
  ['POST', /^\/v1\/rooms\/[^/]+\/broadcaster$/, goOnStage],
  ['GET', /^\/v1\/rooms\/[^/]+\/stage$/, (server) => server.show.state.stage],
  ['POST', /^\/v1\/rooms\/[^/]+\/stage\/leave$/, (server) => leaveStage(server, server.me, 'left')],
  ['DELETE', /^\/v1\/rooms\/[^/]+\/stage\/([^/]+)$/, (server, _body, userId) => leaveStage(server, userId!, 'removed')],
  ['POST', /^\/v1\/rooms\/[^/]+\/stage\/([^/]+)\/switch-off$/, (server, sources, userId) => switchOff(server, userId!, sources)],
  ['PUT', /^\/v1\/rooms\/[^/]+\/stage\/([^/]+)\/permissions$/, (server, permissions, userId) => changeSeat(server, userId!, { permissions: permissions as Seat['permissions'] }, 'stage.permissionsChanged')],
  ['PUT', /^\/v1\/rooms\/[^/]+\/scene$/, (server, scene) => told(server, 'scene.changed', { scene: scene as unknown as Scene }, scene)],
  ['PUT', /^\/v1\/rooms\/[^/]+\/run-of-show$/, (server, runOfShow) => told(server, 'runOfShow.changed', { runOfShow: runOfShow as never }, runOfShow)],
  ['GET', /^\/v1\/rooms\/[^/]+\/egresses$/, (server) => ({ items: server.show.egresses })],
  ['POST', /^\/v1\/rooms\/[^/]+\/egresses$/, (server, { kind, urls }) => startEgress(server, kind as 'recording', urls as string[] | undefined)],
  ['DELETE', /^\/v1\/rooms\/[^/]+\/egresses\/([^/]+)$/, (server, _body, egressId) => stopEgress(server, egressId!)],
  ['GET', /^\/v1\/rooms\/[^/]+\/ingress$/, getIngress],
  ['PUT', /^\/v1\/rooms\/[^/]+\/ingress$/, (server, { input }) => openIngress(server, input as 'rtmp')],
  ['DELETE', /^\/v1\/rooms\/[^/]+\/ingress$/, (server) => void (server.show.ingress = undefined)],
  ['PUT', /^\/v1\/rooms\/[^/]+\/successor$/, (server, { userId }) => changeRoom(server, { successorId: userId })],
  ['DELETE', /^\/v1\/rooms\/[^/]+\/successor$/, (server) => changeRoom(server, { successorId: undefined })],
  ['GET', /^\/v1\/rooms\/[^/]+\/watchers$/, (server) => ({ items: server.show.watchers, total: server.show.watchers.length })],
  ['GET', /^\/v1\/rooms\/[^/]+\/invitations$/, (server) => ({ items: server.show.state.invitations })],
  ['POST', /^\/v1\/rooms\/[^/]+\/invitations$/, (server, { userId }) => invite(server, String(userId))],
  ['POST', /^\/v1\/rooms\/[^/]+\/invitations\/batch$/, (server, { userIds }) => ({ items: (userIds as string[]).map((userId) => ({ userId, invitation: invite(server, userId) })) })],
  ['POST', /^\/v1\/invitations\/([^/]+)\/(\w+)$/, (server, _body, id, verb) => changeInvitation(server, id!, verb!)],
  ['POST', /^\/v1\/rooms\/[^/]+\/requests$/, (server, { comment }) => changeRequest(server, aRequest(server.me, String(comment ?? '')), 'request.created')],
  ['POST', /^\/v1\/requests\/([^/]+)\/(withdraw|decline)$/, answerRequest],
  ['GET', /^\/v1\/rooms\/[^/]+\/diagnosis$/, (server) => ({ userId: server.me, findings: [{ code: 'all_good', severity: 'info', detail: 'Nothing is in the way.' }] })],
  ['GET', /^\/v1\/rooms\/[^/]+\/moderation$/, (server) => server.show.moderation],
  ['POST', /^\/v1\/rooms\/[^/]+\/people\/([^/]+)\/(\w+)$/, (server, _body, userId, verb) => changeStanding(server, userId!, verb!)],
  ['POST', /^\/v1\/rooms\/[^/]+\/chat\/messages$/, write],
  ['POST', /^\/v1\/rooms\/[^/]+\/chat\/messages\/([^/]+)\/(\w+)$/, changeMessage],
  ['GET', /^\/v1\/rooms\/[^/]+\/chat\/words$/, () => ({ words: [{ text: 'casino', action: 'hold' }] })],
  ['PUT', /^\/v1\/rooms\/[^/]+\/chat\/words$/, (_server, words) => words],
  ['PATCH', /^\/v1\/rooms\/[^/]+\/chat\/settings$/, changeChatSettings],
  ['PUT', /^\/v1\/rooms\/[^/]+\/chat\/pin$/, pin],
  ['DELETE', /^\/v1\/rooms\/[^/]+\/chat\/pin$/, (server) => void server.tell('chat', 'chat.unpinned', {})],
];

export function answer(server: FakeServer, method: string, path: string, body: Body): Answers {
  for (const [wanted, pattern, route] of kRoutes) {
    const found = wanted === method && pattern.exec(path);
    if (found) return answered(route(server, body, ...found.slice(1)));
  }
  return new Refusal('not_found', `The stories know no ${method} ${path}.`);
}

function answered(body: unknown): Answers {
  return body instanceof Refusal ? body : { body };
}

function told(server: FakeServer, type: RoomEvent['type'], data: NonNullable<RoomEvent['data']>, body: unknown): unknown {
  server.tell('room', type, data);
  return body;
}

function changeRoom(server: FakeServer, { policies, ...change }: Body, type: unknown = 'room.updated'): unknown {
  const { room } = server.show.state;
  const changed = { ...room, ...change, policies: { ...room.policies, ...(policies as object | undefined) } };
  return told(server, typeof type === 'string' && type.includes('.') ? (type as RoomEvent['type']) : 'room.updated', { room: changed }, changed);
}

function setSeats(server: FakeServer, seats: Seat[], type: RoomEvent['type'], seat: Seat, reason?: 'left' | 'removed'): unknown {
  const stage = { ...server.show.state.stage, seats };
  return told(server, type, { stage, seat, ...(reason ? { reason } : {}) }, stage);
}

function goOnStage(server: FakeServer): unknown {
  const { me, show } = server;
  const seat = show.state.stage.seats.find(({ userId }) => userId === me) ?? aSeat(me, { joinedAt: at(0) });
  setSeats(server, [...show.state.stage.seats.filter((one) => one.userId !== me), seat], 'stage.joined', seat);
  if (show.state.room.status === 'idle') changeRoom(server, { status: 'live', liveAt: at(0) }, 'room.live');
  return { coHostUrl: server.url, coHostToken: 'stage', leaseId: seat.leaseId, epoch: seat.epoch };
}

function leaveStage(server: FakeServer, userId: string, reason: 'left' | 'removed'): unknown {
  const { seats } = server.show.state.stage;
  return setSeats(server, seats.filter((one) => one.userId !== userId), 'stage.left', seats.find((one) => one.userId === userId) ?? aSeat(userId), reason);
}

export function changeSeat(server: FakeServer, userId: string, change: Partial<Seat>, type: RoomEvent['type'] = 'stage.mediaChanged'): unknown {
  const { seats } = server.show.state.stage;
  const seat = { ...(seats.find((one) => one.userId === userId) ?? aSeat(userId)), ...change };
  return setSeats(server, seats.map((one) => (one.userId === userId ? seat : one)), type, seat);
}

function switchOff(server: FakeServer, userId: string, sources: Body): unknown {
  return changeSeat(server, userId, { ...(sources['camera'] ? { camera: 'muted' } : {}), ...(sources['microphone'] ? { microphone: 'muted' } : {}) });
}

function setInvitation(server: FakeServer, invitation: Invitation, type: RoomEvent['type']): Invitation {
  const { state } = server.show;
  state.invitations = [invitation, ...state.invitations.filter((one) => one.invitationId !== invitation.invitationId)];
  server.tell('room', type, { invitation });
  return invitation;
}

function invite(server: FakeServer, userId: string): Invitation {
  const asked = server.show.state.requests.find((one) => one.userId === userId && one.status === 'waiting');
  if (asked) changeRequest(server, { ...asked, status: 'invited' }, 'request.invited');
  return setInvitation(server, anInvitation(userId, { invitationId: `inv_${userId}_${Date.now()}`, createdAt: at(0) }), 'invitation.created');
}

const kVerbs: Record<string, [RoomEvent['type'], Partial<Invitation>]> = {
  accept: ['invitation.accepted', { status: 'accepted' }],
  reject: ['invitation.rejected', { status: 'rejected' }],
  cancel: ['invitation.cancelled', { status: 'cancelled' }],
  resend: ['invitation.resent', {}],
  call: ['invitation.called', {}],
};

function changeInvitation(server: FakeServer, invitationId: string, verb: string): Invitation {
  const [type, change] = kVerbs[verb]!;
  const invitation = server.show.state.invitations.find((one) => one.invitationId === invitationId)!;
  const times = verb === 'resend' ? { expiresAt: at(invitation.ttlSeconds) } : verb === 'call' ? { calledFor: at(3) } : { respondedAt: at(0) };
  return setInvitation(server, { ...invitation, ...change, ...times }, type);
}

function changeRequest(server: FakeServer, request: StageRequest, type: RoomEvent['type']): StageRequest {
  const { state } = server.show;
  state.requests = [...state.requests.filter((one) => one.userId !== request.userId), request];
  server.tell('room', type, { request });
  return request;
}

function answerRequest(server: FakeServer, { reason }: Body, requestId?: string, verb?: string): StageRequest {
  const request = server.show.state.requests.find((one) => one.requestId === requestId)!;
  const status: RequestStatus = verb === 'decline' ? 'declined' : 'withdrawn';
  return changeRequest(server, { ...request, status, ...(typeof reason === 'string' ? { reason } : {}) }, `request.${status}`);
}

function changeStanding(server: FakeServer, userId: string, verb: string): Standing {
  const { moderation } = server.show;
  const before = moderation.people.find((one) => one.userId === userId) ?? { userId, name: nameOf(userId), moderator: false, muted: false, banned: false };
  const changes: Record<string, [RoomEvent['type'], Partial<Standing>]> = {
    mute: ['moderation.muted', { muted: true }], unmute: ['moderation.unmuted', { muted: false }], ban: ['moderation.banned', { banned: true }],
    unban: ['moderation.unbanned', { banned: false }], appoint: ['moderation.appointed', { moderator: true }], dismiss: ['moderation.dismissed', { moderator: false }],
  };
  const [type, change] = changes[verb]!;
  const standing = { ...before, ...change };
  moderation.people = [...moderation.people.filter((one) => one.userId !== userId), standing];
  server.tell('room', type, { standing });
  return standing;
}

function write(server: FakeServer, { text, clientId, mentions }: Body): ChatMessage {
  const said = { messageId: `msg_${Date.now()}`, clientId: String(clientId), sentAt: at(0), mentions: (mentions as string[] | undefined) ?? [] };
  const message = aMessage(server.me, String(text), said);
  server.show.chat.messages.push(message);
  server.tell('chat', 'chat.sent', { message });
  return message;
}

function changeMessage(server: FakeServer, { emoji, on, verdict, reason }: Body, messageId?: string, verb?: string): unknown {
  const { chat, moderation } = server.show;
  const before = [...chat.messages, ...moderation.held].find((one) => one.messageId === messageId)!;
  if (verb === 'reports') {
    const report = { reportId: `rep_${Date.now()}`, roomId: before.roomId, message: before, userId: server.me, name: nameOf(server.me), reason: reason as 'spam', open: true, createdAt: at(0) };
    server.tell('chat', 'chat.reported', { report });
    return report;
  }
  const reactions = on ? [...before.reactions.filter((one) => one.emoji !== emoji), { emoji: String(emoji), count: 1 }] : before.reactions.filter((one) => one.emoji !== emoji);
  const changes: Record<string, [RoomEvent['type'], Partial<ChatMessage>]> = {
    reactions: ['chat.reacted', { reactions }],
    delete: ['chat.deleted', { status: 'deleted', text: '', deletedAt: at(0) }],
    review: verdict === 'show' ? ['chat.sent', { status: 'shown' }] : ['chat.refused', { status: 'refused' }],
  };
  const [type, change] = changes[verb!]!;
  const message = { ...before, ...change };
  chat.messages = chat.messages.map((one) => (one.messageId === messageId ? message : one));
  moderation.held = moderation.held.filter((one) => one.messageId !== messageId);
  server.tell('chat', type, { message });
  return message;
}

function changeChatSettings(server: FakeServer, change: Body): unknown {
  const settings = { ...server.show.chat.settings, ...change };
  server.tell('chat', 'chat.settingsChanged', { settings });
  return settings;
}

function pin(server: FakeServer, { text, messageId }: Body): unknown {
  const pinned = server.show.chat.messages.find((one) => one.messageId === messageId);
  const made = { text: String(text ?? pinned?.text), userId: server.me, name: nameOf(server.me), pinnedAt: at(0), ...(pinned ? { messageId: pinned.messageId } : {}) };
  server.tell('chat', 'chat.pinned', { pin: made });
  return made;
}
