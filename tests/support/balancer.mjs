// What stands in front of several nodes: each connection goes to the next of them that takes it.
import { connect, createServer } from 'node:net';

// `ports()`: those of the nodes, on loopback. Gives {http, ws, stop}.
export async function startBalancer(ports) {
  let next = 0;
  const open = new Set();
  const pass = (near, left) => {
    if (left === 0) return near.destroy();
    const all = ports();
    const far = connect(all[next++ % all.length], '127.0.0.1');
    const refused = () => pass(near, left - 1);
    far.once('error', refused).once('connect', () => {
      far.removeListener('error', refused);
      for (const socket of [near, far]) socket.setNoDelay(true).once('error', () => {}).once('close', () => { near.destroy(); far.destroy(); });
      near.pipe(far).pipe(near);
    });
  };
  const server = createServer((near) => {
    open.add(near.once('error', () => {}).once('close', () => open.delete(near)));
    pass(near, ports().length);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const http = `http://127.0.0.1:${server.address().port}`;
  const stop = () => new Promise((done) => { open.forEach((socket) => socket.destroy()); server.close(done); });
  return { http, ws: http.replace('http', 'ws'), stop };
}
