import type { DisconnectReason, Participant, RemoteTrack, Room } from 'livekit-client';
import { backoffDelay } from '../backoff.js';
import { CostageError, toCostageError } from '../errors.js';
import { Store, type Observable, type Unsubscribe } from '../store.js';
import type { BroadcasterData, ViewerData } from '../types.js';
import { deviceError, deviceGone, mediaError, type Device } from './device_errors.js';
import { Devices, VanishWatch } from './devices.js';
import { cameraTrack, listParticipants, type MediaParticipant } from './participants.js';
import type { Preview } from './preview.js';
import { permissionToPublish, publishTracks } from './publishing.js';
import { playSound, stopSound } from './sound.js';

export type { MediaParticipant } from './participants.js';

export type MediaPhase = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

/** `removed`: the server took us out; `duplicate`: the same user connected elsewhere; `closed`: the show's media is over. */
export type MediaEnd = 'removed' | 'duplicate' | 'closed';

export interface MediaState {
  phase: MediaPhase;
  mode: 'none' | 'viewer' | 'stage';
  participants: MediaParticipant[];
  /** The browser plays no sound until the user taps: call `startSound()` from the tap. */
  soundBlocked: boolean;
  error: CostageError | undefined;
  /** Devices in use, or to be used when switched on again. */
  cameraId: string | undefined;
  microphoneId: string | undefined;
  cameraError: CostageError | undefined;
  microphoneError: CostageError | undefined;
  ended: MediaEnd | undefined;
}

export interface StageOptions {
  /** Its running tracks are taken over. Without one, both devices are opened. */
  preview?: Preview | undefined;
  camera?: boolean;
  microphone?: boolean;
}

export interface MediaCredentials {
  viewer: () => Promise<ViewerData>;
  broadcaster: () => Promise<BroadcasterData>;
}

type LiveKit = typeof import('livekit-client');

/** How long a connected viewer waits for the permission to publish before connecting anew with the token. */
const kPromotionMs = 2000;

const kStart: MediaState = {
  phase: 'idle',
  mode: 'none',
  participants: [],
  soundBlocked: false,
  error: undefined,
  cameraId: undefined,
  microphoneId: undefined,
  cameraError: undefined,
  microphoneError: undefined,
  ended: undefined,
};

/** Media of one room over LiveKit: watching, going on stage, own devices. livekit-client is loaded on first use. */
export class StageMedia implements Observable<MediaState> {
  /** What there is to choose from. */
  readonly devices = new Devices();
  private readonly store = new Store<MediaState>(kStart);
  private livekit: LiveKit | undefined;
  private loading: Promise<LiveKit> | undefined;
  private room: Room | undefined;
  private recovery: ReturnType<typeof setTimeout> | undefined;
  private readonly vanished = new VanishWatch();
  private stopDevices: Unsubscribe = () => {};
  private lost = 0;
  /** What the user wants on, also after a reconnect. */
  private wanted = { camera: true, microphone: true };
  /** Grows with each watch, goOnStage and leave: what an older one still waits for no longer matters. */
  private operation = 0;

  constructor(
    private readonly credentials: MediaCredentials,
    private readonly load: () => Promise<LiveKit> = () => import('livekit-client'),
  ) {}

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
   * Takes the seat: opens the lease, then publishes camera and microphone. A connected viewer is promoted in place; otherwise,
   * or when the permission does not come, it connects with the token. Refusals of the lease are thrown.
   */
  async goOnStage(options: StageOptions = {}): Promise<void> {
    const wasWatching = this.room !== undefined && this.getSnapshot().phase === 'connected';
    const operation = this.begin({ mode: 'stage', phase: wasWatching ? 'connected' : 'connecting' });
    try {
      const { coHostUrl, coHostToken } = await this.credentials.broadcaster();
      if (operation !== this.operation) return;
      const promoted = wasWatching && (await this.isPromoted(operation));
      if (!promoted) await this.connect(operation, coHostUrl, coHostToken);
      if (operation === this.operation) await this.publish(options);
    } catch (cause) {
      const stillWatching = wasWatching && this.room?.state === 'connected';
      if (operation === this.operation && stillWatching) this.store.update({ mode: 'viewer', phase: 'connected' });
      else this.fail(operation, cause);
      throw toCostageError(cause);
    }
  }

  /** Disconnects and turns the devices off. The seat itself is given back with `room.leaveStage()`. */
  async leave(): Promise<void> {
    this.operation++;
    clearTimeout(this.recovery);
    await this.dropRoom();
    this.store.set({ ...kStart });
  }

  setCamera(on: boolean): Promise<void> {
    return this.setDevice('camera', on);
  }

  setMicrophone(on: boolean): Promise<void> {
    return this.setDevice('microphone', on);
  }

  /**
   * Takes another camera, microphone or loudspeaker, at once or, for a device that is off, when it is switched on. A camera or
   * microphone that cannot be had shows as its error, and the one before is kept.
   */
  async chooseDevice(kind: 'videoinput' | 'audioinput' | 'audiooutput', deviceId: string): Promise<void> {
    const { room } = this;
    if (kind === 'audiooutput') {
      await room?.switchActiveDevice(kind, deviceId);
      return;
    }
    const device = kind === 'videoinput' ? 'camera' : 'microphone';
    const before = room?.getActiveDevice(kind);
    try {
      await room?.switchActiveDevice(kind, deviceId);
      this.setDeviceError(device, undefined);
    } catch (cause) {
      this.setDeviceError(device, deviceError(device, cause, true));
      // The browser had to stop the old one first.
      if (before !== undefined) await room?.switchActiveDevice(kind, before, false).catch(() => {});
    }
    this.refresh();
  }

  /** Call it from a tap or click. */
  async startSound(): Promise<void> {
    await this.room?.startAudio();
    this.refresh();
  }

  /** Shows somebody's camera in the element until the returned function is called. */
  attachVideo(userId: string, element: HTMLVideoElement): () => void {
    const participant = this.participant(userId);
    const track = participant && this.livekit ? cameraTrack(this.livekit, participant) : undefined;
    if (!track) return () => {};
    track.attach(element);
    return () => {
      track.detach(element);
    };
  }

  private participant(userId: string): Participant | undefined {
    return this.room?.getParticipantByIdentity(userId);
  }

  private library(): Promise<LiveKit> {
    this.loading ??= this.load().catch((cause: unknown) => {
      this.loading = undefined;
      throw cause;
    });
    return this.loading;
  }

  private begin(change: Partial<MediaState>): number {
    clearTimeout(this.recovery);
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
    await this.dropRoom();
    if (operation !== this.operation) return;
    const room = this.createRoom(this.livekit);
    this.room = room;
    await room.connect(url, token);
    if (operation !== this.operation) {
      await room.disconnect();
      return;
    }
    this.lost = 0;
    this.store.update({ phase: 'connected' });
    this.refresh();
  }

  private createRoom(livekit: LiveKit): Room {
    // Devices that were chosen are taken again after a lost connection.
    const { cameraId, microphoneId } = this.getSnapshot();
    const room = new livekit.Room({
      adaptiveStream: true,
      dynacast: true,
      // One round trip less: costage's media server speaks the two-connection form.
      singlePeerConnection: false,
      videoCaptureDefaults: { resolution: livekit.VideoPresets.h720.resolution, deviceId: cameraId },
      audioCaptureDefaults: { deviceId: microphoneId },
    });
    this.listen(livekit, room);
    this.stopDevices();
    this.stopDevices = this.devices.subscribe(() => this.refresh());
    return room;
  }

  private listen(livekit: LiveKit, room: Room): void {
    const { RoomEvent } = livekit;
    const refresh = (): void => {
      if (room === this.room) this.refresh();
    };
    const changes = [
      RoomEvent.ParticipantConnected, RoomEvent.ParticipantDisconnected, RoomEvent.TrackPublished,
      RoomEvent.TrackUnpublished, RoomEvent.TrackSubscribed, RoomEvent.TrackUnsubscribed, RoomEvent.TrackMuted,
      RoomEvent.TrackUnmuted, RoomEvent.LocalTrackPublished, RoomEvent.LocalTrackUnpublished,
      RoomEvent.ActiveSpeakersChanged, RoomEvent.ConnectionQualityChanged, RoomEvent.AudioPlaybackStatusChanged,
      RoomEvent.ParticipantNameChanged, RoomEvent.ActiveDeviceChanged,
    ] as const;
    for (const change of changes) room.on(change, refresh);
    room.on(RoomEvent.TrackSubscribed, (track) => playSound(track));
    room.on(RoomEvent.TrackUnsubscribed, (track) => stopSound(track));
    room.on(RoomEvent.Reconnecting, () => this.onPhase(room, 'reconnecting'));
    room.on(RoomEvent.SignalReconnecting, () => this.onPhase(room, 'reconnecting'));
    room.on(RoomEvent.Reconnected, () => this.onPhase(room, 'connected'));
    room.on(RoomEvent.ParticipantPermissionsChanged, () => this.onPermission(room));
    room.on(RoomEvent.Disconnected, (reason) => this.onDisconnected(livekit, room, reason));
  }

  private onPhase(room: Room, phase: MediaPhase): void {
    if (room === this.room) this.store.update({ phase });
  }

  /** The right to publish was withdrawn while the connection stays: we are a viewer again. */
  private onPermission(room: Room): void {
    const published = room.localParticipant.trackPublications.size > 0;
    if (room !== this.room || !published || room.localParticipant.permissions?.canPublish !== false) return;
    this.store.update({ mode: 'viewer', ended: 'removed' });
  }

  private onDisconnected(livekit: LiveKit, room: Room, reason: DisconnectReason | undefined): void {
    if (room !== this.room) return;
    this.room = undefined;
    this.stopDevices();
    const { DisconnectReason: Reason } = livekit;
    const ends = new Map<DisconnectReason | undefined, MediaEnd>([
      [Reason.PARTICIPANT_REMOVED, 'removed'],
      [Reason.DUPLICATE_IDENTITY, 'duplicate'],
      [Reason.ROOM_DELETED, 'closed'],
      [Reason.ROOM_CLOSED, 'closed'],
    ]);
    const ended = ends.get(reason);
    if (ended) {
      this.operation++;
      this.store.set({ ...kStart, ended });
    } else if (reason !== Reason.CLIENT_INITIATED) {
      this.recover();
    }
  }

  /** livekit-client gave up: start over with fresh credentials, again and again, in the same role. */
  private recover(): void {
    this.store.update({ phase: 'reconnecting', participants: [] });
    const { mode } = this.getSnapshot();
    this.recovery = setTimeout(() => {
      if (mode === 'stage') this.goOnStage(this.wanted).catch(() => this.recoverUnlessRefused());
      else void this.watch();
    }, backoffDelay(this.lost++, Math.random()));
  }

  private recoverUnlessRefused(): void {
    const { phase, error } = this.getSnapshot();
    const isRefusal = error !== undefined && error.status >= 400 && error.status < 500;
    if (phase === 'failed' && !isRefusal) this.recover();
  }

  private async isPromoted(operation: number): Promise<boolean> {
    const { room, livekit } = this;
    if (!room || !livekit) return false;
    const permitted = await permissionToPublish(livekit, room, kPromotionMs);
    return permitted && operation === this.operation && room === this.room;
  }

  private async publish(options: StageOptions): Promise<void> {
    const { room, livekit } = this;
    if (!room || !livekit) return;
    const taken = options.preview?.take();
    if (taken) {
      this.wanted = { camera: taken.camera !== undefined, microphone: taken.microphone !== undefined };
      await publishTracks(livekit, room, taken);
    } else {
      if (options.camera !== false) await this.setDevice('camera', true);
      if (options.microphone !== false) await this.setDevice('microphone', true);
    }
    this.devices.refresh();
    this.refresh();
  }

  private async setDevice(device: Device, on: boolean): Promise<void> {
    const local = this.room?.localParticipant;
    if (!local) return;
    this.wanted = { ...this.wanted, [device]: on };
    try {
      if (device === 'camera') await local.setCameraEnabled(on);
      else await local.setMicrophoneEnabled(on);
      this.setDeviceError(device, undefined);
      this.devices.refresh();
    } catch (cause) {
      this.setDeviceError(device, deviceError(device, cause));
    }
    this.refresh();
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
    this.store.update({ participants, soundBlocked: !room.canPlaybackAudio, cameraId, microphoneId });
    if (this.getSnapshot().mode !== 'stage') return;
    this.checkVanished('camera', cameraId);
    this.checkVanished('microphone', microphoneId);
  }

  private checkVanished(device: Device, usedId: string | undefined): void {
    const gone = this.vanished.check(device, usedId, this.devices.getSnapshot());
    if (gone !== undefined) this.setDeviceError(device, gone ? deviceGone(device) : undefined);
  }

  private async dropRoom(): Promise<void> {
    const room = this.room;
    this.room = undefined;
    this.stopDevices();
    if (!room) return;
    for (const participant of room.remoteParticipants.values()) {
      for (const { track } of participant.trackPublications.values()) if (track) stopSound(track as RemoteTrack);
    }
    await room.disconnect();
  }
}
