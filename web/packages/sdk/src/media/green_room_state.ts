import type { CostageError } from '../errors.js';
import type { Store, Watchable } from '../store.js';
import type { ViewerData } from '../types.js';
import type { MediaState } from './media_state.js';
import type { MediaParticipant } from './participants.js';

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

export const kOut: GreenRoomState = { phase: 'out', people: [], microphone: false, camera: false, soundBlocked: false, error: undefined };

/** As much of the show's own media as the green room touches. */
export interface StageSound extends Watchable<Pick<MediaState, 'mode' | 'participants' | 'cameraId' | 'microphoneId'>> {
  setMicrophone(on: boolean): Promise<void>;
}

/** What the facade has and shows, and the engine works with. */
export interface GreenRoomParts {
  access: () => Promise<ViewerData>;
  stage: StageSound;
  store: Store<GreenRoomState>;
}
