import type { Room } from 'livekit-client';
import { CostageError, toCostageError } from '../errors.js';
import type { Unsubscribe } from '../store.js';
import type { BroadcasterData } from '../types.js';
import { MediaConnection } from './connection.js';
import { mediaError } from './media_error.js';
import { DeviceMemory, type DevicesOn } from './device_memory.js';
import type { EngineParts } from './engine_parts.js';
import { onMediaMoved, spread } from './media_moves.js';
import { kStart, type MediaEnd, type MediaState, type StageOptions } from './media_state.js';
import { attachPicture, listParticipants, type PictureSource } from './participants.js';
import type { Preview } from './preview.js';
import { Publishing } from './publishing.js';
import { isFinal, Retries } from './recovery.js';
import { ScreenOrder, screenError } from './screen_share.js';
import { applyWatching } from './watching.js';

type LiveKit = typeof import('livekit-client');

/** All that needs livekit-client: watching, going on stage, and coming back after a loss. */
export class MediaEngine {
  readonly publishing: Publishing;
  private readonly connection: MediaConnection;
  private readonly screenOrder = new ScreenOrder();
  private readonly retries = new Retries();
  private unfollowDevices: Unsubscribe = () => {};
  /** The seat that was taken or is being taken. */
  private leaseId: string | undefined;
  /** On stage with the right to publish, whether or not a device is on. */
  private isSeated = false;
  /** The loudspeaker that was chosen, also for the connections to come. */
  private speakerId: string | undefined;
  /** Grows with each watch, goOnStage and disconnect: what an older one still waits for no longer matters. */
  private operation = 0;

  constructor(
    private readonly livekit: LiveKit,
    private readonly parts: EngineParts,
    private readonly memory = new DeviceMemory(),
  ) {
    const onChange = (): void => this.refresh();
    this.publishing = new Publishing(livekit, { ...parts, memory, room: () => this.connection.room, onChange });
    this.connection = new MediaConnection(livekit, {
      // Devices that were chosen are taken again after a lost connection.
      chosen: () => ({ cameraId: this.state.cameraId, microphoneId: this.state.microphoneId, speakerId: this.speakerId }),
      prepare: (room) => this.publishing.screen.follow(livekit, room),
      onChange,
      onLost: () => this.onLost(),
      onBack: () => parts.store.update({ phase: 'connected' }),
      onPermission: (room) => this.onPermission(room),
      onEnd: (ended) => this.onEnd(ended),
    });
    parts.watching.subscribe(onChange);
    if (parts.credentials.feed) onMediaMoved(parts.credentials.feed, () => this.moved());
  }

  async watch(): Promise<void> {
    const operation = this.begin({ mode: 'viewer', phase: this.isConnected ? 'connected' : 'connecting' });
    try {
      const { url, token } = await this.parts.credentials.viewer();
      if (!this.isConnectedTo(url)) await this.connect(operation, url, token);
    } catch (cause) {
      if (operation !== this.operation) return;
      this.fail(cause);
      if (!isFinal(this.state.error)) this.recover();
    }
  }

  /** Without a preview or a word about devices: those that were on in this seat, or else on this page. */
  async goOnStage({ preview, camera, microphone }: StageOptions = {}): Promise<void> {
    await this.takeSeat(this.parts.credentials.broadcaster, (leaseId) => {
      const last = this.publishing.own.wantedIn(leaseId);
      return preview ?? { camera: camera ?? last.camera, microphone: microphone ?? last.microphone };
    });
  }

  async resume(leaseId: string): Promise<void> {
    this.leaseId = leaseId;
    const start = (): DevicesOn => this.publishing.own.rememberedIn(leaseId);
    const taking = this.takeSeat(() => this.parts.credentials.reclaim(leaseId), start);
    const operation = this.operation;
    try {
      await taking;
    } catch (cause) {
      if (operation !== this.operation) return;
      const error = toCostageError(cause);
      if (isFinal(error)) this.end({ ended: 'seatLost', error });
      else this.recover();
    }
  }

  async disconnect(): Promise<void> {
    const operation = ++this.operation;
    this.retries.stop();
    await this.drop();
    // Who has gone on with something else meanwhile sees that.
    if (operation === this.operation) this.startOver();
  }

  async chooseDevice(kind: MediaDeviceKind, deviceId: string): Promise<void> {
    if (kind === 'audiooutput') {
      this.speakerId = deviceId;
      await this.connection.room?.switchActiveDevice(kind, deviceId);
    } else await this.publishing.own.choose(kind, deviceId);
  }

  async startSound(): Promise<void> {
    await this.connection.room?.startAudio();
    this.refresh();
  }

  attach(userId: string, element: HTMLVideoElement, picture: PictureSource): () => void {
    const { room } = this.connection;
    return room ? attachPicture(this.livekit, room, userId, element, picture) : () => {};
  }

  private get store(): EngineParts['store'] {
    return this.parts.store;
  }

  private get state(): MediaState {
    return this.store.getSnapshot();
  }

  private get isConnected(): boolean {
    return this.connection.room !== undefined && this.state.phase === 'connected';
  }

  private isConnectedTo(url: string): boolean {
    return this.isConnected && this.connection.url === url;
  }

  private begin(change: Partial<MediaState>): number {
    this.retries.stop();
    this.isSeated = false;
    // What went wrong before is known until it goes well.
    const error = this.state.phase === 'reconnecting' ? this.state.error : undefined;
    this.store.update({ error, ended: undefined, ...change });
    return ++this.operation;
  }

  private fail(cause: unknown): void {
    this.store.update({ phase: 'failed', error: mediaError(cause) });
  }

  private async connect(operation: number, url: string, token: string): Promise<void> {
    await this.connection.open(url, token, () => operation === this.operation);
    if (operation !== this.operation) return;
    this.unfollowDevices();
    this.unfollowDevices = this.parts.devices.subscribe(() => this.refresh());
    this.retries.worked();
    this.store.update({ phase: 'connected', error: undefined });
    this.refresh();
  }

  private async takeSeat(access: () => Promise<BroadcasterData>, start: (leaseId: string) => Preview | DevicesOn): Promise<void> {
    const wasConnected = this.isConnected;
    const operation = this.begin({ mode: 'stage', phase: wasConnected ? 'connected' : 'connecting' });
    try {
      const { coHostUrl, coHostToken, leaseId } = await access();
      if (operation !== this.operation) return;
      this.leaseId = leaseId;
      if (!this.isConnectedTo(coHostUrl) || !this.connection.mayPublish) await this.connect(operation, coHostUrl, coHostToken);
      if (operation === this.operation) await this.publish(leaseId, start(leaseId));
    } catch (cause) {
      throw operation === this.operation ? this.onNoSeat(cause, wasConnected) : toCostageError(cause);
    }
  }

  /** Who was watching goes on watching, unless another window has the seat. */
  private onNoSeat(cause: unknown, wasConnected: boolean): CostageError {
    if (this.connection.wasTakenOver) {
      void this.drop();
      this.end({ ended: 'duplicate' });
      return new CostageError('on_stage_elsewhere', 'You are on stage in another window.', { cause });
    }
    if (wasConnected && this.connection.room?.state === 'connected') {
      this.store.update({ mode: 'viewer', phase: 'connected' });
      this.refresh();
    } else this.fail(cause);
    return toCostageError(cause);
  }

  private async publish(leaseId: string, start: Preview | DevicesOn): Promise<void> {
    const { room } = this.connection;
    if (!room) return;
    this.isSeated = true;
    await this.publishing.own.publish(this.livekit, room, leaseId, start);
  }

  private onLost(): void {
    this.countLoss();
    this.store.update({ phase: 'reconnecting' });
  }

  /** Once each time, however long it takes to come back. */
  private countLoss(): void {
    const { mode, phase } = this.state;
    if (mode === 'stage' && phase === 'connected') this.publishing.smaller.lost();
  }

  /** The right to publish was withdrawn while the connection stays: we are a viewer again. */
  private onPermission(room: Room): void {
    if (!this.isSeated || room.localParticipant.permissions?.canPublish !== false) return;
    this.isSeated = false;
    this.store.update({ mode: 'viewer', ended: 'removed' });
    // livekit-client would go on capturing.
    if (this.state.screenOn) void this.publishing.screen.set(this.livekit, false);
    this.refresh();
  }

  /** Without a reason also what livekit-client itself calls the client's wish: it disconnects when the browser freezes a page. */
  private onEnd(ended: MediaEnd | undefined): void {
    this.unfollowDevices();
    if (ended) this.end({ ended });
    else this.recover();
  }

  private end(change: Pick<MediaState, 'ended'> & Partial<MediaState>): void {
    this.operation++;
    if (change.ended === 'duplicate') this.memory.doubt();
    this.startOver(change);
  }

  /** livekit-client gave up: start over with fresh credentials, again and again, in the same role and only in the same seat. */
  private recover(): void {
    this.countLoss();
    // Only the user can start that again.
    const ended = this.publishing.screen.wasOn ? { screenOn: false, screenError: screenError('screen_ended') } : {};
    this.store.update({ phase: 'reconnecting', participants: [], ...ended });
    const { leaseId } = this;
    const onStage = this.state.mode === 'stage' && leaseId !== undefined;
    this.retries.next(() => void (onStage ? this.resume(leaseId) : this.watch()));
  }

  /** Another media server carries the show: what is seen stays until the same is seen from there. */
  private moved(): void {
    const { operation, leaseId, state } = this;
    if (state.mode === 'stage' && leaseId !== undefined) void this.resume(leaseId);
    else if (state.mode === 'viewer') spread(() => operation === this.operation && void this.watch());
  }

  /** Nothing is connected, and nothing remembered of the connection before. */
  private startOver(change: Partial<MediaState> = {}): void {
    this.publishing.smaller.forget();
    this.store.set({ ...kStart, ...change });
  }

  private async drop(): Promise<void> {
    this.unfollowDevices();
    await this.connection.drop();
  }

  private refresh(): void {
    const { room } = this.connection;
    if (!room) return;
    applyWatching(this.livekit, room, this.parts.watching.getSnapshot());
    const onStage = this.state.mode === 'stage';
    const cameraId = room.getActiveDevice('videoinput');
    const microphoneId = room.getActiveDevice('audioinput');
    const participants = listParticipants(this.livekit, room, onStage);
    const screens = this.screenOrder.update(participants.filter((one) => one.screen === 'on').map((one) => one.userId));
    const screenOn = participants.some((one) => one.isSelf && one.screen === 'on');
    const quality = room.localParticipant.connectionQuality;
    this.store.update({ participants, screens, screenOn, soundBlocked: !room.canPlaybackAudio, cameraId, microphoneId, quality });
    if (onStage) this.publishing.check(cameraId, microphoneId);
  }
}
