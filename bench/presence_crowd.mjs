// One process full of watchers, for presence.mjs: as many as the file descriptors of a process allow. Told by its
// parent {token...}, answers 'ready' when all have their snapshots.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { repository } from '../tests/support/server.mjs';
import { watcherToken } from './presence_tokens.mjs';

const { WebSocket } = createRequire(join(repository, 'tests/package.json'))('ws');
const kAtOnce = 64;

export function watch(ws, token, topics, onEvent = () => {}) {
  return new Promise((done, failed) => {
    const socket = new WebSocket(`${ws}/v1/realtime?access_token=${token}`, { perMessageDeflate: false });
    let missing = topics.length, asked = 0;
    socket.onerror = ({ message }) => failed(new Error(`a WebSocket failed: ${message}`));
    socket.onopen = () => {
      asked = performance.now();
      topics.forEach((topic, id) => socket.send(JSON.stringify({ id, type: 'subscribe', topic })));
    };
    // Only what is waited for is parsed: a crowd must not be what is measured.
    socket.on('message', (data) => {
      const head = data.subarray(0, 400).toString();
      if (head.includes('"type":"ephemeral"')) return;
      const message = JSON.parse(data);
      if (message.type === 'event') onEvent(message.event);
      if (message.type === 'error') failed(new Error(data.toString()));
      if (message.type === 'snapshot' && --missing === 0) done({ socket, toSnapshot: performance.now() - asked });
    });
  });
}

async function gather({ ws, from, to, topics }) {
  for (let next = from; next < to; next += kAtOnce) {
    const some = Array.from({ length: Math.min(kAtOnce, to - next) }, (_, i) => watch(ws, watcherToken(next + i), topics));
    await Promise.all(some);
  }
  process.send('ready');
}

if (process.send) process.on('message', (what) => gather(what).catch((error) => { console.error(error); process.exit(1); }));
