// LiveKit's webhooks over TLS: delivered to a server whose certificate is good, and to no other.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { WebhookReceiver } from 'livekit-server-sdk';
import WebSocket from 'ws';
import { apiKey, apiSecret, startServer, temporaryFolder } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

let folder, certificate, receiver;
const received = [];

before(async () => {
  folder = temporaryFolder('webhooks');
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder.path, name));
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  certificate = cert;
  receiver = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ body, authorization: request.headers.authorization });
    response.end();
  });
  await new Promise((done) => receiver.listen(0, '127.0.0.1', done));
});
after(() => {
  receiver?.close();
  folder?.remove();
});

async function joinWith(host, env) {
  const file = join(folder.path, `${host}.yaml`);
  writeFileSync(file, `livekit: {webhooks: ['https://${host}:${receiver.address().port}/hook']}\n`);
  const server = await startServer('costage', { args: ['--config', file], env });
  const socket = new WebSocket(`${server.ws}/rtc?access_token=${await joinToken(newRoomName(), 'ada')}&protocol=16`);
  socket.on('error', () => {});
  return { server, stop: async () => { socket.terminate(); await server.stop(); } };
}

test('an event arrives, signed', async () => {
  const { stop } = await joinWith('localhost', { SSL_CERT_FILE: certificate });
  await until(() => received.length > 0, 'the first event');
  const event = await new WebhookReceiver(apiKey, apiSecret).receive(received[0].body, received[0].authorization);
  assert.equal(event.event, 'room_started');
  await stop();
});

for (const [what, host, env] of [['nobody vouches for', 'localhost', {}], ['is another server\'s', '127.0.0.1', true]]) {
  test(`nothing is sent where the certificate ${what}`, async () => {
    received.length = 0;
    const { server, stop } = await joinWith(host, env === true ? { SSL_CERT_FILE: certificate } : env);
    await until(() => /certificate verify failed/.test(server.output), 'the reason in the log');
    assert.deepEqual(received, []);
    await stop();
  });
}
