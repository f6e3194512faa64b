// A reverse proxy as operators put one in front: the server lives under a path of a larger site, which the proxy takes off.
import { createServer, request } from 'node:http';
import { connect } from 'node:net';

// `target()` gives the server's address, which may be known only after the proxy's own.
export async function startPathProxy(prefix, target) {
  const server = createServer((incoming, outgoing) => {
    if (!incoming.url.startsWith(`${prefix}/`)) return outgoing.writeHead(404).end('another part of the site');
    const { method, headers } = incoming;
    const passed = request(target() + incoming.url.slice(prefix.length), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.writeHead(502).end());
    incoming.pipe(passed);
  });
  const sockets = new Set();
  server.on('upgrade', (incoming, near, head) => {
    const { hostname, port } = new URL(target());
    const far = connect(Number(port), hostname, () => {
      const lines = Object.entries(incoming.headers).map(([name, value]) => `${name}: ${value}`);
      far.write(`GET ${incoming.url.slice(prefix.length)} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      far.write(head);
      near.pipe(far).pipe(near);
    });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => { sockets.delete(socket); near.destroy(); far.destroy(); });
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const http = `http://127.0.0.1:${server.address().port}${prefix}`;
  return {
    http,
    ws: http.replace('http', 'ws'),
    close: () => { server.closeAllConnections(); sockets.forEach((socket) => socket.destroy()); return new Promise((done) => server.close(done)); },
  };
}
