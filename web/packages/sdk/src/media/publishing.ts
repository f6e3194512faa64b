import type { Room } from 'livekit-client';
import type { CostageError } from '../errors.js';
import type { Store } from '../store.js';
import type { Device } from './device_errors.js';
import type { DeviceMemory } from './device_memory.js';
import type { Devices } from './devices.js';
import type { MediaState } from './media_state.js';
import { OwnDevices } from './own_devices.js';
import { ScreenShare } from './screen_share.js';
import { SmallerPicture } from './smaller_picture.js';

export interface PublishingOptions {
  store: Store<MediaState>;
  devices: Devices;
  memory: DeviceMemory;
  room: () => Room | undefined;
  onChange: () => void;
}

/** What is sent of oneself: camera and microphone, the screen, and how large the picture is. */
export class Publishing {
  readonly own: OwnDevices;
  readonly screen: ScreenShare;
  readonly smaller: SmallerPicture;

  constructor(
    private readonly livekit: typeof import('livekit-client'),
    private readonly options: PublishingOptions,
  ) {
    const { store, room, onChange } = options;
    this.own = new OwnDevices({ ...options, list: options.devices, onError: (device, error) => store.update(errorOf(device, error)) });
    this.screen = new ScreenShare({ room, onChange, onError: (error) => store.update({ screenError: error }) });
    this.smaller = new SmallerPicture({
      room,
      livekit: () => livekit,
      onChange: (videoLowered) => {
        if (videoLowered !== store.getSnapshot().videoLowered) store.update({ videoLowered });
      },
    });
  }

  async setScreen(on: boolean): Promise<void> {
    if (this.options.store.getSnapshot().mode === 'stage') await this.screen.set(this.livekit, on);
  }

  /** To be called whenever something about the own tracks or devices may have changed. */
  check(cameraId: string | undefined, microphoneId: string | undefined): void {
    this.smaller.apply();
    this.own.checkVanished('camera', cameraId);
    this.own.checkVanished('microphone', microphoneId);
  }
}

function errorOf(device: Device, error: CostageError | undefined): Partial<MediaState> {
  return device === 'camera' ? { cameraError: error } : { microphoneError: error };
}
