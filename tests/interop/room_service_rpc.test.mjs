// RoomService.PerformRpc: a backend calls a method of a participant, whose client answers as it answers other clients.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RpcError, callMethod, dispose } from './rtc_node.mjs';
import { sharedServer } from '../support/server.mjs';
import { party, roomService } from './livekit.mjs';
import { admin, call } from './twirp.mjs';

let server, people, other;
before(async () => {
  server = await sharedServer();
  people = await party(server, ['ada', 'ben']);
  const ada = people.rooms[0].localParticipant;
  ada.registerRpcMethod('echo', async ({ payload }) => payload);
  ada.registerRpcMethod('fail', async () => { throw new RpcError(1234, 'not today', 'closed'); });
  ada.registerRpcMethod('late', () => new Promise(() => {}));
});
after(async () => { await people?.leave(); await dispose(); await server?.stop(); });

const perform = (method, payload, more = {}, grant = admin(people.roomName)) => call(server, 'PerformRpc',
  { room: people.roomName, destination_identity: 'ada', method, payload, ...more }, grant);

test('the answer of the participant is the answer of the call', async () => {
  const { status, json } = await perform('echo', 'grüß dich');
  assert.deepEqual([status, json], [200, { payload: 'grüß dich' }]);
});

test('calls at the same time get their own answers', async () => {
  const words = Array.from({ length: 30 }, (_, i) => `word ${i}`);
  const answers = await Promise.all(words.map((word) => perform('echo', word)));
  assert.deepEqual(answers.map(({ json }) => json.payload), words);
});

const refusals = [
  ['an error of the method', 'fail', '', {}, 500, 'internal', 'RpcError 1234: not today: closed'],
  ['a method that is not there', 'nothing', '', {}, 400, 'invalid_argument', 'RpcError 1400: Method not supported at destination'],
  ['an answer that does not come in time', 'late', '', { response_timeout_ms: 700 }, 408, 'canceled', 'RpcError 1502: Response timeout'],
  ['one byte too many', 'echo', 'x'.repeat(15 * 1024 + 1), {}, 400, 'invalid_argument', 'RpcError 1402: Request payload too large'],
  ['nobody', 'echo', '', { destination_identity: 'nobody' }, 404, 'not_found', 'participant does not exist'],
  ['no name', 'echo', '', { destination_identity: '' }, 400, 'invalid_argument', 'destination identity is required'],
];
for (const [what, method, payload, more, status, code, msg] of refusals) {
  test(`${what} is ${code}`, async () => {
    const answer = await perform(method, payload, more);
    if (server.kind === 'livekit' && what === 'nobody') return assert.equal(answer.status, 503);  // asks a bus for that participant
    // LiveKit's words come through two layers, the outer of which puts its own before them.
    const words = answer.json.msg.replace('twirp error unknown: ', '');
    assert.deepEqual([answer.status, answer.json.code, words], [status, code, msg]);
  });
}

test('the largest payload passes', async () => {
  const most = 'x'.repeat(15 * 1024);
  assert.equal((await perform('echo', most)).json.payload, most);
});

test('it needs roomAdmin of that room', async () => {
  for (const grant of [{ roomCreate: true, room: people.roomName }, admin('another')])
    assert.deepEqual((await perform('echo', '', {}, grant)).status, 401);
});

test('calls between clients go on as before', async () => {
  const [ada, ben] = people.rooms;
  assert.equal(await callMethod(ben, { destinationIdentity: 'ada', method: 'echo', payload: 'x' }), 'x');
  assert.equal(ada.isConnected, true);
});

test('whoever leaves ends the calls they have not answered', { skip: process.env.COSTAGE_TEST_SERVER === 'livekit' }, async () => {
  const { roomName, rooms: [cleo], leave } = await party(server, ['cleo']);
  const called = new Promise((done) => cleo.localParticipant.registerRpcMethod('late', () => { done(); return new Promise(() => {}); }));
  const answer = call(server, 'PerformRpc', { room: roomName, destination_identity: 'cleo', method: 'late' }, admin(roomName));
  await called;
  await roomService(server).removeParticipant(roomName, 'cleo');
  assert.deepEqual((await answer).json, { code: 'unavailable', msg: 'RpcError 1503: Recipient disconnected' });
  await leave();
});
