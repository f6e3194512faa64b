import type { DisconnectReason, Room } from 'livekit-client';
import { toCostageError } from '../errors.js';
import type { Store, Unsubscribe } from '../store.js';
import { deviceError, type Device } from './device_errors.js';
import { kOut, type GreenRoomParts, type GreenRoomState, type StageSound } from './green_room_state.js';
import { onPageEnd } from './page_end.js';
import { attachPicture, listOthers, remoteTracks } from './participants.js';
import { isFinal, Retries } from './recovery.js';
import { changesOf, endOf, roomOptions } from './room_options.js';
import { playSound, stopSound } from './sound.js';

type LiveKit = typeof import('livekit-client');

/** All of the green room that needs livekit-client. */
export class GreenRoomEngine {
  private readonly store: Store<GreenRoomState>;
  private readonly stage: StageSound;
  private readonly retries = new Retries();
  private room: Room | undefined;
  private unfollow: Unsubscribe = () => {};
  /** Whether the microphone on stage was on when talking began, and is to be on again. */
  private wasHeardOnStage = false;
  /** Grows with each enter and leave: what an older one still waits for no longer matters. */
  private operation = 0;

  constructor(
    private readonly livekit: LiveKit,
    private readonly parts: GreenRoomParts,
  ) {
    ({ store: this.store, stage: this.stage } = parts);
  }

  async enter(): Promise<void> {
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

  async setMicrophone(on: boolean): Promise<void> {
    if (on) await this.takeMicrophone();
    await this.setDevice('microphone', on);
    if (!on) await this.giveMicrophoneBack();
  }

  setCamera(on: boolean): Promise<void> {
    return this.setDevice('camera', on);
  }

  async startSound(): Promise<void> {
    await this.room?.startAudio();
    this.refresh();
  }

  attach(userId: string, element: HTMLVideoElement): Unsubscribe {
    return this.room ? attachPicture(this.livekit, this.room, userId, element, 'camera') : () => {};
  }

  private async connect(operation: number): Promise<void> {
    const { livekit } = this;
    const { url, token } = await this.parts.access();
    if (operation !== this.operation) return;
    const { cameraId, microphoneId } = this.stage.getSnapshot();
    const room = new livekit.Room({
      ...roomOptions(livekit, { cameraId, microphoneId, speakerId: undefined }),
      // It is looked at in small: a quarter of a picture is enough.
      videoCaptureDefaults: { resolution: livekit.VideoPresets.h360.resolution, deviceId: cameraId },
    });
    this.listen(room);
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

  private listen(room: Room): void {
    const { RoomEvent } = this.livekit;
    for (const change of changesOf(this.livekit)) room.on(change, () => this.refresh());
    room.on(RoomEvent.TrackSubscribed, playSound);
    room.on(RoomEvent.TrackUnsubscribed, stopSound);
    room.on(RoomEvent.Reconnecting, () => this.store.update({ phase: 'reconnecting' }));
    room.on(RoomEvent.Reconnected, () => this.store.update({ phase: 'in' }));
    room.on(RoomEvent.Disconnected, (reason) => this.onDisconnected(room, reason));
  }

  private onDisconnected(room: Room, reason: DisconnectReason | undefined): void {
    if (room !== this.room) return;
    void this.drop();
    if (endOf(this.livekit, reason)) return void this.leave();
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
    if (!room) return;
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
