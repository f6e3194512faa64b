import { describe, expect, it } from 'vitest';
import { figuresOf, readSample, type ProbeSample } from './probe_figures.js';

const report = (...stats: object[]): RTCStatsReport => new Map(stats.map((one) => [(one as { id: string }).id, one])) as unknown as RTCStatsReport;

const outbound = { id: 'out', type: 'outbound-rtp', timestamp: 1000, bytesSent: 900, headerBytesSent: 100, packetsSent: 10, retransmittedPacketsSent: 2 };
const transport = { id: 'way', type: 'transport', timestamp: 1000, selectedCandidatePairId: 'pair' };
const pair = { id: 'pair', type: 'candidate-pair', timestamp: 1000, localCandidateId: 'local', currentRoundTripTime: 0.05, availableOutgoingBitrate: 1_500_000 };
const local = { id: 'local', type: 'local-candidate', timestamp: 1000, protocol: 'udp', candidateType: 'host' };
const remote = { id: 'in', type: 'remote-inbound-rtp', timestamp: 990, roundTripTime: 0.06, fractionLost: 0.25 };

describe('a report of the browser', () => {
  it('gives what the probe needs', () => {
    expect(readSample(report(outbound, transport, pair, local, remote))).toEqual({
      atMs: 1000, bytesSent: 1000, packetsSent: 10, sentAgain: 2, availableBps: 1_500_000, pairRoundTripMs: 50,
      report: { atMs: 990, roundTripMs: 60, lossRatio: 0.25 }, protocol: 'udp', relayed: false,
    });
  });

  it('is nothing before the first packet', () => {
    expect(readSample(report({ ...outbound, bytesSent: 0 }, transport, pair))).toBeUndefined();
    expect(readSample(report(transport, pair))).toBeUndefined();
  });

  it('without a transport, as in Firefox: the pair that is marked', () => {
    const other = { ...pair, id: 'other', currentRoundTripTime: 9 };
    expect(readSample(report(outbound, other, { ...pair, selected: true }, local))?.pairRoundTripMs).toBe(50);
  });

  it('over a TURN server: the protocol to that', () => {
    const relay = { ...local, candidateType: 'relay', relayProtocol: 'tls' };
    expect(readSample(report(outbound, transport, pair, relay))).toMatchObject({ protocol: 'tcp', relayed: true });
  });

  it('a round trip of zero is one that was not measured', () => {
    expect(readSample(report(outbound, { ...remote, roundTripTime: 0 }))?.report?.roundTripMs).toBeUndefined();
  });
});

/** One sample each 200 ms for three seconds, with `kbps` sent all the while. */
function samples(kbps: number, change: (at: number) => Partial<ProbeSample> = () => ({})): ProbeSample[] {
  return Array.from({ length: 16 }, (_, at) => ({
    atMs: 5000 + at * 200, bytesSent: 1 + (at * 200 * kbps) / 8, packetsSent: at * 20, sentAgain: 0, availableBps: undefined,
    pairRoundTripMs: undefined, report: undefined, protocol: 'udp', relayed: false, ...change(at),
  }));
}

describe('of all samples', () => {
  it('nothing gives nothing', () => expect(figuresOf([], 2000)).toEqual({}));

  it('one alone tells no rate, nor do two of the same time', () => {
    const [one] = samples(300);
    expect(figuresOf([one!], 2000).sendKbps).toBeUndefined();
    expect(figuresOf([one!, { ...one!, bytesSent: 5000 }], 2000).sendKbps).toBeUndefined();
  });

  it('the rate is what arrived after the climb', () => {
    expect(figuresOf(samples(300), 2000).sendKbps).toBe(300);
    expect(figuresOf(samples(600, (at) => (at < 6 ? { bytesSent: 1 } : {})), 2000).sendKbps).toBe(600);
  });

  it('what was lost did not arrive', () => {
    const lossy = samples(400, (at) => ({ report: { atMs: at, roundTripMs: 1, lossRatio: 0.25 } }));
    expect(figuresOf(lossy, 2000)).toMatchObject({ sendKbps: 300, lossRatio: 0.25 });
  });

  it('a slow computer is not a slow connection', () => expect(figuresOf(samples(300, () => ({ availableBps: 1_800_000 })), 2000).sendKbps).toBe(1800));

  it('without an estimate of the browser the rate is a floor, unless the way is full', () => {
    const told = (lossRatio: number, roundTripMs: number) => () => ({ pairRoundTripMs: 20, report: { atMs: 1, roundTripMs, lossRatio } });
    expect(figuresOf(samples(420, told(0, 25)), 2000).atLeast).toBe(true);
    expect(figuresOf(samples(420, told(0.02, 25)), 2000).atLeast).toBe(false);
    expect(figuresOf(samples(420, told(0, 120)), 2000).atLeast).toBe(false);
    expect(figuresOf(samples(2000, told(0, 25)), 2000).atLeast).toBe(false);
    expect(figuresOf(samples(420, () => ({ availableBps: 420_000 })), 2000).atLeast).toBe(false);
  });

  it('an estimate that still falls is none', () => {
    const lossy = samples(400, (at) => ({ availableBps: 900_000, report: { atMs: at, roundTripMs: 1, lossRatio: 0.25 } }));
    expect(figuresOf(lossy, 2000).sendKbps).toBe(300);
  });

  it('never more than was asked for', () => expect(figuresOf(samples(2500, () => ({ availableBps: 9_000_000 })), 2000).sendKbps).toBe(2000));

  it('the round trip is the shortest of both kinds', () => {
    const seen = samples(1000, (at) => ({ pairRoundTripMs: 80 + at, report: { atMs: at, roundTripMs: at === 3 ? 61.4 : 300, lossRatio: 0 } }));
    expect(figuresOf(seen, 2000).roundTripMs).toBe(61);
  });

  it('each report counts once', () => {
    const seen = samples(1000, (at) => ({ report: at < 14 ? { atMs: 1, roundTripMs: 1, lossRatio: 0 } : { atMs: 2, roundTripMs: 1, lossRatio: 0.1 } }));
    expect(figuresOf(seen, 2000).lossRatio).toBeCloseTo(0.05);
  });

  it('what the climb lost is its own doing', () => {
    const seen = samples(1000, (at) => ({ sentAgain: Math.min(at, 6) * 10, report: { atMs: at, roundTripMs: 1, lossRatio: at < 6 ? 0.5 : 0 } }));
    expect(figuresOf(seen, 2000).lossRatio).toBe(0);
  });

  it('where the way carries all, what it lost on the climb counts as well', () => {
    const seen = samples(2000, (at) => ({ sentAgain: Math.min(at, 6) * 10 }));
    expect(figuresOf(seen, 2000).lossRatio).toBeCloseTo(0.2);
  });

  it('loss that was repaired is loss', () => {
    const seen = samples(1000, (at) => ({ sentAgain: at, report: { atMs: at, roundTripMs: 1, lossRatio: 0 } }));
    expect(figuresOf(seen, 2000).lossRatio).toBeCloseTo(0.05);
  });

  it('loss is unknown where nobody tells', () => expect(figuresOf(samples(1000), 2000).lossRatio).toBeUndefined());
});
