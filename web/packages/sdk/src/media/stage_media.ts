import type { DisconnectReason, Room } from 'livekit-client';
import { CostageError, toCostageError } from '../errors.js';
import { LiveObject, Store, type Unsubscribe } from '../store.js';
import type { BroadcasterData, ViewerData } from '../types.js';
import { mediaError, type Device } from './device_errors.js';
import { DeviceMemory, type DevicesOn } from './device_memory.js';
import type { Devices } from './devices.js';
import { kStart, type MediaEnd, type MediaPhase, type MediaState, type StageOptions } from './media_state.js';
import { OwnDevices } from './own_devices.js';
import { onPageEnd } from './page_end.js';
import { attachPicture, listParticipants, remoteTracks, showsTheSame, type PictureSource } from './participants.js';
import type { Preview } from './preview.js';
import { isFinal, Retries } from './recovery.js';
import { changesOf, endOf, roomOptions } from './room_options.js';
import { screenError, ScreenOrder, ScreenShare } from './screen_share.js';
import { SmallerPicture } from './smaller_picture.js';
import { playSound, stopSound } from './sound.js';

export interface MediaCredentials {
  viewer: () => Promise<ViewerData>;
  broadcaster: () => Promise<BroadcasterData>;
  /** Access to the seat of this very lease; refused when it has ended. */
  reclaim: (leaseId: string) => Promise<BroadcasterData>;
}

type LiveKit = typeof import('livekit-client');

/** How long the connection before is kept for the pictures of the next one. */
const kHandOverMs = 1000;

/** Media of one room over LiveKit: watching, going on stage, own devices. livekit-client is loaded on first use. */
export class StageMedia extends LiveObject<MediaState> {
  /** What there is to choose from. */
  readonly devices: Devices;
  private readonly own: OwnDevices;
  private readonly screen: ScreenShare;
  private readonly screenOrder = new ScreenOrder();
  private readonly smallerPicture: SmallerPicture;
  private readonly retries = new Retries();
  private readonly store = new Store<MediaState>(kStart);
  private livekit: LiveKit | undefined;
  private loading: Promise<LiveKit> | undefined;
  private room: Room | undefined;
  /** Takes the place of `room` when it is connected. */
  private next: Room | undefined;
  /** Why the media server ended `next` before it took that place. */
  private nextEnded: MediaEnd | undefined;
  /** Ends what follows the outer world while there is a connection. */
  private unfollow: Unsubscribe = () => {};
  /** The seat that was taken or is being taken. */
  private leaseId: string | undefined;
  /** On stage with the right to publish, whether or not a device is on. */
  private isSeated = false;
  /** The loudspeaker that was chosen, also for the connections to come. */
  private speakerId: string | undefined;
  /** Grows with each watch, goOnStage and leave: what an older one still waits for no longer matters. */
  private operation = 0;

  constructor(
    private readonly credentials: MediaCredentials,
    private readonly load: () => Promise<LiveKit> = () => import('livekit-client'),
    private readonly memory = new DeviceMemory(),
  ) {
    super();
    this.own = new OwnDevices({
      memory,
      room: () => this.room,
      onError: (device, error) => this.setDeviceError(device, error),
      onChange: () => this.refresh(),
    });
    this.devices = this.own.list;
    this.screen = new ScreenShare({
      room: () => this.room,
      onError: (screenError) => this.store.update({ screenError }),
      onChange: () => this.refresh(),
    });
    this.smallerPicture = new SmallerPicture({
      room: () => this.room,
      livekit: () => this.livekit,
      onChange: (videoLowered) => {
        if (videoLowered !== this.getSnapshot().videoLowered) this.store.update({ videoLowered });
      },
    });
  }

  getSnapshot = (): MediaState => this.store.getSnapshot();
  subscribe = (listener: (state: MediaState) => void): Unsubscribe => this.store.subscribe(listener);

  /** Fetches the media code ahead of its first use. */
  preload(): void {
    this.library().catch(() => {});
  }

  /** Connects to see and hear the stage. */
  async watch(): Promise<void> {
    const operation = this.begin({ mode: 'viewer', phase: 'connecting' });
    try {
      const { url, token } = await this.credentials.viewer();
      await this.connect(operation, url, token);
    } catch (cause) {
      this.fail(operation, cause);
      if (operation === this.operation) this.recoverUnlessRefused();
    }
  }

  /**
   * Takes the seat: opens the lease, connects with its token, then publishes camera and microphone. Who was watching sees and hears
   * the show all the while. Refusals of the lease are thrown.
   */
  async goOnStage(options: StageOptions = {}): Promise<void> {
    const { preview, camera, microphone } = options;
    await this.takeSeat(this.credentials.broadcaster, (leaseId) => {
      const last = this.own.wantedIn(leaseId);
      return preview ?? { camera: camera ?? last.camera, microphone: microphone ?? last.microphone };
    });
  }

  /**
   * Back into a seat that is still held, after a reload or a lost connection, with the devices that were on; in doubt none. Opens
   * no new one: when this lease has ended, it `ended` as `seatLost`. Tries again by itself while the server is away.
   */
  async resume(leaseId: string): Promise<void> {
    this.leaseId = leaseId;
    const start = (): DevicesOn => this.own.rememberedIn(leaseId);
    const taking = this.takeSeat(() => this.credentials.reclaim(leaseId), start);
    const operation = this.operation;
    try {
      await taking;
    } catch (cause) {
      if (operation !== this.operation) return;
      const error = toCostageError(cause);
      if (isFinal(error)) this.loseSeat(error);
      else this.recover();
    }
  }

  /** Disconnects and turns the devices off. The seat itself is given back with `room.leaveStage()`. */
  async leave(): Promise<void> {
    this.operation++;
    this.retries.stop();
    await this.dropRoom();
    this.startOver();
  }

  setCamera(on: boolean): Promise<void> {
    return this.own.set('camera', on);
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.own.set('microphone', on);
  }

  /** The picture is sent in full again, until the connection drops again and again anew. */
  sendFullPicture(): void {
    this.smallerPicture.forget();
  }

  /** Call it from a tap or click: the browser asks which screen, window or tab. Closing that question changes nothing. */
  async setScreen(on: boolean): Promise<void> {
    if (this.livekit && this.getSnapshot().mode === 'stage') await this.screen.set(this.livekit, on);
  }

  /**
   * Takes another camera, microphone or loudspeaker, at once or, for a device that is off, when it is switched on. A camera or
   * microphone that cannot be had shows as its error, and the one before is kept.
   */
  async chooseDevice(kind: 'videoinput' | 'audioinput' | 'audiooutput', deviceId: string): Promise<void> {
    if (kind === 'audiooutput') {
      this.speakerId = deviceId;
      await this.room?.switchActiveDevice(kind, deviceId);
    } else await this.own.choose(kind, deviceId);
  }

  /** Call it from a tap or click. */
  async startSound(): Promise<void> {
    await this.room?.startAudio();
    this.refresh();
  }

  /** Shows somebody's camera or shared screen in the element until the returned function is called. */
  attachVideo(userId: string, element: HTMLVideoElement, picture: PictureSource = 'camera'): () => void {
    return this.room && this.livekit ? attachPicture(this.livekit, this.room, userId, element, picture) : () => {};
  }

  private library(): Promise<LiveKit> {
    this.loading ??= this.load().catch((cause: unknown) => {
      this.loading = undefined;
      throw cause;
    });
    return this.loading;
  }

  private begin(change: Partial<MediaState>): number {
    this.retries.stop();
    this.isSeated = false;
    this.preload();
    this.store.update({ error: undefined, ended: undefined, ...change });
    return ++this.operation;
  }

  private fail(operation: number, cause: unknown): void {
    if (operation !== this.operation) return;
    this.store.update({ phase: 'failed', error: mediaError(cause) });
  }

  private async connect(operation: number, url: string, token: string): Promise<void> {
    this.livekit = await this.library();
    if (operation !== this.operation) return;
    const room = this.createRoom(this.livekit);
    this.next = room;
    this.nextEnded = undefined;
    await room.connect(url, token);
    if (operation === this.operation && this.room) await showsTheSame(this.livekit, this.room, room, kHandOverMs);
    if (operation !== this.operation) return room.disconnect();
    if (room.state === 'disconnected') throw new CostageError('media_refused', 'The media server ended the connection.');
    this.handOver(room);
    this.retries.worked();
    this.store.update({ phase: 'connected' });
    this.refresh();
  }

  /** At once, so that nothing comes in between; the connection before ends in its own time. */
  private handOver(room: Room): void {
    void this.dropRoom(room);
    this.room = room;
    const followed = [this.devices.subscribe(() => this.refresh()), onPageEnd(() => void room.disconnect())];
    this.unfollow = () => followed.forEach((end) => end());
    for (const track of remoteTracks(room)) playSound(track);
  }

  private createRoom(livekit: LiveKit): Room {
    // Devices that were chosen are taken again after a lost connection.
    const { cameraId, microphoneId } = this.getSnapshot();
    const room = new livekit.Room(roomOptions(livekit, { cameraId, microphoneId, speakerId: this.speakerId }));
    this.listen(livekit, room);
    return room;
  }

  private listen(livekit: LiveKit, room: Room): void {
    const { RoomEvent } = livekit;
    const refresh = (): void => {
      if (room === this.room) this.refresh();
    };
    for (const change of changesOf(livekit)) room.on(change, refresh);
    room.on(RoomEvent.TrackSubscribed, (track) => {
      if (room === this.room) playSound(track);
    });
    room.on(RoomEvent.TrackUnsubscribed, (track) => stopSound(track));
    this.screen.follow(livekit, room);
    room.on(RoomEvent.Reconnecting, () => this.onLost(room));
    room.on(RoomEvent.SignalReconnecting, () => this.onLost(room));
    room.on(RoomEvent.Reconnected, () => this.onPhase(room, 'connected'));
    room.on(RoomEvent.ParticipantPermissionsChanged, () => this.onPermission(livekit, room));
    room.on(RoomEvent.Disconnected, (reason) => this.onDisconnected(livekit, room, reason));
  }

  private onLost(room: Room): void {
    if (room !== this.room) return;
    this.countLoss();
    this.onPhase(room, 'reconnecting');
  }

  /** Once each time, however long it takes to come back. */
  private countLoss(): void {
    const { mode, phase } = this.getSnapshot();
    if (mode === 'stage' && phase === 'connected') this.smallerPicture.lost();
  }

  private onPhase(room: Room, phase: MediaPhase): void {
    if (room === this.room) this.store.update({ phase });
  }

  /** The right to publish was withdrawn while the connection stays: we are a viewer again. */
  private onPermission(livekit: LiveKit, room: Room): void {
    if (room !== this.room || !this.isSeated || room.localParticipant.permissions?.canPublish !== false) return;
    this.isSeated = false;
    this.store.update({ mode: 'viewer', ended: 'removed' });
    // livekit-client would go on capturing.
    if (this.getSnapshot().screenOn) void this.screen.set(livekit, false);
  }

  private onDisconnected(livekit: LiveKit, room: Room, reason: DisconnectReason | undefined): void {
    const ended = endOf(livekit, reason);
    if (room === this.next) this.nextEnded = ended;
    if (room !== this.room) return;
    this.room = undefined;
    this.unfollow();
    if (ended) {
      this.operation++;
      if (ended === 'duplicate') this.memory.doubt();
      this.startOver({ ended });
    } else {
      // Also what livekit-client itself calls the client's wish: it disconnects when the browser freezes a page.
      this.recover();
    }
  }

  /** livekit-client gave up: start over with fresh credentials, again and again, in the same role and only in the same seat. */
  private recover(): void {
    this.countLoss();
    // Only the user can start that again.
    const ended = this.screen.wasOn ? { screenOn: false, screenError: screenError('screen_ended') } : {};
    this.store.update({ phase: 'reconnecting', participants: [], ...ended });
    const { leaseId } = this;
    const onStage = this.getSnapshot().mode === 'stage' && leaseId !== undefined;
    this.retries.next(() => void (onStage ? this.resume(leaseId) : this.watch()));
  }

  private recoverUnlessRefused(): void {
    const { phase, error } = this.getSnapshot();
    if (phase === 'failed' && !isFinal(error)) this.recover();
  }

  private loseSeat(error: CostageError): void {
    this.operation++;
    this.startOver({ ended: 'seatLost', error });
  }

  /** Nothing is connected, and nothing remembered of the connection before. */
  private startOver(change: Partial<MediaState> = {}): void {
    this.smallerPicture.forget();
    this.store.set({ ...kStart, ...change });
  }

  private async takeSeat(access: () => Promise<BroadcasterData>, start: (leaseId: string) => Preview | DevicesOn): Promise<void> {
    const wasConnected = this.room !== undefined && this.getSnapshot().phase === 'connected';
    const operation = this.begin({ mode: 'stage', phase: wasConnected ? 'connected' : 'connecting' });
    try {
      const { coHostUrl, coHostToken, leaseId } = await access();
      if (operation !== this.operation) return;
      this.leaseId = leaseId;
      const maySpeak = wasConnected && this.room?.localParticipant.permissions?.canPublish === true;
      if (!maySpeak) await this.connect(operation, coHostUrl, coHostToken);
      if (operation === this.operation) await this.publish(leaseId, start(leaseId));
    } catch (cause) {
      if (operation === this.operation && this.nextEnded === 'duplicate') throw this.lostToAnother(cause);
      const stillWatching = wasConnected && this.room?.state === 'connected';
      if (operation === this.operation && stillWatching) this.store.update({ mode: 'viewer', phase: 'connected' });
      else this.fail(operation, cause);
      throw toCostageError(cause);
    }
  }

  /** Two windows went on stage in the same instant, and the other one has it. */
  private lostToAnother(cause: unknown): CostageError {
    this.operation++;
    void this.dropRoom();
    this.memory.doubt();
    this.startOver({ ended: 'duplicate' });
    return new CostageError('on_stage_elsewhere', 'You are on stage in another window.', { cause });
  }

  private async publish(leaseId: string, start: Preview | DevicesOn): Promise<void> {
    const { room, livekit } = this;
    if (!room || !livekit) return;
    this.isSeated = true;
    await this.own.publish(livekit, room, leaseId, start);
  }

  private setDeviceError(device: Device, error: CostageError | undefined): void {
    this.store.update(device === 'camera' ? { cameraError: error } : { microphoneError: error });
  }

  private refresh(): void {
    const { room, livekit } = this;
    if (!room || !livekit) return;
    const cameraId = room.getActiveDevice('videoinput');
    const microphoneId = room.getActiveDevice('audioinput');
    const participants = listParticipants(livekit, room);
    const screens = this.screenOrder.update(participants.filter((one) => one.screen === 'on').map((one) => one.userId));
    const screenOn = participants.some((one) => one.isSelf && one.screen === 'on');
    this.store.update({ participants, screens, screenOn, soundBlocked: !room.canPlaybackAudio, cameraId, microphoneId });
    if (this.getSnapshot().mode !== 'stage') return;
    this.smallerPicture.apply();
    this.own.checkVanished('camera', cameraId);
    this.own.checkVanished('microphone', microphoneId);
  }

  private async dropRoom(successor?: Room): Promise<void> {
    const { room } = this;
    const next = this.next === successor ? undefined : this.next;
    this.room = this.next = undefined;
    this.unfollow();
    this.unfollow = () => {};
    if (room) remoteTracks(room).forEach(stopSound);
    await Promise.all([room?.disconnect(), next?.disconnect()]);
  }
}
