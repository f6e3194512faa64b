import type { LocalTrackPublication, Room, RoomConnectOptions, RoomOptions } from 'livekit-client';
import { gradeConnection, kUnreachable, type ConnectionFigures, type GradedConnection } from './grade.js';
import { figuresOf, readSample, type ProbeSample } from './probe_figures.js';
import { kNoiseFps, startNoise, type Noise } from './probe_noise.js';

type LiveKit = typeof import('livekit-client');

/** Access to an empty media room of one's own. */
export interface ProbeAccess {
  url: string;
  token: string;
}

export interface ProbeResult extends ConnectionFigures, GradedConnection {}

export interface ProbeOptions {
  signal?: AbortSignal | undefined;
  load?: () => Promise<LiveKit>;
  noise?: () => Noise;
}

/** A little more than 720p with sound takes, so that "enough" can be seen; 750 kB in all, which a phone's contract bears. */
export const kAskedKbps = 2000;
export const kMeasureMs = 3000;
const kSampleMs = 200;
/** All of it, whatever happens: people wait for the answer before they go on air. */
export const kTotalMs = 8000;

/** Nobody watches, so nothing that adapts to watchers may be on: dynacast would stop a track that nobody sees. */
const kRoomOptions: RoomOptions = { adaptiveStream: false, dynacast: false, singlePeerConnection: false, stopLocalTrackOnUnpublish: true };
const kConnectOptions: RoomConnectOptions = { autoSubscribe: false, maxRetries: 0, websocketTimeout: kTotalMs, peerConnectionTimeout: kTotalMs };

/**
 * Sends noise to the media server for three seconds and looks at what comes of it. Speaks LiveKit's protocol only. Rejects when it is
 * aborted and with what `access` rejects with; a media server that cannot be reached is a result. Leaves nothing behind.
 */
export async function probeConnection(access: () => Promise<ProbeAccess>, options: ProbeOptions = {}): Promise<ProbeResult> {
  const { signal, load = () => import('livekit-client'), noise = startNoise } = options;
  signal?.throwIfAborted();
  const limit = new Limit(signal);
  const probe = new Probe(limit);
  try {
    const [{ url, token }, livekit] = await limit.until(Promise.all([access(), load()]));
    await probe.run(livekit, url, token, noise).catch(() => {});
  } catch (cause) {
    // Too late is a result, anything else is the caller's.
    if (!limit.isOver) throw cause;
  } finally {
    limit.end();
    probe.end();
  }
  signal?.throwIfAborted();
  return resultOf(probe.samples);
}

function resultOf(samples: ProbeSample[]): ProbeResult {
  const figures = figuresOf(samples, kAskedKbps);
  return samples.length === 0 ? kUnreachable : { ...figures, ...gradeConnection(figures) };
}

/** One connection with one track, from its making to its end. */
class Probe {
  readonly samples: ProbeSample[] = [];
  private room: Room | undefined;
  private noise: Noise | undefined;

  constructor(private readonly limit: Limit) {}

  async run(livekit: LiveKit, url: string, token: string, noise: () => Noise): Promise<void> {
    this.room = new livekit.Room(kRoomOptions);
    await this.limit.until(this.room.connect(url, token, kConnectOptions));
    this.noise = noise();
    const publication = await this.limit.until(this.publish(livekit, this.room, this.noise.track));
    await this.measure(this.room, publication);
  }

  /** Does not wait for the goodbye: the server misses us soon enough. */
  end(): void {
    this.noise?.stop();
    this.room?.removeAllListeners();
    this.room?.disconnect().catch(() => {});
  }

  private publish(livekit: LiveKit, room: Room, track: MediaStreamTrack): Promise<LocalTrackPublication> {
    return room.localParticipant.publishTrack(track, {
      source: livekit.Track.Source.Camera,
      simulcast: false,
      // Each browser has it, and for a picture of this size in software: a hardware encoder may have a mind of its own about rates.
      videoCodec: 'vp8',
      videoEncoding: { maxBitrate: kAskedKbps * 1000, maxFramerate: kNoiseFps },
      degradationPreference: 'maintain-framerate',
    });
  }

  /** Counted from the first packet on: connecting takes what it takes. */
  private async measure(room: Room, publication: LocalTrackPublication): Promise<void> {
    const { samples } = this;
    while (samples.length === 0 || samples.at(-1)!.atMs - samples[0]!.atMs < kMeasureMs) {
      const report = await this.limit.until(publication.track?.getRTCStatsReport() ?? Promise.resolve(undefined));
      const sample = report && readSample(report);
      if (sample) samples.push(sample);
      if (room.state === 'disconnected') return;
      await this.limit.until(pause(kSampleMs));
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The end of the time, or the caller's wish: whatever is waited for then, is waited for no longer. */
class Limit {
  isOver = false;
  private readonly reached: Promise<never>;
  private readonly timer: ReturnType<typeof setTimeout>;
  private over: () => void = () => {};

  constructor(private readonly signal: AbortSignal | undefined) {
    this.reached = new Promise((_resolve, reject) => {
      this.over = () => {
        this.isOver = true;
        reject(new Error('The probe is over.'));
      };
    });
    // Nobody may be waiting when it comes.
    this.reached.catch(() => {});
    this.timer = setTimeout(this.over, kTotalMs);
    signal?.addEventListener('abort', this.over);
  }

  until<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.reached]);
  }

  end(): void {
    clearTimeout(this.timer);
    this.signal?.removeEventListener('abort', this.over);
  }
}
