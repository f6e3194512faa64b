/** What a short look at the way to the media server found. What a browser does not tell is left out. */
export interface ConnectionFigures {
  /** The shortest seen: the probe fills queues on purpose, so the longer ones measure the probe. */
  roundTripMs?: number | undefined;
  /** 0 to 1, of what was sent. */
  lossRatio?: number | undefined;
  /** What the way carried or is thought to carry, at most what the probe asks for. */
  sendKbps?: number | undefined;
  /** The way may carry more: the browser tells no estimate and was still climbing, without any sign of a limit (Firefox). */
  atLeast?: boolean | undefined;
  /** `tcp` where UDP does not get through. */
  protocol?: 'udp' | 'tcp' | undefined;
  /** Through a TURN server. */
  relayed?: boolean | undefined;
}

export type ConnectionGrade = 'good' | 'fair' | 'poor' | 'unreachable';
export type GradeReason = 'bandwidth' | 'loss' | 'delay' | 'unreachable';

export interface GradedConnection {
  grade: ConnectionGrade;
  /** What keeps it from being good, the worst first. */
  reasons: GradeReason[];
}

interface Limits {
  fair: number;
  poor: number;
}

/**
 * livekit-client sends 720p at 1.7 Mbit/s, 360p at 450 kbit/s and sound at 48 kbit/s. Below the sum for 720p others see less than the
 * camera gives; below the sum for 360p they see a stamp, or the sound suffers. A three-second look ends while the browser's estimate
 * still climbs, so a sixth is forgiven above.
 */
export const kSendKbps: Limits = { fair: 1450, poor: 500 };

/**
 * Loss is repaired by sending again (video) and by redundancy (sound), which costs up to 2 % nothing that is seen. From 5 % on repair
 * competes with the picture, and browsers' congestion control takes rate away.
 */
export const kLossRatio: Limits = { fair: 0.02, poor: 0.05 };

/**
 * Two people talk over two such ways, so a round trip here is about one way between them plus both jitter buffers. ITU-T G.114: up to
 * 150 ms one way nobody notices, beyond 400 ms no conversation is possible.
 */
export const kRoundTripMs: Limits = { fair: 200, poor: 400 };

const kWeight: Record<ConnectionGrade, number> = { good: 0, fair: 1, poor: 2, unreachable: 3 };

export const worse = (one: ConnectionGrade, other: ConnectionGrade): ConnectionGrade =>
  kWeight[one] >= kWeight[other] ? one : other;

const above = (value: number | undefined, { fair, poor }: Limits): ConnectionGrade =>
  value === undefined || value < fair ? 'good' : value < poor ? 'fair' : 'poor';

const below = (value: number | undefined, { fair, poor }: Limits): ConnectionGrade =>
  value === undefined || value >= fair ? 'good' : value >= poor ? 'fair' : 'poor';

export const kUnreachable: GradedConnection = { grade: 'unreachable', reasons: ['unreachable'] };

/** The worst figure decides. Without how much can be sent nothing is known, so nothing is promised. */
export function gradeConnection(figures: ConnectionFigures): GradedConnection {
  if (figures.sendKbps === undefined) return kUnreachable;
  // In the order in which they are told where two are equally bad: a way that is too thin also loses and delays what the probe sends.
  const grades: [GradeReason, ConnectionGrade][] = [
    // Who is not known to be slow is not called so.
    ['bandwidth', figures.atLeast ? 'good' : below(figures.sendKbps, kSendKbps)],
    ['loss', above(figures.lossRatio, kLossRatio)],
    ['delay', above(figures.roundTripMs, kRoundTripMs)],
  ];
  const reasons = grades.filter(([, grade]) => grade !== 'good').sort(([, a], [, b]) => kWeight[b] - kWeight[a]);
  return { grade: reasons[0]?.[1] ?? 'good', reasons: reasons.map(([reason]) => reason) };
}
