// A TCP connection's way from one program to another that can be cut: as a network does it, without a word to either side.
import { connect, createServer } from 'node:net';

// Connections to `port` on loopback pass through the port that it gives.
export async function startWire(port) {
  const wire = { isCut: false };
  const pairs = new Set();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    const pair = [near, far];
    pairs.add(pair);
    const end = () => { pairs.delete(pair); near.destroy(); far.destroy(); };
    for (const socket of pair) socket.once('error', end).once('close', end).setNoDelay(true);
    near.on('data', (bytes) => { if (!wire.isCut) far.write(bytes); });
    far.on('data', (bytes) => { if (!wire.isCut) near.write(bytes); });
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  wire.port = server.address().port;
  // What is sent now is lost, and nobody hears of it; new connections are taken and get no answer.
  wire.cut = () => { wire.isCut = true; };
  // The network is there again; connections that lost something end.
  wire.mend = () => { wire.isCut = false; for (const pair of [...pairs]) for (const socket of pair) socket.destroy(); };
  wire.stop = () => new Promise((done) => { wire.mend(); server.close(done); });
  return wire;
}
