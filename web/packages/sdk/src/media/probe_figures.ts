import type { ConnectionFigures } from './grade.js';

/** The few numbers of an RTCStatsReport that the probe needs, as they were at one time. */
export interface ProbeSample {
  atMs: number;
  bytesSent: number;
  packetsSent: number;
  /** Of these, what the server had asked for again. */
  sentAgain: number;
  /** The browser's own estimate of the way, bit/s. */
  availableBps: number | undefined;
  pairRoundTripMs: number | undefined;
  /** What the server reported last, and when it did. */
  report: { atMs: number; roundTripMs: number | undefined; lossRatio: number | undefined } | undefined;
  protocol: 'udp' | 'tcp' | undefined;
  relayed: boolean | undefined;
}

/** Only as much as the probe reads; DOM's types leave most of it out. */
type Stat = { id: string; type: string; timestamp: number } & Record<string, unknown>;

const number = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined);
const milliseconds = (seconds: unknown): number | undefined => {
  const value = number(seconds);
  return value === undefined || value < 0 ? undefined : value * 1000;
};

/** Nothing before the first packet. */
export function readSample(report: RTCStatsReport): ProbeSample | undefined {
  const stats = [...(report as unknown as Map<string, Stat>).values()];
  const sent = stats.find(({ type }) => type === 'outbound-rtp');
  const bytesSent = number(sent?.['bytesSent']) ?? 0;
  if (!sent || bytesSent === 0) return undefined;
  const pair = selectedPair(stats);
  const local = stats.find(({ id }) => id === pair?.['localCandidateId']);
  return {
    atMs: sent.timestamp,
    bytesSent: bytesSent + (number(sent['headerBytesSent']) ?? 0),
    packetsSent: number(sent['packetsSent']) ?? 0,
    sentAgain: number(sent['retransmittedPacketsSent']) ?? 0,
    availableBps: number(pair?.['availableOutgoingBitrate']),
    pairRoundTripMs: milliseconds(pair?.['currentRoundTripTime']),
    report: readReport(stats),
    protocol: protocolOf(local),
    relayed: local && local['candidateType'] === 'relay',
  };
}

/** Firefox has no `transport`, but marks the pair. */
function selectedPair(stats: Stat[]): Stat | undefined {
  const id = stats.find(({ type }) => type === 'transport')?.['selectedCandidatePairId'];
  return stats.find((one) => one.type === 'candidate-pair' && (id === undefined ? one['selected'] === true || one['nominated'] === true : one.id === id));
}

function readReport(stats: Stat[]): ProbeSample['report'] {
  const report = stats.find(({ type }) => type === 'remote-inbound-rtp');
  if (!report) return undefined;
  // Zero is "not measured yet".
  const roundTripMs = milliseconds(report['roundTripTime']) || undefined;
  return { atMs: report.timestamp, roundTripMs, lossRatio: number(report['fractionLost']) };
}

/** Between browser and TURN server it may be another one than between that and the media server. */
function protocolOf(local: Stat | undefined): ProbeSample['protocol'] {
  const protocol = local?.['relayProtocol'] ?? local?.['protocol'];
  return protocol === undefined ? undefined : protocol === 'udp' ? 'udp' : 'tcp';
}

/** The first part is the browser's climb to what the way carries: it overshoots, and what it then loses is its own doing. */
const kClimb = 0.4;
/** More loss than this, and the browser's estimate still falls: what arrived is nearer to the truth. */
const kSettledLoss = 0.05;

/** A way that carries this share of what was asked for did not overflow on the climb: all that it lost counts, which is more to go by. */
const kWide = 0.8;

/** All samples in the order of time; `askedKbps` is what the probe tried to send. */
export function figuresOf(samples: ProbeSample[], askedKbps: number): ConnectionFigures {
  const last = samples.at(-1);
  if (!last) return {};
  const settled = afterClimb(samples, last);
  const sendKbps = sendKbpsOf(settled, last, askedKbps);
  return {
    roundTripMs: shortest(samples.flatMap((one) => [one.pairRoundTripMs, one.report?.roundTripMs])),
    lossRatio: lossOf(sendKbps !== undefined && sendKbps >= kWide * askedKbps ? samples : settled, last),
    sendKbps,
    atLeast: last.availableBps === undefined && sendKbps !== undefined && sendKbps < askedKbps && !isCongested(samples, settled, last),
    protocol: last.protocol,
    relayed: last.relayed,
  };
}

/** Signs of a way that is full: it loses, or what is sent waits in a queue. */
const kFull = { lossRatio: 0.02, queueMs: 100 };

/** The way itself is the shortest round trip of all: a queue that stands for the whole later part must show. */
function isCongested(all: ProbeSample[], settled: ProbeSample[], last: ProbeSample): boolean {
  const longest = Math.max(0, ...settled.flatMap(({ report }) => report?.roundTripMs ?? []));
  const way = shortest(all.flatMap((one) => [one.pairRoundTripMs, one.report?.roundTripMs])) ?? longest;
  const queueMs = longest - way;
  return (lossOf(settled, last) ?? 0) >= kFull.lossRatio || queueMs >= kFull.queueMs;
}

function afterClimb(samples: ProbeSample[], last: ProbeSample): ProbeSample[] {
  const begun = samples[0]!.atMs;
  return samples.filter(({ atMs }) => atMs >= begun + kClimb * (last.atMs - begun));
}

function shortest(values: (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.round(Math.min(...known));
}

/** Servers report what is missing after it was sent again, so what had to be sent again counts as well. Each loses part of the truth. */
function lossOf(samples: ProbeSample[], last: ProbeSample): number | undefined {
  const first = samples[0]!;
  const sentAgain = last.sentAgain - first.sentAgain;
  const reported = reportedLoss(samples);
  if (reported === undefined && sentAgain === 0) return undefined;
  return Math.max(reported ?? 0, sentAgain / Math.max(1, last.packetsSent - first.packetsSent));
}

/** The mean of the reports: each is about the time since the one before. */
function reportedLoss(samples: ProbeSample[]): number | undefined {
  const byTime = new Map(samples.flatMap(({ report }) => (report?.lossRatio === undefined ? [] : [[report.atMs, report.lossRatio] as const])));
  if (byTime.size === 0) return undefined;
  return [...byTime.values()].reduce((sum, one) => sum + one, 0) / byTime.size;
}

/**
 * What arrived, or the browser's estimate where that is more: a slow computer may not make as many bits as the way carries. What was
 * sent again is bytes that were carried, as far as they arrived, so only what the server misses is taken off.
 */
function sendKbpsOf(samples: ProbeSample[], last: ProbeSample, askedKbps: number): number | undefined {
  const first = samples[0]!;
  if (last.atMs <= first.atMs) return undefined;
  const missing = reportedLoss(samples) ?? 0;
  const arrived = (8 * (last.bytesSent - first.bytesSent) * (1 - missing)) / (last.atMs - first.atMs);
  const hasSettled = (lossOf(samples, last) ?? 0) < kSettledLoss;
  const estimate = hasSettled ? (last.availableBps ?? 0) / 1000 : 0;
  return Math.round(Math.min(askedKbps, Math.max(arrived, estimate)));
}
