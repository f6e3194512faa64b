// A TCP way to the server that a test can take away: cut() ends what goes through it, and what comes later passes again.
import { connect, createServer } from 'node:net';

export async function startProxy(url) {
  const { hostname, port } = new URL(url);
  const pairs = new Set();
  const server = createServer((near) => {
    const pair = [near, connect(Number(port), hostname)];
    pairs.add(pair);
    const [, far] = pair;
    near.pipe(far).pipe(near);
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.once('close', () => { pairs.delete(pair); pair.forEach((each) => each.destroy()); });
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const each = (act) => pairs.forEach((pair) => pair.forEach(act));
  return {
    ws: `ws://127.0.0.1:${server.address().port}`,
    cut: () => each((socket) => socket.destroy()),
    close: () => { each((socket) => socket.destroy()); return new Promise((done) => server.close(done)); },
  };
}
