/** Which of the own devices are on. */
export interface DevicesOn {
  camera: boolean;
  microphone: boolean;
}

/** As much of the browser's storage as is needed. */
export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem'>;

interface Entry extends DevicesOn {
  leaseId: string;
}

const kKey = 'costage.devices';
/** Leases that are remembered; each is some 60 bytes. */
const kMost = 20;

/**
 * What was on, by lease of a seat: who muted and then reloads, or opens a second window, stays muted. Another lease is another
 * time on stage and says nothing about this one. Where the browser forbids storage it lasts as long as the page.
 */
export class DeviceMemory {
  private entries: Entry[] = [];

  constructor(private readonly storage: () => KeyValueStore = () => globalThis.localStorage) {}

  recall(leaseId: string): DevicesOn | undefined {
    const entry = this.load().find((one) => one.leaseId === leaseId);
    return entry && { camera: entry.camera, microphone: entry.microphone };
  }

  keep(leaseId: string, { camera, microphone }: DevicesOn): void {
    const others = this.load().filter((one) => one.leaseId !== leaseId);
    this.entries = [...others, { leaseId, camera, microphone }].slice(-kMost);
    try {
      this.storage().setItem(kKey, JSON.stringify(this.entries));
    } catch {
      // Forbidden or full: the page's own copy has to do.
    }
  }

  /** Another window is on stage now: what this page alone knows is old, what is stored is not. */
  doubt(): void {
    this.entries = [];
  }

  /** Another window may have written since. */
  private load(): Entry[] {
    try {
      const stored: unknown = JSON.parse(this.storage().getItem(kKey) ?? 'null');
      if (Array.isArray(stored)) this.entries = stored.filter(isEntry);
    } catch {
      // Forbidden, or not ours.
    }
    return this.entries;
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { leaseId, camera, microphone } = value as Record<string, unknown>;
  return typeof leaseId === 'string' && typeof camera === 'boolean' && typeof microphone === 'boolean';
}
