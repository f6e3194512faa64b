import { CostageError } from '../errors.js';
import { UnsteadySeats } from '../stage/unsteady_seats.js';
import type { Observable, Unsubscribe } from '../store.js';
import type { BroadcasterData, Room, RoomEvent, RunOfShow, Scene, Stage, StagePermissions, TrackSources } from '../types.js';
import type { RoomLine } from './room_line.js';

/** The seats of one room and how they are shown. What the seats are doing now is in the room's snapshot, `data.stage`. */
export class RoomStage {
  /** Live: the user ids of those whose connection drops again and again. */
  readonly unsteady: Observable<readonly string[]>;

  constructor(
    private readonly line: RoomLine,
    private readonly endMedia: () => Promise<void>,
  ) {
    this.unsteady = new UnsteadySeats((listener) => line.onEvent(listener));
  }

  get(): Promise<Stage> {
    return this.line.get<Stage>('/stage');
  }

  /**
   * What a media client needs to be on stage: opens or renews my lease of a seat. With `leaseId` only this one, refused with
   * `seat_lost` when it has ended. Not needed with `room.media`, which asks by itself.
   */
  access(only?: { leaseId: string }): Promise<BroadcasterData> {
    return this.line.post<BroadcasterData>('/broadcaster', only);
  }

  /** Ends my media here and gives my seat back; the show goes on. `room.media.disconnect()` keeps the seat. */
  async leave(): Promise<Stage> {
    await this.endMedia();
    return this.line.post<Stage>('/stage/leave');
  }

  /** Takes somebody off the stage; also takes back the place of somebody who accepted and is not there yet. */
  remove(userId: string): Promise<Stage> {
    if (userId === '') throw new CostageError('invalid_request', 'Whom to remove is missing.', { field: 'userId' });
    return this.line.write<Stage>('DELETE', seat(userId));
  }

  /** Switches somebody else's devices off. On they can only be asked to switch them. */
  switchOff(userId: string, sources: TrackSources): Promise<Stage> {
    return this.line.post<Stage>(seat(userId, '/switch-off'), sources);
  }

  /** They hear of it by `onSwitchOnAsked`. */
  askToSwitchOn(userId: string, sources: TrackSources): Promise<Stage> {
    return this.line.post<Stage>(seat(userId, '/ask-to-switch-on'), sources);
  }

  /** Somebody switched devices of mine off. */
  onSwitchedOff(listener: (sources: TrackSources, byUserId: string | undefined) => void): Unsubscribe {
    return this.onMySources('stage.switchedOff', listener);
  }

  /** Somebody asks me to switch devices on. */
  onSwitchOnAsked(listener: (sources: TrackSources) => void): Unsubscribe {
    return this.onMySources('stage.switchOnAsked', listener);
  }

  /** What a co-host may do beyond being on stage; it ends with the seat. */
  setPermissions(userId: string, permissions: StagePermissions): Promise<Stage> {
    return this.line.write<Stage>('PUT', seat(userId, '/permissions'), permissions);
  }

  /** How the stage is shown to everybody; all of it. */
  setScene(scene: Scene): Promise<Scene> {
    return this.line.write<Scene>('PUT', '/scene', scene);
  }

  getRunOfShow(): Promise<RunOfShow> {
    return this.line.get<RunOfShow>('/run-of-show');
  }

  /** What comes one after the other and what is on now; all of it. */
  setRunOfShow(run: RunOfShow): Promise<RunOfShow> {
    return this.line.write<RunOfShow>('PUT', '/run-of-show', run);
  }

  /** Who stands in when the host is gone; nobody: the show waits for the host, and ends. */
  nameSuccessor(userId: string | undefined): Promise<Room> {
    return userId === undefined ? this.line.write<Room>('DELETE', '/successor') : this.line.write<Room>('PUT', '/successor', { userId });
  }

  private onMySources(wanted: RoomEvent['type'], listener: (sources: TrackSources, byUserId: string | undefined) => void): Unsubscribe {
    return this.line.onEvent(({ type, data, actorId }) => {
      if (type === wanted && data?.seat?.userId === this.line.userId && data?.sources) listener(data.sources, actorId);
    });
  }
}

function seat(userId: string, rest = ''): string {
  return `/stage/${encodeURIComponent(userId)}${rest}`;
}
