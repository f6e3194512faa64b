import type { Room } from 'livekit-client';
import type { CostageError } from '../errors.js';
import { deviceError, deviceGone, type Device } from './device_errors.js';
import type { DeviceMemory, DevicesOn } from './device_memory.js';
import { VanishWatch, type Devices } from './devices.js';
import type { Preview } from './preview.js';
import { publishTracks } from './publish_tracks.js';

type LiveKit = typeof import('livekit-client');

export interface OwnDevicesOptions {
  room: () => Room | undefined;
  memory: DeviceMemory;
  /** What there is to choose from. */
  list: Devices;
  onError: (device: Device, error: CostageError | undefined) => void;
  onChange: () => void;
}

/** Camera and microphone of who is on stage: on and off, which one, and what goes wrong with them. */
export class OwnDevices {
  private readonly vanished = new VanishWatch();
  /** What the user wants on, also after a reconnect. */
  private wanted: DevicesOn = { camera: true, microphone: true };
  private leaseId: string | undefined;

  constructor(private readonly options: OwnDevicesOptions) {}

  /** What was last wanted on: in this seat, or else by this page. */
  wantedIn(leaseId: string): DevicesOn {
    return this.options.memory.recall(leaseId) ?? this.wanted;
  }

  /** On in this seat, as far as is known. In doubt nothing is on: nobody may be heard who believes to be muted. */
  rememberedIn(leaseId: string): DevicesOn {
    return this.options.memory.recall(leaseId) ?? { camera: false, microphone: false };
  }

  /** Publishes in this seat: the running tracks of the preview, or else what is to be on. */
  async publish(livekit: LiveKit, room: Room, leaseId: string, start: Preview | DevicesOn): Promise<void> {
    this.leaseId = leaseId;
    if ('take' in start) {
      const tracks = start.take();
      this.want({ camera: tracks.camera !== undefined, microphone: tracks.microphone !== undefined });
      await publishTracks(livekit, room, tracks);
    } else {
      this.want(start);
      if (start.camera) await this.set('camera', true);
      if (start.microphone) await this.set('microphone', true);
    }
    this.options.list.refresh();
    this.options.onChange();
  }

  async set(device: Device, on: boolean): Promise<void> {
    const local = this.options.room()?.localParticipant;
    if (!local) return;
    this.want({ ...this.wanted, [device]: on });
    try {
      if (device === 'camera') await local.setCameraEnabled(on);
      else await local.setMicrophoneEnabled(on);
      this.options.onError(device, undefined);
      this.options.list.refresh();
    } catch (cause) {
      this.options.onError(device, deviceError(device, cause));
    }
    this.options.onChange();
  }

  /** Another one, at once or, for a device that is off, when it is switched on. One that cannot be had leaves the one before. */
  async choose(kind: 'videoinput' | 'audioinput', deviceId: string): Promise<void> {
    const room = this.options.room();
    const device = kind === 'videoinput' ? 'camera' : 'microphone';
    const before = room?.getActiveDevice(kind);
    try {
      await room?.switchActiveDevice(kind, deviceId);
      this.options.onError(device, undefined);
    } catch (cause) {
      this.options.onError(device, deviceError(device, cause, true));
      // The browser had to stop the old one first.
      if (before !== undefined) await room?.switchActiveDevice(kind, before, false).catch(() => {});
    }
    this.options.onChange();
  }

  /** Says so when the one in use is unplugged, and when there is one again. */
  checkVanished(device: Device, usedId: string | undefined): void {
    const gone = this.vanished.check(device, usedId, this.options.list.getSnapshot());
    if (gone !== undefined) this.options.onError(device, gone ? deviceGone(device) : undefined);
  }

  private want(wanted: DevicesOn): void {
    this.wanted = wanted;
    if (this.leaseId !== undefined) this.options.memory.keep(this.leaseId, wanted);
  }
}
