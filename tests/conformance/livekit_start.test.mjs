// A LiveKit server that is named wrongly: one sentence at the start, which says what to change.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { faults, startFaultProxy } from '../support/fault_proxy.mjs';
import { apiKey, apiSecret, binaryOf, freePort, startProcess, startServer, temporaryFolder } from '../support/server.mjs';
import { until } from '../support/wait.mjs';

const folder = temporaryFolder('start');
let livekit;
before(async () => { livekit = await startServer('livekit'); });
after(async () => {
  await livekit?.stop();
  folder.remove();
});

async function start(env) {
  const port = await freePort('tcp');
  const costage = startProcess(binaryOf('costage'), ['--dev', '--port', port, '--data', folder.path].map(String), {
    env: { ...process.env, COSTAGE_MEDIA_ENGINE: 'livekit', COSTAGE_MEDIA_URL: livekit.ws, COSTAGE_MEDIA_API_KEY: apiKey, COSTAGE_MEDIA_API_SECRET: apiSecret, ...env },
  });
  return Object.assign(costage, { http: `http://127.0.0.1:${port}` });
}
async function sentence(env) {
  const costage = await start(env);
  const { code } = await costage.ended;
  assert.equal(code, 1, costage.output);
  assert.equal(costage.output.trim().split('\n').length, 1, costage.output);
  return costage.output;
}

test('a key that it does not know', async () => {
  assert.match(await sentence({ COSTAGE_MEDIA_API_KEY: 'other' }), /does not take the key 'other'.*media\.apiKey and media\.apiSecret/);
});

test('a secret that is not that of the key is refused, and not told', async () => {
  const text = await sentence({ COSTAGE_MEDIA_API_SECRET: 'wrong-secret-of-32-characters-xx' });
  assert.match(text, /does not take the key 'devkey'/);
  assert.doesNotMatch(text, /wrong-secret/);
});

test('a clock that differs by minutes', async () => {
  const proxy = await startFaultProxy(livekit.http);
  proxy.fault = async () => ({ status: 401, headers: { date: new Date(Date.now() - 600_000).toUTCString() }, body: '{"code":"unauthenticated","msg":"token is not valid yet"}' });
  assert.match(await sentence({ COSTAGE_MEDIA_API_URL: proxy.http }), /clock of the LiveKit server .* goes (599|60\d) s behind .*NTP/);
  await proxy.stop();
});

test('something that is no LiveKit server', async () => {
  const proxy = await startFaultProxy(livekit.http);
  proxy.fault = async () => ({ status: 403, headers: {}, body: 'forbidden' });
  assert.match(await sentence({ COSTAGE_MEDIA_API_URL: proxy.http }), /no LiveKit server that this can use: it answered 403/);
  await proxy.stop();
});

test('one that does not answer yet is waited for, and /healthz says so', async () => {
  const proxy = await startFaultProxy(livekit.http);
  proxy.fault = faults.refuse(503);
  const costage = await start({ COSTAGE_MEDIA_API_URL: proxy.http });
  const status = async () => (await fetch(`${costage.http}/healthz`).then((answer) => answer.json()).catch(() => ({}))).status;
  await until(async () => (await status()) === 'degraded', 'the outage to be told');
  proxy.fault = faults.pass;
  await until(async () => (await status()) === 'ready', 'the server to be found');
  await costage.terminate();
  await proxy.stop();
});
