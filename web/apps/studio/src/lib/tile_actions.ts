import type { Room, RoomHandle, RoomState, Seat } from '@costage/sdk';
import { messages } from '../messages.js';
import type { TileAction } from '../parts/tile_menu.js';

/** What somebody may do about others on stage. */
export interface StageRights {
  moderates: boolean;
  /** The host, or who stands in. */
  hosts: boolean;
  invites: boolean;
}

/** A co-host has what the host has given them; who stands in has the host's rights. */
export function stageRights(state: RoomState, userId: string): StageRights {
  const seat = state.stage.seats.find((one) => one.userId === userId);
  const hosts = state.room.hostId === userId || (seat !== undefined && state.room.actingHostId === userId);
  return { hosts, moderates: hosts || seat?.permissions.moderate === true, invites: hosts || seat?.permissions.invite === true };
}

/** Another's microphone and camera can be switched off; on they can only be asked to switch them (S-082). */
export function tileActions(room: RoomHandle, show: Room, seat: Seat, rights: StageRights, run: (act: () => Promise<unknown>) => void): TileAction[] {
  if (seat.role === 'host' ? !rights.hosts : !rights.moderates) return [];
  const { userId, permissions, microphone, camera } = seat;
  const words = messages.stage.actions;
  const device = (source: 'microphone' | 'camera', isOn: boolean): TileAction =>
    isOn
      ? { id: `off-${source}`, label: words.off[source], onAction: () => run(() => room.switchOff(userId, { [source]: true })) }
      : { id: `ask-${source}`, label: words.ask[source], onAction: () => run(() => room.askToSwitchOn(userId, { [source]: true })) };
  const devices = [device('microphone', microphone === 'on'), device('camera', camera === 'on')];
  if (!rights.hosts || seat.role === 'host') return devices;
  const permission = (name: 'invite' | 'moderate'): TileAction => ({
    id: name,
    label: words[name],
    isOn: permissions[name] === true,
    onAction: () => run(() => room.setPermissions(userId, { ...permissions, [name]: !permissions[name] })),
  });
  const isSuccessor = show.successorId === userId;
  const successor: TileAction = {
    id: 'successor',
    label: words.successor,
    isOn: isSuccessor,
    onAction: () => run(() => room.nameSuccessor(isSuccessor ? undefined : userId)),
  };
  return [...devices, permission('invite'), permission('moderate'), successor];
}
