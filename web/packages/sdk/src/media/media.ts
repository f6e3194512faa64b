import { toCostageError } from '../errors.js';
import { LiveObject, Store } from '../store.js';
import { mediaUnreachable } from './media_error.js';
import { Devices } from './devices.js';
import type { MediaEngine } from './engine.js';
import type { EngineParts, MediaCredentials } from './engine_parts.js';
import { followPicture } from './follow_picture.js';
import { kStart, type MediaState, type StageOptions } from './media_state.js';
import type { PictureSource } from './participants.js';
import { Retries } from './recovery.js';
import { Watching } from './watching.js';

export type LoadEngine = (parts: EngineParts) => Promise<MediaEngine>;

async function loadEngine(parts: EngineParts): Promise<MediaEngine> {
  const [{ MediaEngine }, livekit] = await Promise.all([import('./engine.js'), import('livekit-client')]);
  return new MediaEngine(livekit, parts);
}

/**
 * Media of one room over LiveKit: watching, going on stage, own devices. The engine and livekit-client are loaded at first use. From
 * then on every verb reaches the browser without waiting, so what needs a tap may be called from one.
 */
export class StageMedia extends LiveObject<MediaState> {
  /** What there is to choose from. */
  readonly devices = new Devices();
  /** How large the others are received, and how loud each is heard. */
  readonly watching = new Watching();
  private readonly store = new Store<MediaState>(kStart);
  private readonly retries = new Retries();
  private engine: MediaEngine | undefined;
  private loading: Promise<MediaEngine> | undefined;
  /** Grows with each watch, goOnStage, resume and disconnect: an older one that still waits for the engine no longer matters. */
  private wish = 0;

  constructor(
    private readonly credentials: MediaCredentials,
    private readonly load: LoadEngine = loadEngine,
  ) {
    super();
  }

  getSnapshot = (): MediaState => this.store.getSnapshot();
  subscribe = (listener: (state: MediaState) => void): (() => void) => this.store.subscribe(listener);

  /** Fetches the media code ahead of its first use. */
  preload(): void {
    this.ready().catch(() => {});
  }

  /** Connects to see and hear the stage. Tries again by itself; what failed for good shows as `error`. */
  watch(): Promise<void> {
    return this.use('viewer', (engine) => engine.watch(), () => this.watch());
  }

  /**
   * Takes the seat: opens the lease, connects with its token, then publishes camera and microphone. Who was watching sees and hears
   * the show all the while. Refusals of the lease are thrown.
   */
  goOnStage(options?: StageOptions): Promise<void> {
    return this.use('stage', (engine) => engine.goOnStage(options));
  }

  /**
   * Back into a seat that is still held, after a reload or a lost connection, with the devices that were on; in doubt none. Opens
   * no new one: when this lease has ended, it `ended` as `seatLost`. Tries again by itself while the server is away.
   */
  resume(leaseId: string): Promise<void> {
    return this.use('stage', (engine) => engine.resume(leaseId), () => this.resume(leaseId));
  }

  /** Ends the connection and turns the devices off. The seat is kept for a while: `room.stage.leave()` ends both. */
  async disconnect(): Promise<void> {
    this.wish++;
    this.retries.stop();
    if (this.engine) await this.engine.disconnect();
    else this.store.set(kStart);
  }

  /** On stage only. A camera that cannot be had shows as `cameraError`. */
  async setCamera(on: boolean): Promise<void> {
    await this.engine?.publishing.own.set('camera', on);
  }

  /** On stage only. A microphone that cannot be had shows as `microphoneError`. */
  async setMicrophone(on: boolean): Promise<void> {
    await this.engine?.publishing.own.set('microphone', on);
  }

  /** Call it from a tap or click: the browser asks which screen, window or tab. Closing that question changes nothing. */
  async setScreen(on: boolean): Promise<void> {
    await this.engine?.publishing.setScreen(on);
  }

  /** The picture is sent in full again, until the connection drops again and again anew. */
  sendFullPicture(): void {
    this.engine?.publishing.smaller.forget();
  }

  /**
   * Takes another camera, microphone or loudspeaker, at once or, for a device that is off, when it is switched on. A camera or
   * microphone that cannot be had shows as its error, and the one before is kept.
   */
  async chooseDevice(kind: MediaDeviceKind, deviceId: string): Promise<void> {
    await (this.engine ?? (await this.ready())).chooseDevice(kind, deviceId);
  }

  /** Call it from a tap or click. */
  async startSound(): Promise<void> {
    await this.engine?.startSound();
  }

  /**
   * Shows somebody's camera or shared screen in the element, from when there is one, and again whenever it is another one, until the
   * returned function is called.
   */
  attachVideo(userId: string, element: HTMLVideoElement, picture: PictureSource = 'camera'): () => void {
    return followPicture(this, ({ participants }) => participants, { userId, picture }, () => this.engine?.attach(userId, element, picture) ?? (() => {}));
  }

  private ready(): Promise<MediaEngine> {
    this.loading ??= this.loaded().catch((cause: unknown) => {
      this.loading = undefined;
      throw mediaUnreachable(cause);
    });
    return this.loading;
  }

  private async loaded(): Promise<MediaEngine> {
    const { credentials, store, devices, watching } = this;
    this.engine = await this.load({ credentials, store, devices, watching });
    return this.engine;
  }

  private async use(mode: 'viewer' | 'stage', work: (engine: MediaEngine) => Promise<void>, again?: () => Promise<void>): Promise<void> {
    const wish = ++this.wish;
    this.retries.stop();
    if (this.engine) return work(this.engine);
    this.store.update({ mode, phase: 'connecting', error: undefined, ended: undefined });
    let engine: MediaEngine;
    try {
      engine = await this.ready();
    } catch (cause) {
      const error = toCostageError(cause);
      if (wish === this.wish) this.store.update({ phase: again ? 'reconnecting' : 'failed', error });
      if (!again) throw error;
      if (wish === this.wish) this.retries.next(() => void again());
      return;
    }
    if (wish === this.wish) await work(engine);
  }
}
