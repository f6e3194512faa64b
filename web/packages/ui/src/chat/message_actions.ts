// Pure: what can be done about a message, and about who wrote it.
import type { LiveMessage, RoomState, Standing } from '@costage/sdk';
import type { StageRights } from '../stage/tile_actions.js';

export type MessageActionId =
  | 'reply' | 'react' | 'copy' | 'edit' | 'deleteOwn' | 'report'
  | 'delete' | 'pin' | PersonActionId
  | 'invite' | 'appoint' | 'dismiss';

export interface ActionFacts {
  message: LiveMessage;
  state: RoomState;
  me: string;
  rights: Pick<StageRights, 'hosts' | 'invites'>;
  /** I decide over what others write. */
  mayModerate: boolean;
  /** I may write now. */
  mayWrite: boolean;
  now: number;
}

const kEditMs = 2 * 60_000;

export function messageActions(facts: ActionFacts): MessageActionId[] {
  const { message, me } = facts;
  if (message.kind !== 'text' || message.pending || message.failed || message.status === 'deleted') return [];
  return [...forAll(facts), ...(message.userId === me ? own(facts) : others(facts))];
}

function forAll({ message, mayWrite }: ActionFacts): MessageActionId[] {
  return message.status === 'shown' && mayWrite ? ['reply', 'react', 'copy'] : ['copy'];
}

function own({ message, mayModerate, mayWrite, now }: ActionFacts): MessageActionId[] {
  const isFresh = mayWrite && message.status !== 'refused' && now - Date.parse(message.sentAt) < kEditMs;
  return [...(isFresh ? ['edit' as const] : []), 'deleteOwn', ...(mayModerate && message.status === 'shown' ? ['pin' as const] : [])];
}

function others(facts: ActionFacts): MessageActionId[] {
  const { message, state, mayModerate, rights } = facts;
  const actions: MessageActionId[] = state.me.role === 'guest' ? [] : ['report'];
  if (mayModerate) actions.push('delete', ...(message.status === 'shown' ? ['pin' as const] : []));
  if (mayModerate) actions.push(...personActions({ ...facts, userId: message.userId }));
  if (rights.invites && !isOnStage(message.userId, state) && message.userId !== state.room.hostId) actions.push('invite');
  if (rights.hosts && message.userId !== state.room.hostId) actions.push(isModerator(message.userId, state) ? 'dismiss' : 'appoint');
  return actions;
}

/** What who moderates can do about a person, whatever it comes from. */
export type PersonActionId = 'mute60' | 'mute600' | 'muteEnd' | 'unmute' | 'ban' | 'unban';

export interface PersonFacts {
  userId: string;
  state: RoomState;
  rights: Pick<StageRights, 'hosts'>;
  now: number;
}

export function personActions(facts: PersonFacts): PersonActionId[] {
  if (!isTouchable(facts)) return [];
  const standing = facts.state.standings.find((one) => one.userId === facts.userId);
  if (standing?.banned) return ['unban'];
  return standing && isMuted(standing, facts.now) ? ['unmute', 'ban'] : ['mute60', 'mute600', 'muteEnd', 'ban'];
}

export function isMuted({ muted, mutedUntil }: Standing, now: number): boolean {
  return muted && !(mutedUntil !== undefined && Date.parse(mutedUntil) <= now);
}

export function isModerator(userId: string, { standings }: Pick<RoomState, 'standings'>): boolean {
  return standings.some((one) => one.userId === userId && one.moderator);
}

export function isOnStage(userId: string, { stage }: Pick<RoomState, 'stage'>): boolean {
  return stage.seats.some((one) => one.userId === userId);
}

/** As the server decides: the host is out of reach; who is on stage or keeps order is the host's. */
function isTouchable({ userId, state, rights }: PersonFacts): boolean {
  if (userId === state.room.hostId) return false;
  return rights.hosts || !(isModerator(userId, state) || isOnStage(userId, state) || state.room.actingHostId === userId);
}
