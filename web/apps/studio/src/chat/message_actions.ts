// Pure: what can be done about a message, and about who wrote it.
import type { LiveMessage, RoomState } from '@costage/sdk';
import type { StageRights } from '../lib/tile_actions.js';

export type MessageActionId =
  | 'reply' | 'react' | 'copy' | 'edit' | 'deleteOwn' | 'report'
  | 'delete' | 'pin' | 'mute60' | 'mute600' | 'muteEnd' | 'unmute' | 'ban'
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
  if (mayModerate && isTouchable(facts)) actions.push(...aboutPerson(facts));
  const isOnStage = state.stage.seats.some((one) => one.userId === message.userId);
  if (rights.invites && !isOnStage && message.userId !== state.room.hostId) actions.push('invite');
  if (rights.hosts && message.userId !== state.room.hostId) actions.push(isModerator(facts) ? 'dismiss' : 'appoint');
  return actions;
}

function isModerator({ message, state }: ActionFacts): boolean {
  return state.standings.some((one) => one.userId === message.userId && one.moderator);
}

/** Nobody mutes the host; those who help the host are the host's. */
function isTouchable(facts: ActionFacts): boolean {
  const { message, state, rights } = facts;
  if (message.userId === state.room.hostId) return false;
  return rights.hosts || !(isModerator(facts) || state.stage.seats.some((one) => one.userId === message.userId));
}

function aboutPerson({ message, state, now }: ActionFacts): MessageActionId[] {
  const standing = state.standings.find((one) => one.userId === message.userId);
  if (standing?.banned) return [];
  const isMuted = standing?.muted === true && !(standing.mutedUntil !== undefined && Date.parse(standing.mutedUntil) <= now);
  return isMuted ? ['unmute', 'ban'] : ['mute60', 'mute600', 'muteEnd', 'ban'];
}
