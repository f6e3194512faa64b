import type { DisconnectReason, Room } from 'livekit-client';
import { CostageError } from '../errors.js';
import type { Unsubscribe } from '../store.js';
import type { MediaEnd } from './media_state.js';
import { onPageEnd } from './page_end.js';
import { remoteTracks, showsTheSame } from './participants.js';
import { changesOf, endOf, roomOptions, type ChosenDevices } from './room_options.js';
import { playSound, stopSound } from './sound.js';

type LiveKit = typeof import('livekit-client');

/** How long the connection before is kept for the pictures of the next one. */
const kHandOverMs = 1000;

/** What happens to the connection in use, never to one before or after it. */
export interface ConnectionEvents {
  /** Something about people, tracks or devices. */
  onChange(): void;
  /** livekit-client makes the connection again by itself. */
  onLost(): void;
  onBack(): void;
  onPermission(room: Room): void;
  /** It is over; without a reason it may be tried again. */
  onEnd(ended: MediaEnd | undefined): void;
}

export interface ConnectionOptions extends ConnectionEvents {
  chosen(): ChosenDevices;
  /** Each connection, before it is made. */
  prepare(room: Room): void;
}

/** The connection in use, and the next one that takes its place when it shows the same pictures. */
export class MediaConnection {
  private current: Room | undefined;
  private currentUrl: string | undefined;
  /** Takes the place of `current` when it is connected. */
  private next: Room | undefined;
  /** Why the media server ended `next` before it took that place. */
  private nextEnded: MediaEnd | undefined;
  /** Ends what follows the outer world while there is a connection. */
  private unfollow: Unsubscribe = () => {};

  constructor(
    private readonly livekit: LiveKit,
    private readonly options: ConnectionOptions,
  ) {}

  get room(): Room | undefined {
    return this.current;
  }

  /** Of the media server that the connection in use is to. */
  get url(): string | undefined {
    return this.currentUrl;
  }

  /** Two windows went on stage in the same instant, and the other one has it. */
  get wasTakenOver(): boolean {
    return this.nextEnded === 'duplicate';
  }

  get mayPublish(): boolean {
    return this.current?.localParticipant.permissions?.canPublish === true;
  }

  /** Resolves when it is in use, or, where it is not wanted any more, when it is given up. */
  async open(url: string, token: string, isWanted: () => boolean): Promise<void> {
    if (!isWanted()) return;
    const room = this.create();
    this.next = room;
    this.nextEnded = undefined;
    await room.connect(url, token);
    // One that is lost shows nothing that is worth waiting for.
    if (isWanted() && this.current?.state === 'connected') await showsTheSame(this.livekit, this.current, room, kHandOverMs);
    if (!isWanted()) return room.disconnect();
    if (room.state === 'disconnected') throw new CostageError('media_refused', 'The media server ended the connection.');
    this.handOver(room);
    this.currentUrl = url;
  }

  /** Ends all there is; with a successor, all but that. At once what is shown, then what the network takes its time for. */
  async drop(successor?: Room): Promise<void> {
    const { current } = this;
    const next = this.next === successor ? undefined : this.next;
    this.current = this.next = this.nextEnded = undefined;
    this.end();
    if (current) remoteTracks(current).forEach(stopSound);
    await Promise.all([current?.disconnect(), next?.disconnect()]);
  }

  /** At once, so that nothing comes in between; the connection before ends in its own time. */
  private handOver(room: Room): void {
    void this.drop(room);
    this.current = room;
    this.unfollow = onPageEnd(() => void room.disconnect());
    for (const track of remoteTracks(room)) playSound(track);
  }

  private end(): void {
    this.unfollow();
    this.unfollow = () => {};
  }

  private create(): Room {
    const room = new this.livekit.Room(roomOptions(this.livekit, this.options.chosen()));
    this.listen(room);
    this.options.prepare(room);
    return room;
  }

  private listen(room: Room): void {
    const { RoomEvent } = this.livekit;
    const { onChange, onLost, onBack, onPermission } = this.options;
    const ifInUse = (work: () => void) => (): void => {
      if (room === this.current) work();
    };
    for (const change of changesOf(this.livekit)) room.on(change, ifInUse(onChange));
    room.on(RoomEvent.TrackSubscribed, (track) => {
      if (room === this.current) playSound(track);
    });
    room.on(RoomEvent.TrackUnsubscribed, (track) => stopSound(track));
    room.on(RoomEvent.Reconnecting, ifInUse(onLost));
    room.on(RoomEvent.SignalReconnecting, ifInUse(onLost));
    room.on(RoomEvent.Reconnected, ifInUse(onBack));
    room.on(RoomEvent.ParticipantPermissionsChanged, ifInUse(() => onPermission(room)));
    room.on(RoomEvent.Disconnected, (reason) => this.onDisconnected(room, reason));
  }

  private onDisconnected(room: Room, reason: DisconnectReason | undefined): void {
    const ended = endOf(this.livekit, reason);
    if (room === this.next) this.nextEnded = ended;
    if (room !== this.current) return;
    this.current = undefined;
    this.end();
    this.options.onEnd(ended);
  }
}
