// The same fan-out by npm `ws`: what is posted goes to every socket. For chat.mjs, in a process of its own.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repository } from '../tests/support/server.mjs';

const { WebSocketServer } = createRequire(join(repository, 'tests/package.json'))('ws');
const sockets = new Set();
let seq = 0;

// As long as an event of ours, and serialized once.
function frameOf(text) {
  const message = { messageId: `msg_${'x'.repeat(12)}`, userId: 'user-0001', name: 'Somebody', role: 'viewer', text, status: 'sent', createdAt: new Date().toISOString() };
  const event = { seq: ++seq, type: 'chat.sent', at: new Date().toISOString(), data: { message } };
  return Buffer.from(JSON.stringify({ type: 'event', topic: 'chat/room_xxxxxxxx', epoch: 'xxxxxxxx', event }));
}

const server = createServer((request, response) => {
  if (request.method !== 'POST') return response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  let body = '';
  request.on('data', (part) => { body += part; });
  request.on('end', () => {
    const frame = frameOf(JSON.parse(body).text);
    for (const socket of sockets) socket.send(frame, { binary: false });
    response.writeHead(201, { 'content-type': 'application/json' }).end('{}');
  });
});
server.keepAliveTimeout = 0;  // who posts keeps its connections
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
