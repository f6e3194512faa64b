import { LiveObject, Store, type Listener, type Unsubscribe } from '../store.js';
import type { Device } from './device_errors.js';

export interface DeviceList {
  cameras: MediaDeviceInfo[];
  microphones: MediaDeviceInfo[];
}

/** Cameras and microphones as they are plugged in and out, while somebody listens. */
export class Devices extends LiveObject<DeviceList> {
  private readonly store = new Store<DeviceList>(
    { cameras: [], microphones: [] },
    () => this.start(),
    () => this.stop(),
  );
  private asked = 0;

  constructor(private readonly source = (): MediaDevices | undefined => globalThis.navigator?.mediaDevices) {
    super();
  }

  getSnapshot = (): DeviceList => this.store.getSnapshot();
  subscribe = (listener: Listener<DeviceList>): Unsubscribe => this.store.subscribe(listener);

  /** To be called when the user has allowed a device: browsers name none before, and do not say that they would now. */
  refresh = (): void => {
    if (this.store.watched) void this.list(++this.asked);
  };

  private start(): void {
    this.source()?.addEventListener?.('devicechange', this.refresh);
    void this.list(++this.asked);
  }

  private stop(): void {
    this.asked++;
    this.source()?.removeEventListener?.('devicechange', this.refresh);
  }

  private async list(asked: number): Promise<void> {
    // A browser that lists nothing is one without a choice.
    const all = (await this.source()?.enumerateDevices?.().catch(() => [])) ?? [];
    if (asked !== this.asked) return;
    const named = (kind: MediaDeviceKind): MediaDeviceInfo[] => all.filter((one) => one.kind === kind && one.deviceId !== '');
    this.store.set({ cameras: named('videoinput'), microphones: named('audioinput') });
  }
}

/** Notices when the device in use is unplugged without another one taking its place. */
export class VanishWatch {
  private readonly seen = new Set<string>();
  private readonly gone: Record<Device, boolean> = { camera: false, microphone: false };

  /** True when it has just vanished, false when there is one again, undefined when nothing changed. */
  check(device: Device, usedId: string | undefined, list: DeviceList): boolean | undefined {
    const ids = (device === 'camera' ? list.cameras : list.microphones).map((one) => one.deviceId);
    const isGone = usedId !== undefined && this.seen.has(usedId) && !ids.includes(usedId);
    // Only of the device in use, so it stays small.
    if (usedId !== undefined && ids.includes(usedId)) this.seen.add(usedId);
    if (isGone === this.gone[device]) return undefined;
    this.gone[device] = isGone;
    return isGone;
  }
}
