// A LiveKit server that is named wrongly: one sentence at the start, which says what to change.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { faults, startFaultProxy } from '../support/fault_proxy.mjs';
import { apiKey, apiSecret, binaryOf, freePort, startProcess, startServer, temporaryFolder } from '../support/server.mjs';
import { signClaims } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const folder = temporaryFolder('start');
let livekit;
before(async () => { livekit = await startServer('livekit'); });
after(async () => {
  await livekit?.stop();
  folder.remove();
});

async function start(env, port) {
  port ??= await freePort('tcp');
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

const health = async (costage) => fetch(`${costage.http}/healthz`).then((answer) => answer.json()).catch(() => ({}));
const statusIs = (costage, wanted, what) => until(async () => (await health(costage)).status === wanted, what, 20_000);

test('one that does not answer yet is waited for, and /healthz says so', async () => {
  const proxy = await startFaultProxy(livekit.http);
  proxy.fault = faults.refuse(503);
  const costage = await start({ COSTAGE_MEDIA_API_URL: proxy.http });
  await until(async () => /does not answer/.test((await health(costage)).reason), 'the outage to be told');
  proxy.fault = faults.pass;
  await until(async () => !/does not answer/.test((await health(costage)).reason), 'the server to be found');
  await costage.terminate();
  await proxy.stop();
});

test('webhooks that do not arrive: /healthz says what its configuration needs, until one does', async () => {
  const port = await freePort('tcp');
  const hooks = await startFaultProxy(`http://127.0.0.1:${port}`);
  hooks.fault = faults.lose;
  const own = await startServer('livekit', { webhooks: [`${hooks.http}/v1/media/webhook`] });
  const costage = await start({ COSTAGE_MEDIA_URL: own.ws }, port);
  await statusIs(costage, 'degraded', 'the lack to be told');
  const { reason } = await health(costage);
  assert.match(reason, /No webhook .* arrives.*webhook: \{api_key: devkey, urls: \[.*\/v1\/media\/webhook\]\}/);
  hooks.fault = faults.pass;
  await own.stop();
  await startServer('livekit', { port: own.port, mediaPort: own.mediaPort, webhooks: [`${hooks.http}/v1/media/webhook`] }).then(async (again) => {
    await until(async () => (await health(costage)).status === 'ready', 'a webhook to arrive', 45_000);
    await again.stop();
  });
  await costage.terminate();
  await hooks.stop();
});

test('a webhook that somebody else signed is refused with a sentence, one of a foreign room changes nothing', async () => {
  const costage = await start({});
  await until(async () => (await health(costage)).status !== undefined, 'costage to be up');
  const post = (body, authorization) => fetch(`${costage.http}/v1/media/webhook`, { method: 'POST', headers: { 'content-type': 'application/webhook+json', authorization }, body });
  const unsigned = await post('{"event":"room_started"}', 'x');
  assert.equal(unsigned.status, 401);
  assert.match(await unsigned.text(), /webhook\.api_key/);
  const signed = async (body, of = body) => signClaims({ iss: apiKey, exp: Math.floor(Date.now() / 1000) + 60, sha256: createHash('sha256').update(of).digest('base64') });
  const body = JSON.stringify({ event: 'participant_joined', room: { name: 'foreign' }, participant: { identity: 'x', sid: 'PA_x' } });
  assert.equal((await post(body, await signed(body))).status, 200);
  const changed = await post(body, await signed(body, 'another'));
  assert.equal(changed.status, 401);
  assert.match(await changed.text(), /something on the way changed it/);
  assert.equal((await post('{', await signed('{'))).status, 400);
  await costage.terminate();
});
