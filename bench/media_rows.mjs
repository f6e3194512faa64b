// Rows of the load generator about media: codecs beside VP8, latency, viewers with one connection beside those with two.

const codecs = { vp8: 'VP8', h264: 'H264', av1: 'AV1 L1T3', 'av1-svc': 'AV1 L3T3_KEY' };
const codecViewers = 100;
// Each server is measured where it uses about half a core, and the other one at the same load. Fixed numbers, found on
// the machine of README's table, so that runs can be compared; a row says what it was. LiveKit is overloaded by the second:
// some of its runs lose a quarter of the packets, and some fail because not all viewers get media in time.
const latencyViewers = [230, 600];

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

export async function mediaRows({ kinds, load, both, row, seconds, repeats }) {
  // The servers take turns, so that whatever else runs on the machine meets both.
  async function median(scenario, args) {
    const rounds = [];
    for (let i = 0; i < repeats; ++i)
      rounds.push(await both(kinds, (kind) => load(kind, scenario, ['--seconds', seconds, ...args])));
    return (pick) => {
      const figures = rounds.map((round) => round(pick));
      const answered = kinds.filter((kind) => figures.some((one) => kind in one));
      return Object.fromEntries(answered.map((kind) => [kind, middle(figures.map((one) => one[kind]).filter(Number.isFinite))]));
    };
  }
  const perViewer = (r) => (r.loadedKib - r.idleKib) / r.viewers;

  for (const [codec, name] of Object.entries(codecs)) {
    const figures = await median('fanout', ['--codec', codec, '--viewers', codecViewers]);
    row(`${name}: server CPU per packet, ${codecViewers} viewers`, 'us', figures((r) => r.microsecondsPerPacket), 'less');
    row(`${name}: forwarded, ${codecViewers} viewers`, 'packets/s', figures((r) => r.packets / r.seconds), 'more');
    if (codec === 'vp8') row(`memory per viewer, two connections (v0)`, 'KiB', figures(perViewer), 'less');
  }
  const single = await median('fanout', ['--path', 'v1', '--viewers', codecViewers]);
  row('memory per viewer, one connection (v1)', 'KiB', single(perViewer), 'less');
  row(`server CPU per packet, one connection (v1)`, 'us', single((r) => r.microsecondsPerPacket), 'less');

  for (const viewers of latencyViewers) {
    const figures = await median('latency', ['--viewers', viewers]);
    row(`latency p50, ${viewers} viewers`, 'ms', figures((r) => r.p50Us / 1000), 'less');
    row(`latency p99, ${viewers} viewers`, 'ms', figures((r) => r.p99Us / 1000), 'less');
    row(`lost meanwhile, ${viewers} viewers`, 'per million', figures((r) => (1e6 * r.lost) / (r.packets + r.lost)), 'less');
    row(`server CPU meanwhile, ${viewers} viewers`, 'cores', figures((r) => r.serverCores), 'less');
  }
}
