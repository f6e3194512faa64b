// A way through the network between a browser and the server's media port, in user space: UDP datagrams are forwarded both ways with
// loss, a limit of rate with a queue that ends, and delay. Upstream each address of the browser has a socket of its own, because the
// server tells peers apart by address and sends to it by itself.
import { createSocket } from 'node:dgram';

// mulberry32: the same seed loses the same datagrams.
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// IPv4 and UDP; what a provider's "kbit/s" counts.
const headerBytes = 28;

// One direction. `kbps` 0 has no limit; the queue holds what `queueMs` take at that rate, as routers at home do, or worse.
class Direction {
  counts = { forwarded: 0, bytes: 0, lost: 0, overflowed: 0 };
  isCut = false;
  #freeAt = 0;

  constructor({ delayMs = 0, loss = 0, kbps = 0, queueMs = 300 }, random) {
    Object.assign(this, { delayMs, loss, kbps, queueMs, random });
  }

  pass(bytes, forward) {
    if (this.isCut || this.random() < this.loss) return void this.counts.lost++;
    const now = performance.now();
    const begins = Math.max(now, this.#freeAt);
    if (this.kbps > 0 && begins - now > this.queueMs) return void this.counts.overflowed++;
    this.#freeAt = begins + (this.kbps > 0 ? ((bytes.length + headerBytes) * 8) / this.kbps : 0);
    this.counts.forwarded++;
    this.counts.bytes += bytes.length + headerBytes;
    const wait = this.#freeAt + this.delayMs - now;
    if (wait < 1) forward(bytes);
    else setTimeout(forward, wait, bytes);
  }
}

// One port of the server: a door of its own for the browser, behind it a socket for each address that comes in.
async function startDoor(to, ways) {
  const near = createSocket('udp4');
  const far = new Map();
  let isOpen = true;
  const upstreamOf = ({ address, port }) => {
    const key = `${address}:${port}`;
    if (far.has(key)) return far.get(key);
    const socket = createSocket('udp4');
    socket.on('message', (bytes) => ways.down.pass(bytes, (late) => isOpen && near.send(late, port, address)));
    socket.on('error', () => {});
    far.set(key, socket);
    return socket;
  };
  near.on('error', () => {});
  near.on('message', (bytes, from) => {
    const socket = upstreamOf(from);
    ways.up.pass(bytes, (late) => isOpen && socket.send(late, to, '127.0.0.1'));
  });
  await new Promise((done) => near.bind(0, '127.0.0.1', done));
  const close = () => {
    isOpen = false;
    return Promise.all([near, ...far.values()].map((socket) => new Promise((done) => socket.close(done))));
  };
  return { port: near.address().port, close };
}

// The server's media loops have a port each, from `server.mediaPort` on; all go over the one link. up, down: {delayMs, loss, kbps,
// queueMs}. Returns {ports: {the server's: the link's}, counts(), cut(whether nothing passes), close()}.
export async function startLink(server, { up = {}, down = {}, seed = 1 } = {}) {
  const random = seeded(seed);
  const ways = { up: new Direction(up, random), down: new Direction(down, random) };
  const doors = {};
  for (const to of [server.mediaPort, server.mediaPort + 1]) doors[to] = await startDoor(to, ways);
  return {
    ports: Object.fromEntries(Object.entries(doors).map(([to, { port }]) => [to, port])),
    counts: () => ({ up: ways.up.counts, down: ways.down.counts }),
    cut: (isCut) => void (ways.up.isCut = ways.down.isCut = isCut),
    close: () => Promise.all(Object.values(doors).map((door) => door.close())),
  };
}

// Runs in the page before its own scripts: media go through the link and nowhere else. `ports`: {the server's: the link's}
function takeTheLink(ports) {
  const led = (candidate) => {
    const parts = candidate.split(' ');
    const port = ports[parts[5]];
    if (parts[2]?.toLowerCase() !== 'udp' || port === undefined) return null;
    return [...parts.slice(0, 4), '127.0.0.1', port, ...parts.slice(6)].join(' ');
  };
  const ledLine = (line) => {
    if (!line.startsWith('a=candidate:')) return [line];
    const candidate = led(line.slice(2));
    return candidate === null ? [] : [`a=${candidate}`];
  };
  const { addIceCandidate, setRemoteDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.addIceCandidate = function (init, ...rest) {
    if (!init?.candidate) return addIceCandidate.call(this, init, ...rest);
    const candidate = led(init.candidate);
    if (candidate === null) return Promise.resolve();
    const { sdpMid, sdpMLineIndex, usernameFragment } = init;
    return addIceCandidate.call(this, { candidate, sdpMid, sdpMLineIndex, usernameFragment }, ...rest);
  };
  RTCPeerConnection.prototype.setRemoteDescription = function (description, ...rest) {
    const sdp = description.sdp?.split('\r\n').flatMap(ledLine).join('\r\n');
    return setRemoteDescription.call(this, { type: description.type, sdp }, ...rest);
  };
}

export const leadThrough = (context, link) => context.addInitScript(takeTheLink, link.ports);
