// What stands in for LiveKit's egress and ingress services (interop/go_client/services) beside a LiveKit cluster of a test.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { livekitServicesBinary } from './go.mjs';
import { apiKey, apiSecret, freePort, startProcess, temporaryFolder } from './server.mjs';
import { until } from './wait.mjs';

export async function startLivekitServices(livekit) {
  const folder = temporaryFolder('recordings');
  const address = `127.0.0.1:${await freePort('tcp')}`;
  const running = startProcess(livekitServicesBinary, ['-redis', livekit.redis.address, '-listen', address, '-url', livekit.ws, '-key', apiKey,
    '-secret', apiSecret, '-folder', folder.path]);
  const ask = async (method, path) => {
    const response = await fetch(`http://${address}${path}`, { method });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return response.json();
  };
  const state = () => ask('GET', '/state');
  await until(async () => running.exit !== null || (await state().catch(() => null)), 'the services to answer');
  if (running.exit !== null) throw new Error(`the services ended at their start: ${running.output}`);
  const withKey = (path) => (key, more = '') => ask('POST', `${path}?key=${encodeURIComponent(key)}${more}`);
  return {
    state,
    /** Streaming software begins, or ends, to send with this key. */
    send: withKey('/send'), stopSending: withKey('/stop'),
    fail: (key, error) => withKey('/fail')(key, `&error=${encodeURIComponent(error)}`),
    recordings: () => readdirSync(folder.path).map((name) => ({ name, bytes: statSync(join(folder.path, name)).size })),
    pause: () => process.kill(running.pid, 'SIGSTOP'),
    goOn: () => process.kill(running.pid, 'SIGCONT'),
    stop: async () => { await running.kill(); folder.remove(); },
  };
}
