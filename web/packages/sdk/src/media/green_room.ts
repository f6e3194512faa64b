import type { DisconnectReason, Room } from 'livekit-client';
import { CostageError, toCostageError } from '../errors.js';
import { LiveObject, Store, type Observable, type Unsubscribe } from '../store.js';
import type { ViewerData } from '../types.js';
import { deviceError, type Device } from './device_errors.js';
import type { MediaState } from './media_state.js';
import { onPageEnd } from './page_end.js';
import { attachPicture, listOthers, remoteTracks, type MediaParticipant } from './participants.js';
import { isFinal, Retries } from './recovery.js';
import { changesOf, endOf, roomOptions } from './room_options.js';
import { playSound, stopSound } from './sound.js';

export interface GreenRoomState {
  phase: 'out' | 'connecting' | 'in' | 'reconnecting';
  /** The others who are there. */
  people: MediaParticipant[];
  /** Whether they hear and see me. */
  microphone: boolean;
  camera: boolean;
  /** The browser plays no sound until the user taps: call `startSound()` from the tap. */
  soundBlocked: boolean;
  error: CostageError | undefined;
}

const kOut: GreenRoomState = { phase: 'out', people: [], microphone: false, camera: false, soundBlocked: false, error: undefined };

/** As much of the show's own media as the green room touches. */
export interface StageSound extends Observable<Pick<MediaState, 'mode' | 'participants' | 'cameraId' | 'microphoneId'>> {
  setMicrophone(on: boolean): Promise<void>;
}

type LiveKit = typeof import('livekit-client');

/**
 * Where those on stage and those who get ready talk, and the audience does not hear it: a media room of its own. Who is on air and
 * talks here is not heard there meanwhile. Entering only listens.
 */
export class GreenRoom extends LiveObject<GreenRoomState> {
  private readonly store = new Store<GreenRoomState>(kOut);
  private readonly retries = new Retries();
  private room: Room | undefined;
  private livekit: LiveKit | undefined;
  private unfollow: Unsubscribe = () => {};
  /** Whether the microphone on stage was on when talking began, and is to be on again. */
  private wasHeardOnStage = false;
  /** Grows with each enter and leave: what an older one still waits for no longer matters. */
  private operation = 0;

  constructor(
    private readonly access: () => Promise<ViewerData>,
    private readonly stage: StageSound,
    private readonly load: () => Promise<LiveKit> = () => import('livekit-client'),
  ) {
    super();
  }

  getSnapshot = (): GreenRoomState => this.store.getSnapshot();
  subscribe = (listener: (state: GreenRoomState) => void): Unsubscribe => this.store.subscribe(listener);

  /** Refused with the reason when there is no place for this person. */
  async enter(): Promise<void> {
    if (this.getSnapshot().phase !== 'out') return;
    const operation = ++this.operation;
    this.store.set({ ...kOut, phase: 'connecting' });
    try {
      await this.connect(operation);
    } catch (cause) {
      if (operation === this.operation) this.store.set({ ...kOut, error: toCostageError(cause) });
      throw toCostageError(cause);
    }
  }

  async leave(): Promise<void> {
    this.operation++;
    this.retries.stop();
    const dropped = this.drop();
    // At once: who comes back in the meantime is let in.
    this.store.set(kOut);
    await dropped;
    await this.giveMicrophoneBack();
  }

  /** Talking here switches the microphone on stage off until it ends. */
  async setMicrophone(on: boolean): Promise<void> {
    if (on) await this.takeMicrophone();
    await this.setDevice('microphone', on);
    if (!on) await this.giveMicrophoneBack();
  }

  setCamera(on: boolean): Promise<void> {
    return this.setDevice('camera', on);
  }

  /** Call it from a tap or click. */
  async startSound(): Promise<void> {
    await this.room?.startAudio();
    this.refresh();
  }

  /** Shows somebody's camera in the element until the returned function is called. */
  attachVideo(userId: string, element: HTMLVideoElement): () => void {
    return this.room && this.livekit ? attachPicture(this.livekit, this.room, userId, element, 'camera') : () => {};
  }

  private async connect(operation: number): Promise<void> {
    const [livekit, { url, token }] = await Promise.all([this.load(), this.access()]);
    if (operation !== this.operation) return;
    const { cameraId, microphoneId } = this.stage.getSnapshot();
    const room = new livekit.Room({
      ...roomOptions(livekit, { cameraId, microphoneId, speakerId: undefined }),
      // It is looked at in small: a quarter of a picture is enough.
      videoCaptureDefaults: { resolution: livekit.VideoPresets.h360.resolution, deviceId: cameraId },
    });
    this.livekit = livekit;
    this.listen(livekit, room);
    this.room = room;
    await room.connect(url, token);
    if (operation !== this.operation) return void (await room.disconnect());
    const ends = [onPageEnd(() => void room.disconnect()), this.followStage()];
    this.unfollow = () => ends.forEach((end) => end());
    this.retries.worked();
    this.store.update({ phase: 'in', error: undefined });
    this.refresh();
  }

  /** Who goes on stage is heard and seen there, and no longer here. */
  private followStage(): Unsubscribe {
    let mode = this.stage.getSnapshot().mode;
    return this.stage.subscribe((now) => {
      const isNew = now.mode === 'stage' && mode !== 'stage';
      mode = now.mode;
      if (isNew) void Promise.all([this.setDevice('microphone', false), this.setDevice('camera', false)]);
    });
  }

  private listen(livekit: LiveKit, room: Room): void {
    const { RoomEvent } = livekit;
    for (const change of changesOf(livekit)) room.on(change, () => this.refresh());
    room.on(RoomEvent.TrackSubscribed, playSound);
    room.on(RoomEvent.TrackUnsubscribed, stopSound);
    room.on(RoomEvent.Reconnecting, () => this.store.update({ phase: 'reconnecting' }));
    room.on(RoomEvent.Reconnected, () => this.store.update({ phase: 'in' }));
    room.on(RoomEvent.Disconnected, (reason) => this.onDisconnected(livekit, room, reason));
  }

  private onDisconnected(livekit: LiveKit, room: Room, reason: DisconnectReason | undefined): void {
    if (room !== this.room) return;
    void this.drop();
    if (endOf(livekit, reason)) return void this.leave();
    this.store.set({ ...kOut, phase: 'reconnecting' });
    this.again(this.operation);
  }

  private again(operation: number): void {
    this.retries.next(() => {
      void this.connect(operation).catch((cause: unknown) => {
        if (operation !== this.operation) return;
        const error = toCostageError(cause);
        if (isFinal(error)) this.store.set({ ...kOut, error });
        else this.again(operation);
      });
    });
  }

  private async setDevice(device: Device, on: boolean): Promise<void> {
    const local = this.room?.localParticipant;
    if (!local) return;
    try {
      await (device === 'camera' ? local.setCameraEnabled(on) : local.setMicrophoneEnabled(on));
      this.store.update({ error: undefined });
    } catch (cause) {
      this.store.update({ error: deviceError(device, cause) });
    }
    this.refresh();
  }

  private async takeMicrophone(): Promise<void> {
    const { mode, participants } = this.stage.getSnapshot();
    const isHeard = mode === 'stage' && participants.some((one) => one.isSelf && one.microphone === 'on');
    if (!isHeard) return;
    this.wasHeardOnStage = true;
    await this.stage.setMicrophone(false);
  }

  private async giveMicrophoneBack(): Promise<void> {
    if (!this.wasHeardOnStage) return;
    this.wasHeardOnStage = false;
    if (this.stage.getSnapshot().mode === 'stage') await this.stage.setMicrophone(true);
  }

  private refresh(): void {
    const { room, livekit } = this;
    if (!room || !livekit) return;
    const { isMicrophoneEnabled, isCameraEnabled } = room.localParticipant;
    this.store.update({
      people: listOthers(livekit, room),
      microphone: isMicrophoneEnabled,
      camera: isCameraEnabled,
      soundBlocked: !room.canPlaybackAudio,
    });
  }

  private async drop(): Promise<void> {
    const { room } = this;
    this.room = undefined;
    this.unfollow();
    this.unfollow = () => {};
    if (room) remoteTracks(room).forEach(stopSound);
    await room?.disconnect();
  }
}
