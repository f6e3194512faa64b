import type { Room } from 'livekit-client';
import { isUnsteady, kNoDrops, steadyAt, withLoss, type Drops } from './drop_watch.js';

type LiveKit = typeof import('livekit-client');
/** What is changed of one layer of a picture. */
export type Layer = Pick<RTCRtpEncodingParameters, 'scaleResolutionDownBy' | 'maxBitrate'>;

/** 360p; the layers below are smaller in the same steps as ever. */
export const kSmallerShortSide = 360;
export const kSmallerBitrate = 450_000;
/** LiveKit's way to switch a layer off in Firefox, which does not know another one. */
const kSwitchedOffBitrate = 1000;

/** A layer of the smaller picture, `fromTop` 0 being the largest one; never larger than it was. */
export function smallerLayer({ scaleResolutionDownBy = 1, maxBitrate = Infinity }: Layer, fromTop: number, shortSide: number): Required<Layer> {
  return {
    scaleResolutionDownBy: Math.max(scaleResolutionDownBy, (shortSide * 2 ** fromTop) / kSmallerShortSide),
    maxBitrate: Math.min(maxBitrate, Math.round(kSmallerBitrate / 4 ** fromTop)),
  };
}

export interface SmallerPictureOptions {
  room: () => Room | undefined;
  livekit: () => LiveKit | undefined;
  onChange: (videoLowered: boolean) => void;
  now?: () => number;
}

/** Sends the camera's picture smaller while the own connection drops again and again. */
export class SmallerPicture {
  private drops: Drops = kNoDrops;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly full = new WeakMap<RTCRtpSender, Map<number, Layer>>();
  private readonly now: () => number;

  constructor(private readonly options: SmallerPictureOptions) {
    this.now = options.now ?? Date.now;
  }

  /** The media connection was lost. */
  lost(): void {
    this.drops = withLoss(this.drops, this.now());
    clearTimeout(this.timer);
    if (this.isOn) this.timer = setTimeout(() => this.changed(), steadyAt(this.drops) - this.now());
    this.changed();
  }

  /** The losses until now count no longer. */
  forget(): void {
    clearTimeout(this.timer);
    this.drops = kNoDrops;
    this.changed();
  }

  /** To be called whenever the picture may be another one, or sent by another sender. */
  apply(): void {
    const { room, livekit } = { room: this.options.room(), livekit: this.options.livekit() };
    const track = livekit && room?.localParticipant.getTrackPublication(livekit.Track.Source.Camera)?.track;
    const sender = track?.sender;
    if (!sender || (!this.isOn && !this.full.has(sender))) return;
    const { width = 0, height = 0 } = track.mediaStreamTrack.getSettings();
    if (Math.min(width, height) > 0) this.change(sender, Math.min(width, height));
  }

  private get isOn(): boolean {
    return isUnsteady(this.drops, this.now());
  }

  private changed(): void {
    this.options.onChange(this.isOn);
    this.apply();
  }

  private change(sender: RTCRtpSender, shortSide: number): void {
    const parameters = sender.getParameters();
    const { encodings } = parameters;
    const { isOn } = this;
    const layers = encodings.map((one, at) => ({ ...one, ...this.layer(sender, at, one, encodings.length - 1 - at, shortSide) }));
    const done = (): void => {
      if (!isOn) this.full.delete(sender);
    };
    if (layers.every((one, at) => isSame(one, encodings[at]!))) return done();
    // LiveKit may be changing them at the same time; the next call tries again.
    sender.setParameters({ ...parameters, encodings: layers }).then(done, () => {});
  }

  private layer(sender: RTCRtpSender, at: number, layer: Layer, fromTop: number, shortSide: number): Layer {
    const full = this.full.get(sender) ?? new Map<number, Layer>();
    if ((layer.maxBitrate ?? Infinity) < kSwitchedOffBitrate) return {};
    if (!this.isOn) return full.get(at) ?? {};
    const smaller = smallerLayer(layer, fromTop, shortSide);
    if (!isSame(smaller, layer)) this.full.set(sender, full.set(at, sizeOf(layer)));
    return smaller;
  }
}

const sizeOf = ({ scaleResolutionDownBy = 1, maxBitrate }: Layer): Layer =>
  maxBitrate === undefined ? { scaleResolutionDownBy } : { scaleResolutionDownBy, maxBitrate };

/** Browsers give back what they were given, but for the last digits. */
function isSame(one: Layer, other: Layer): boolean {
  const isNear = (a: number, b: number): boolean => a === b || Math.abs(a - b) < 0.01;
  return isNear(one.scaleResolutionDownBy ?? 1, other.scaleResolutionDownBy ?? 1) && isNear(one.maxBitrate ?? Infinity, other.maxBitrate ?? Infinity);
}
