import type { PictureSource, Room, RoomHandle, RoomState, Seat } from '@costage/sdk';
import { messages } from '../words/messages.js';
import { announce } from '../base/announcer.js';
import { moved, planStage, standing, type StagePlan } from './layout.js';
import type { TileAction } from './tile_menu.js';

/** What somebody may do about others on stage. */
export interface StageRights {
  moderates: boolean;
  /** The host, or who stands in. */
  hosts: boolean;
  invites: boolean;
}

export const kHostRights: StageRights = { moderates: true, hosts: true, invites: true };
export const kNoRights: StageRights = { moderates: false, hosts: false, invites: false };

/** A co-host has what the host has given them; who stands in has the host's rights. */
export function stageRights(state: RoomState, userId: string): StageRights {
  const seat = state.stage.seats.find((one) => one.userId === userId);
  const hosts = state.room.hostId === userId || (seat !== undefined && state.room.actingHostId === userId);
  return { hosts, moderates: hosts || seat?.permissions.moderate === true, invites: hosts || seat?.permissions.invite === true };
}

type Run = (act: () => Promise<unknown>) => void;

/** What can be done on stage: about each person, and about the screen they share. */
export interface StageActs extends Record<PictureSource, (seat: Seat) => TileAction[]> {
  /** Puts somebody where another one stands, for everybody; undefined for who may not. */
  place: ((userId: string, whereIs: string) => void) | undefined;
}

export function stageActs(room: RoomHandle, state: RoomState, rights: StageRights, run: Run): StageActs {
  const mayPlace = rights.moderates && state.stage.seats.length > 1;
  const order = new StageOrder(room, state, run);
  return {
    place: mayPlace ? (userId, whereIs) => order.place(userId, order.placeOf(whereIs)) : undefined,
    camera: (seat) => tileActions(room, state, seat, rights, run),
    screen: (seat) => screenActions(room, seat, rights, run),
  };
}

/** The host's devices are the host's. */
function mayTouch(room: RoomHandle, seat: Seat, rights: StageRights): boolean {
  return rights.moderates && seat.userId !== room.userId && (seat.role !== 'host' || rights.hosts);
}

/** Another's microphone and camera can be switched off; on they can only be asked to switch them (S-082). */
function tileActions(room: RoomHandle, state: RoomState, seat: Seat, rights: StageRights, run: Run): TileAction[] {
  if (!rights.moderates) return [];
  const places = state.stage.seats.length > 1 ? sceneActions(room, state, seat, run) : [];
  if (!mayTouch(room, seat, rights)) return places;
  return [...deviceActions(room, seat, run), ...places, ...(rights.hosts && seat.role !== 'host' ? rightActions(room, state.room, seat, run) : [])];
}

function screenActions(room: RoomHandle, seat: Seat, rights: StageRights, run: Run): TileAction[] {
  if (!mayTouch(room, seat, rights)) return [];
  return [{ id: 'off-screen', label: messages.sharing.stopOther, onAction: () => run(() => room.stage.switchOff(seat.userId, { screen: true })) }];
}

/** The order in which everybody sees the people, whatever is pinned here. */
class StageOrder {
  constructor(
    private readonly room: RoomHandle,
    private readonly state: RoomState,
    private readonly run: Run,
  ) {}

  placeOf(userId: string): number {
    return standing(this.plan()).indexOf(userId);
  }

  place(userId: string, to: number): void {
    const { stage, scene } = this.state;
    const next = moved(scene, this.plan(), userId, to);
    const name = stage.seats.find((one) => one.userId === userId)?.name ?? '';
    this.run(async () => {
      await this.room.stage.setScene(next);
      announce(messages.placing.standsNow({ name, place: next.order.indexOf(userId) + 1, count: next.order.length }));
    });
  }

  private plan(): StagePlan {
    const { stage, scene } = this.state;
    return planStage(stage.seats, { scene, screens: this.room.media.getSnapshot().screens });
  }
}

/** Who is large and in which order people stand, for everybody; by keyboard as by hand. */
function sceneActions(room: RoomHandle, state: RoomState, { userId }: Seat, run: Run): TileAction[] {
  const { scene } = state;
  const words = messages.stage.actions;
  const isLarge = scene.spotlightId === userId;
  const { spotlightId: _, ...rest } = scene;
  const order = new StageOrder(room, state, run);
  const move = (by: 1 | -1): TileAction => ({
    id: by < 0 ? 'earlier' : 'later',
    label: by < 0 ? words.earlier : words.later,
    onAction: () => order.place(userId, order.placeOf(userId) + by),
  });
  const spotlight: TileAction = {
    id: 'spotlight',
    label: words.spotlight,
    isOn: isLarge,
    onAction: () => run(() => room.stage.setScene(isLarge ? { ...rest, layout: 'automatic' } : { ...scene, layout: 'spotlight', spotlightId: userId })),
  };
  return [spotlight, move(-1), move(1)];
}

function deviceActions(room: RoomHandle, seat: Seat, run: Run): TileAction[] {
  const { userId, microphone, camera } = seat;
  const words = messages.stage.actions;
  const device = (source: 'microphone' | 'camera', isOn: boolean): TileAction =>
    isOn
      ? { id: `off-${source}`, label: words.off[source], onAction: () => run(() => room.stage.switchOff(userId, { [source]: true })) }
      : { id: `ask-${source}`, label: words.ask[source], onAction: () => run(() => room.stage.askToSwitchOn(userId, { [source]: true })) };
  return [device('microphone', microphone === 'on'), device('camera', camera === 'on')];
}

function rightActions(room: RoomHandle, show: Room, { userId, permissions }: Seat, run: Run): TileAction[] {
  const words = messages.stage.actions;
  const permission = (name: 'invite' | 'moderate'): TileAction => ({
    id: name,
    label: words[name],
    isOn: permissions[name] === true,
    onAction: () => run(() => room.stage.setPermissions(userId, { ...permissions, [name]: !permissions[name] })),
  });
  const isSuccessor = show.successorId === userId;
  const successor: TileAction = {
    id: 'successor',
    label: words.successor,
    isOn: isSuccessor,
    onAction: () => run(() => room.stage.nameSuccessor(isSuccessor ? undefined : userId)),
  };
  return [permission('invite'), permission('moderate'), successor];
}
