import type { CostageError } from '../errors.js';
import { LiveObject, Store, type Unsubscribe } from '../store.js';
import { kAudioConstraints, kVideoConstraints } from './constraints.js';
import { deviceError, mediaDevices, type Device } from './device_errors.js';
import { Devices, type DeviceList } from './devices.js';
import { meterLevel } from './level_meter.js';

export interface PreviewState extends DeviceList {
  starting: boolean;
  camera: MediaStreamTrack | undefined;
  microphone: MediaStreamTrack | undefined;
  cameraId: string | undefined;
  microphoneId: string | undefined;
  cameraError: CostageError | undefined;
  microphoneError: CostageError | undefined;
}

const kEmpty: PreviewState = {
  starting: false,
  camera: undefined,
  microphone: undefined,
  cameras: [],
  microphones: [],
  cameraId: undefined,
  microphoneId: undefined,
  cameraError: undefined,
  microphoneError: undefined,
};

/** Own camera and microphone before going on air. `StageMedia.goOnStage` takes the running tracks over, without a flicker. */
export class Preview extends LiveObject<PreviewState> {
  private readonly store = new Store<PreviewState>(kEmpty);
  private readonly devices = new Devices();
  private stopped = false;
  private stopListing: Unsubscribe = () => {};

  getSnapshot = (): PreviewState => this.store.getSnapshot();
  subscribe = (listener: (state: PreviewState) => void): Unsubscribe => this.store.subscribe(listener);

  /** Asks for each device on its own, so that a blocked camera still leaves the microphone. */
  async start(): Promise<void> {
    this.stopped = false;
    this.store.update({ starting: true });
    await this.open('camera');
    await this.open('microphone');
    if (this.stopped) return;
    this.stopListing();
    this.stopListing = this.devices.subscribe((list) => this.store.update(list));
    this.store.update({ starting: false });
  }

  /** One that cannot be had shows as its error, and the one before is kept. */
  chooseDevice(kind: 'videoinput' | 'audioinput', deviceId: string): Promise<void> {
    return this.open(kind === 'videoinput' ? 'camera' : 'microphone', deviceId);
  }

  setCamera(on: boolean): Promise<void> {
    return on ? this.open('camera', this.getSnapshot().cameraId) : this.closeDevice('camera');
  }

  setMicrophone(on: boolean): Promise<void> {
    return on ? this.open('microphone', this.getSnapshot().microphoneId) : this.closeDevice('microphone');
  }

  /** Calls back with the microphone's level (0 to 1) until the returned function is called or the track changes. */
  meter(onLevel: (level: number) => void): () => void {
    const { microphone } = this.getSnapshot();
    return microphone ? meterLevel(microphone, onLevel) : () => {};
  }

  /** Hands the running tracks over to the caller, who has to stop them. */
  take(): { camera: MediaStreamTrack | undefined; microphone: MediaStreamTrack | undefined } {
    const { camera, microphone } = this.getSnapshot();
    this.stopped = true;
    this.stopListing();
    this.store.update({ camera: undefined, microphone: undefined });
    return { camera, microphone };
  }

  stop(): void {
    this.stopped = true;
    this.stopListing();
    const { camera, microphone } = this.getSnapshot();
    camera?.stop();
    microphone?.stop();
    this.store.update({ camera: undefined, microphone: undefined, starting: false });
  }

  private async open(device: Device, deviceId?: string): Promise<void> {
    try {
      const track = await openTrack(device, deviceId);
      if (this.stopped) {
        track.stop();
        return;
      }
      this.getSnapshot()[device]?.stop();
      const id = track.getSettings().deviceId ?? deviceId;
      this.store.update(
        device === 'camera'
          ? { camera: track, cameraId: id, cameraError: undefined }
          : { microphone: track, microphoneId: id, microphoneError: undefined },
      );
      this.devices.refresh();
    } catch (cause) {
      const error = deviceError(device, cause, deviceId !== undefined);
      this.store.update(device === 'camera' ? { cameraError: error } : { microphoneError: error });
    }
  }

  private async closeDevice(device: Device): Promise<void> {
    this.getSnapshot()[device]?.stop();
    this.store.update(device === 'camera' ? { camera: undefined } : { microphone: undefined });
  }
}

async function openTrack(device: Device, deviceId: string | undefined): Promise<MediaStreamTrack> {
  const choice = deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
  const stream = await mediaDevices().getUserMedia(
    device === 'camera' ? { video: { ...kVideoConstraints, ...choice } } : { audio: { ...kAudioConstraints, ...choice } },
  );
  return stream.getTracks()[0]!;
}

/** Own camera and microphone before going on air; nothing is opened before `start()`. */
export function createPreview(): Preview {
  return new Preview();
}
