import { CostageError, toCostageError } from '../errors.js';
import { LiveObject, Store, type Listener, type Unsubscribe, type Watchable } from '../store.js';
import { kUnreachable, type ConnectionGrade } from './grade.js';
import type { MediaState } from './media_state.js';
import type { Preview } from './preview.js';
import { probeConnection, type ProbeAccess, type ProbeResult } from './probe.js';
import { deviceReadiness, hear, kHearingStart, type DeviceReadiness, type Hearing, type MicrophoneReadiness } from './readiness_devices.js';
import { overallGrade, readinessReport, type ReadinessReport } from './readiness_report.js';

export interface ConnectionReadiness {
  phase: 'idle' | 'checking' | 'done';
  /** Of the newest look that came to an end; stays while another one is taken. */
  result: ProbeResult | undefined;
  /** The server refused the look, so nothing is known. */
  error: CostageError | undefined;
}

export interface ReadinessState {
  camera: DeviceReadiness;
  microphone: MicrophoneReadiness;
  connection: ConnectionReadiness;
  /** All of it in one word: the worst of what is known. `unknown` before the connection was looked at. */
  grade: ConnectionGrade | 'unknown';
}

/** As much of a room as is needed. */
export interface ReadinessRoom {
  getProbeData(): Promise<ProbeAccess>;
  media: Watchable<Pick<MediaState, 'mode'>>;
  /** Where who invites is told what was found out. */
  presence?: { report(report: ReadinessReport): void };
}

type ProbeFunction = typeof probeConnection;

const kStart: ReadinessState = {
  camera: 'off',
  microphone: 'off',
  connection: { phase: 'idle', result: undefined, error: undefined },
  grade: 'unknown',
};

/** Whether camera, microphone and connection are good enough, before going on air. Follows the preview while somebody listens. */
export class Readiness extends LiveObject<ReadinessState> {
  private readonly store = new Store<ReadinessState>(kStart, () => this.start(), () => this.stop());
  private hearing: Hearing = kHearingStart;
  private microphone: MediaStreamTrack | undefined;
  private unfollowRoom: Unsubscribe = () => {};
  private unfollowPreview: Unsubscribe | undefined;
  private stopMeter: Unsubscribe = () => {};
  private checking: AbortController | undefined;
  private told = '';
  /** Before the preview was started, that a device is off says nothing. */
  private hasTried = false;

  constructor(
    private readonly room: ReadinessRoom,
    private readonly preview: Preview,
    private readonly probe: ProbeFunction = probeConnection,
    private readonly now = (): number => performance.now(),
  ) {
    super();
  }

  getSnapshot = (): ReadinessState => this.store.getSnapshot();
  subscribe = (listener: Listener<ReadinessState>): Unsubscribe => this.store.subscribe(listener);

  /** Looks at the connection for about three seconds, eight at most; a look under way is given up for the new one. */
  async check(): Promise<void> {
    this.abort();
    const checking = (this.checking = new AbortController());
    this.setConnection({ phase: 'checking', error: undefined });
    const found = await this.look(checking.signal);
    if (this.checking !== checking) return;
    this.checking = undefined;
    this.setConnection({ phase: 'done', ...found });
  }

  /** Gives up a look under way; what the one before found stays. */
  abort(): void {
    if (!this.checking) return;
    this.checking.abort();
    this.checking = undefined;
    this.setConnection({ phase: this.getSnapshot().connection.result ? 'done' : 'idle' });
  }

  private async look(signal: AbortSignal): Promise<Pick<ConnectionReadiness, 'result' | 'error'>> {
    try {
      await whenSeen(signal);
      return { result: await this.probe(() => this.room.getProbeData(), { signal }), error: undefined };
    } catch (cause) {
      const error = toCostageError(cause);
      // No way to the server is what was looked for; a refusal says nothing of the way.
      return error.code === 'network' ? { result: kUnreachable, error: undefined } : { result: undefined, error };
    }
  }

  private start(): void {
    this.unfollowRoom = this.room.media.subscribe(({ mode }) => {
      // From here on the way is for the show, and so are the devices: they stay as they were last seen.
      if (mode === 'stage') this.rest();
      else this.follow();
    });
  }

  private stop(): void {
    this.unfollowRoom();
    this.rest();
  }

  private follow(): void {
    this.unfollowPreview ??= this.preview.subscribe(() => this.refresh());
  }

  private rest(): void {
    this.unfollowPreview?.();
    this.unfollowPreview = undefined;
    this.stopMeter();
    this.stopMeter = () => {};
    this.microphone = undefined;
    this.abort();
  }

  private refresh(): void {
    const state = this.preview.getSnapshot();
    this.hasTried ||= state.starting;
    if (state.microphone !== this.microphone) this.listen(state.microphone);
    const microphone = deviceReadiness('microphone', state);
    this.update({
      camera: deviceReadiness('camera', state),
      microphone: microphone === 'ready' ? this.hearing.state : microphone,
    });
  }

  private listen(track: MediaStreamTrack | undefined): void {
    this.stopMeter();
    this.microphone = track;
    this.hearing = kHearingStart;
    this.stopMeter = this.preview.meter((level) => {
      const before = this.hearing.state;
      this.hearing = hear(this.hearing, level, this.now());
      if (this.hearing.state !== before) this.refresh();
    });
  }

  private setConnection(change: Partial<ConnectionReadiness>): void {
    this.update({ connection: { ...this.getSnapshot().connection, ...change } });
  }

  private tell(report: ReadinessReport): void {
    const text = JSON.stringify(report);
    if (text === this.told) return;
    this.told = text;
    this.room.presence?.report(report);
  }

  private update(change: Partial<ReadinessState>): void {
    const before = this.getSnapshot();
    const next = { ...before, ...change };
    // The preview changes for many reasons, few of which matter here.
    if (next.camera === before.camera && next.microphone === before.microphone && next.connection === before.connection) return;
    this.store.set({ ...next, grade: overallGrade(next) });
    const report = readinessReport(next);
    this.tell(this.hasTried ? report : { ...report, camera: 'unknown', microphone: 'unknown' });
  }
}

/** Browsers slow the timers of a hidden page, and then a look would find the browser slow. */
function whenSeen(signal: AbortSignal): Promise<void> {
  const page = globalThis.document as Document | undefined;
  if (!page?.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    page.addEventListener('visibilitychange', () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Whether camera, microphone and connection are good enough to go on stage: listen to it, and call `check()`. */
export function createReadiness(room: ReadinessRoom, preview: Preview): Readiness {
  return new Readiness(room, preview);
}
