// Serves a handful of files on loopback: an origin of its own for test pages, with the rights of a secure one.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { freePort } from './server.mjs';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.map': 'application/json' };

// files: {'/path': {path: 'file on disk'} | 'text'}
export async function serveFiles(files) {
  const server = createServer((request, response) => {
    const name = new URL(request.url, 'http://localhost').pathname;
    const file = files[name];
    if (file === undefined) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[extname(name)] ?? 'text/html' });
    return response.end(typeof file === 'string' ? file : readFileSync(file.path));
  });
  const port = await freePort('tcp');
  await new Promise((done) => server.listen(port, '127.0.0.1', done));
  const close = () => new Promise((done) => { server.close(done); server.closeAllConnections(); });
  return { url: `http://127.0.0.1:${port}`, close };
}
