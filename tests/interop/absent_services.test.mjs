// What LiveKit has and this server has not is refused by name, in words that tell an application's developer what is missing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AgentDispatchClient, EgressClient, IngressClient, IngressInput, SipClient } from 'livekit-server-sdk';
import WebSocket from 'ws';
import { apiKey, apiSecret, sharedServer, testedServer } from '../support/server.mjs';
import { within } from '../support/wait.mjs';

let server;
before(async () => { server = await sharedServer(); });
after(async () => { await server?.stop(); });

const client = (kind) => new kind(server.http, apiKey, apiSecret);
const ours = testedServer === 'costage' ? test : test.skip;

for (const [service, call] of [
  ['Egress', () => client(EgressClient).listEgress()],
  ['Ingress', () => client(IngressClient).createIngress(IngressInput.WHIP_INPUT, { name: 'x', roomName: 'y', participantIdentity: 'z' })],
  ['SIP', () => client(SipClient).listSipInboundTrunk()],
  ['AgentDispatchService', () => client(AgentDispatchClient).listDispatch('room')],
]) {
  ours(`${service} is not implemented, and the error says so`, async () => {
    await assert.rejects(call(), (error) => error.status === 501 && error.code === 'unimplemented' &&
      error.message.includes(`livekit.${service} is not part of this server`));
  });
}

ours('what is no service at all is a bad route', async () => {
  const response = await fetch(`${server.http}/twirp/livekit.Nothing/Do`, { method: 'POST', body: '{}' });
  assert.deepEqual([response.status, (await response.json()).code], [404, 'bad_route']);
});

ours('an agent worker is refused with a sentence before the upgrade', async () => {
  const socket = new WebSocket(`${server.ws}/agent`);
  const response = await within(new Promise((done) => socket.once('unexpected-response', (_request, answer) => done(answer))), 'a refusal');
  let text = '';
  for await (const part of response) text += part;
  assert.deepEqual([response.statusCode, text], [501, 'this server has no agents']);
});
