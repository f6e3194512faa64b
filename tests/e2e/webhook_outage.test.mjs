// Webhooks outlive their receiver's outage and the death of the server: what happened meanwhile arrives later, in order.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { RoomServiceClient, WebhookReceiver } from 'livekit-server-sdk';
import WebSocket from 'ws';
import { apiKey, apiSecret, freePort, startServer, temporaryFolder } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { eventOf, until } from '../support/wait.mjs';
import { receiveWebhooks } from '../support/webhooks.mjs';

const folder = temporaryFolder('outage');
after(() => folder.remove());

const leaveRequest = Buffer.from([0x42, 0x00]);  // SignalRequest.leave, empty

// A room begins, somebody comes without media and goes again, the room ends. Gives what has to arrive.
async function show(server, service) {
  const room = newRoomName();
  await service.createRoom({ name: room });
  const socket = new WebSocket(`${server.ws}/rtc?access_token=${await joinToken(room, 'ada')}&protocol=16`);
  await eventOf(socket, 'message');
  socket.send(leaveRequest);
  await eventOf(socket, 'close');
  await service.deleteRoom(room);
  return ['room_started', 'participant_connection_aborted', 'room_finished'].map((event) => `${event} ${room}`);
}

// Storage answers in order: when it has written a revocation, what was handed to it before is written, too.
const written = (service) =>
  assert.rejects(service.removeParticipant(newRoomName(), 'nobody', { revokeTokenTs: 1n }), { status: 404 });

async function checkSignature({ body, headers }) {
  const { event, room, numDropped } = await new WebhookReceiver(apiKey, apiSecret).receive(body, headers.authorization);
  assert.equal(numDropped, 0);
  return `${event} ${room.name}`;
}

test('the receiver is down, the server is killed and started again: every event arrives, in order, signed', async () => {
  const port = await freePort('tcp');
  const options = { data: folder.path, webhooks: [`http://127.0.0.1:${port}/hook`] };
  const serviceOf = (server) => new RoomServiceClient(server.http, apiKey, apiSecret);
  const first = await startServer('costage', options);
  const expected = [...await show(first, serviceOf(first)), ...await show(first, serviceOf(first))];
  await written(serviceOf(first));
  await until(() => /webhooks to http:\/\/127\.0\.0\.1:\d+\/hook wait/.test(first.output), 'the outage in the log');
  await first.kill();

  const second = await startServer('costage', options);
  expected.push(...await show(second, serviceOf(second)));
  const hooks = await receiveWebhooks(port);
  await until(() => hooks.received.length >= expected.length, 'all events', 20_000);
  assert.deepEqual(await Promise.all(hooks.received.map(checkSignature)), expected);

  const third = hooks.received.length;
  await second.terminate();  // what was delivered does not come again
  const last = await startServer('costage', options);
  expected.push(...await show(last, serviceOf(last)));
  await until(() => hooks.received.length >= expected.length, 'the events of the third run');
  assert.deepEqual(await Promise.all(hooks.received.slice(third).map(checkSignature)), expected.slice(third));
  await last.terminate();
  await hooks.close();
});
