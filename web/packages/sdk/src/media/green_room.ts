import { LiveObject, Store } from '../store.js';
import type { ViewerData } from '../types.js';
import { mediaUnreachable } from './media_error.js';
import { followPicture } from './follow_picture.js';
import type { GreenRoomEngine } from './green_room_engine.js';
import { kOut, type GreenRoomParts, type GreenRoomState, type StageSound } from './green_room_state.js';

export type LoadGreenRoom = (parts: GreenRoomParts) => Promise<GreenRoomEngine>;

async function loadEngine(parts: GreenRoomParts): Promise<GreenRoomEngine> {
  const [{ GreenRoomEngine }, livekit] = await Promise.all([import('./green_room_engine.js'), import('livekit-client')]);
  return new GreenRoomEngine(livekit, parts);
}

/**
 * Where those on stage and those who get ready talk, and the audience does not hear it: a media room of its own. Who is on air and
 * talks here is not heard there meanwhile. Entering only listens. Its engine and livekit-client are loaded when somebody enters.
 */
export class GreenRoom extends LiveObject<GreenRoomState> {
  private readonly store = new Store<GreenRoomState>(kOut);
  private engine: GreenRoomEngine | undefined;
  /** Grows with each enter and leave: an older enter that still waits for the engine no longer matters. */
  private wish = 0;

  constructor(
    private readonly access: () => Promise<ViewerData>,
    private readonly stage: StageSound,
    private readonly load: LoadGreenRoom = loadEngine,
  ) {
    super();
  }

  getSnapshot = (): GreenRoomState => this.store.getSnapshot();
  subscribe = (listener: (state: GreenRoomState) => void): (() => void) => this.store.subscribe(listener);

  /** Refused with the reason, such as `not_invited`, when there is no place for this person. */
  async enter(): Promise<void> {
    if (this.getSnapshot().phase !== 'out') return;
    const wish = ++this.wish;
    this.store.set({ ...kOut, phase: 'connecting' });
    try {
      const { access, stage, store } = this;
      this.engine ??= await this.load({ access, stage, store });
    } catch (cause) {
      const error = mediaUnreachable(cause);
      if (wish === this.wish) this.store.set({ ...kOut, error });
      throw error;
    }
    if (wish === this.wish) await this.engine.enter();
  }

  async leave(): Promise<void> {
    this.wish++;
    if (this.engine) await this.engine.leave();
    else this.store.set(kOut);
  }

  /** Talking here switches the microphone on stage off until it ends. One that cannot be had shows as `error`. */
  async setMicrophone(on: boolean): Promise<void> {
    await this.engine?.setMicrophone(on);
  }

  async setCamera(on: boolean): Promise<void> {
    await this.engine?.setCamera(on);
  }

  /** Call it from a tap or click. */
  async startSound(): Promise<void> {
    await this.engine?.startSound();
  }

  /** Shows somebody's camera in the element, from when there is one, and again whenever it is another one, until the returned function is called. */
  attachVideo(userId: string, element: HTMLVideoElement): () => void {
    return followPicture(this, ({ people }) => people, { userId, picture: 'camera' }, () => this.engine?.attach(userId, element) ?? (() => {}));
  }
}
