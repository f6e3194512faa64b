// Wrong roles, unknown ids, malformed and oversized input over HTTP and WebSocket: a clear answer, nothing lost.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { after, before, test } from 'node:test';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import WebSocket from 'ws';
import { Realtime, User } from '../support/api.mjs';
import { apiKey, startServer } from '../support/server.mjs';
import { mintToken, newRoomName, signClaims } from '../support/tokens.mjs';
import { eventOf, until } from '../support/wait.mjs';

let server, host, guest, stranger, roomId;
before(async () => {
  server = await startServer('costage');
  [host, guest, stranger] = await Promise.all(['Hanna', 'Cosmo', 'Sam'].map((name) => User.create(server, name)));
  ({ roomId } = await host.createRoom('Bad input', { policies: { inviteWatchersOnly: false } }));
});
after(async () => { await server?.stop(); });

function assertProblem(answer, status, code) {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
  assert.deepEqual([answer.json.status, answer.json.code], [status, code]);
  assert.match(answer.json.detail, /\w+ .*\.$/, 'a sentence for people');
}

const stillWell = async () => assert.equal((await host.get(`/v1/rooms/${roomId}`)).title, 'Bad input');

const bodies = {
  'no JSON': 'title=x', 'half JSON': '{"title": "x', 'an array': '[]', 'a number': '7', null: 'null',
  'a wrong type': '{"title": 7}', 'no title': '{}', 'an empty title': '{"title": ""}',
  'a long title': JSON.stringify({ title: 'x'.repeat(10_000) }),
  'a policy beyond its limit': '{"title": "x", "policies": {"maxCoHosts": 1000}}',
  'a negative ttl': '{"title": "x", "policies": {"invitationTtlSeconds": -1}}',
  'bytes that are no UTF-8': Buffer.from('7b227469746c65223a22ff227d', 'hex').toString('latin1'),
  'deep nesting': `{"title": "x", "metadata": ${'['.repeat(5000)}${']'.repeat(5000)}}`,
};
for (const [name, body] of Object.entries(bodies)) {
  test(`createRoom with ${name} is refused`, async () => {
    const answer = await host.request('POST', '/v1/rooms', name.includes('UTF-8') ? Buffer.from(body, 'latin1') : body);
    assertProblem(answer, 400, 'invalid_request');
    await stillWell();
  });
}

test('an oversized body is 413', async () => {
  const answer = await host.request('POST', '/v1/rooms', JSON.stringify({ title: 'x', description: 'y'.repeat(3_000_000) }))
    .catch(() => null);  // the server may close before all is sent
  if (answer) assertProblem(answer, 413, 'payload_too_large');
  await stillWell();
});

test('unknown ids are 404 with the code of what is missing', async () => {
  assertProblem(await host.request('GET', '/v1/rooms/nothing'), 404, 'room_not_found');
  assertProblem(await host.request('POST', '/v1/rooms/nothing/broadcaster'), 404, 'room_not_found');
  assertProblem(await host.request('GET', '/v1/invitations/nothing'), 404, 'invitation_not_found');
  assertProblem(await guest.request('GET', `/v1/rooms/${roomId}/invitation`), 404, 'invitation_not_found');
  assertProblem(await host.request('POST', `/v1/rooms/${roomId}/invitations`, { userId: 'nobody-ever' }), 404, 'user_unknown');
  assertProblem(await host.request('GET', `/v1/rooms/${'x'.repeat(5000)}`), 404, 'room_not_found');
  assertProblem(await host.request('GET', '/v1/rooms/%00%ff'), 400, 'invalid_request');
  assert.equal((await host.request('GET', '/v1/nothing')).status, 404);
  assert.equal((await host.request('PUT', '/v1/rooms')).status, 405);
});

test('wrong roles are 403 and change nothing', async () => {
  const { invitationId } = await host.invite(roomId, guest.userId);
  const attempts = [
    stranger.request('POST', `/v1/rooms/${roomId}/stop`),
    guest.request('PATCH', `/v1/rooms/${roomId}`, { title: 'mine now' }),
    guest.request('POST', `/v1/rooms/${roomId}/invitations`, { userId: stranger.userId }),
    stranger.request('POST', `/v1/invitations/${invitationId}/accept`),
    stranger.request('POST', `/v1/invitations/${invitationId}/cancel`),
    guest.request('POST', `/v1/invitations/${invitationId}/cancel`),
    host.request('POST', `/v1/invitations/${invitationId}/accept`),
    guest.request('GET', `/v1/rooms/${roomId}/invitations`),
    stranger.request('PUT', `/v1/users/${guest.userId}`, { name: 'Mallory' }),
  ];
  for (const answer of await Promise.all(attempts)) {
    // Somebody else's invitation may as well not exist.
    if (answer.status === 404) assertProblem(answer, 404, 'invitation_not_found');
    else assertProblem(answer, 403, 'not_permitted');
  }
  assertProblem(await stranger.request('POST', `/v1/rooms/${roomId}/broadcaster`), 403, 'not_invited');
  assert.equal((await guest.get(`/v1/invitations/${invitationId}`)).status, 'pending');
  await stillWell();
});

test('bad tokens are 401, on REST and before the upgrade', async () => {
  const tokens = {
    none: undefined, rubbish: 'a.b.c', expired: await mintToken(null, { ttl: -3600 }),
    'another secret': await mintToken(null, { secret: 'another secret that is long enough, 40 b' }),
  };
  for (const [name, token] of Object.entries(tokens)) {
    const response = await fetch(`${server.http}/v1/me`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
    assert.equal(response.status, 401, name);
    assert.ok(['unauthenticated', 'token_expired'].includes((await response.json()).code), name);
    const socket = new WebSocket(`${server.ws}/v1/realtime?access_token=${token ?? ''}`);
    const [, refused] = await eventOf(socket, 'unexpected-response');
    assert.equal(refused.statusCode, 401, name);
    socket.on('error', () => {});
    refused.resume();
    socket.terminate();
  }
});

test('an Idempotency-Key repeats the answer, and refuses another body', async () => {
  const headers = { 'idempotency-key': 'once-and-only' };
  const first = await host.request('POST', '/v1/rooms', { title: 'Once' }, headers);
  const second = await host.request('POST', '/v1/rooms', { title: 'Once' }, headers);
  assert.equal(first.json.roomId, second.json.roomId);
  assertProblem(await host.request('POST', '/v1/rooms', { title: 'Twice' }, headers), 409, 'idempotency_conflict');
});

const frames = {
  'no JSON': 'hello', 'an array': '[]', 'no type': '{"id": "1"}', 'an unknown type': '{"id": "1", "type": "dance"}',
  'a subscribe without topic': '{"id": "1", "type": "subscribe"}',
  'an unknown topic': '{"id": "1", "type": "subscribe", "topic": "weather"}',
  'an unknown room': '{"id": "1", "type": "subscribe", "topic": "room/nothing"}',
  'a strange since': `{"id": "1", "type": "subscribe", "topic": "me", "since": "yesterday"}`,
};
for (const [name, frame] of Object.entries(frames)) {
  test(`realtime: ${name} gives an error frame, and the connection lives on`, async () => {
    const realtime = await guest.realtime();
    realtime.socket.send(frame);
    const error = await realtime.message(({ type }) => type === 'error', 'an error frame');
    assert.ok(error.code && error.detail, JSON.stringify(error));
    assert.equal((await realtime.ask({ type: 'ping' })).type, 'pong');
    await realtime.close();
  });
}

test('realtime: a frame of 1 MiB closes the connection that sent it, and no other', async () => {
  const [bad, good] = [await guest.realtime(), await host.realtime()];
  bad.socket.send('x'.repeat(1 << 20));
  await until(() => bad.closed !== null, 'the close');
  assert.equal((await good.ask({ type: 'ping' })).type, 'pong');
  await good.close();
});

test('realtime: binary rubbish is answered or closed, never worse', async () => {
  const realtime = await Realtime.open(guest);
  realtime.socket.send(randomBytes(100));
  await until(() => realtime.closed !== null || realtime.messages.some(({ type }) => type === 'error'), 'an answer');
  realtime.socket.terminate();
  await stillWell();
});

test('rubbish instead of HTTP ends that connection only', async () => {
  for (const rubbish of [randomBytes(500), 'GET\r\n\r\n', `GET / HTTP/1.1\r\nX: ${'y'.repeat(200_000)}\r\n\r\n`]) {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(rubbish);
    socket.end();
    await until(() => socket.closed || socket.readableEnded || socket.read() !== null, 'an answer or the end');
    socket.destroy();
  }
  await stillWell();
});

test('rubbish datagrams to the media port get silence', async () => {
  const socket = createSocket('udp4');
  let answers = 0;
  socket.on('message', () => ++answers);
  for (let size = 0; size < 1500; size += 7) socket.send(randomBytes(size), server.mediaPort, '127.0.0.1');
  // A STUN request without credentials, too.
  const stun = Buffer.concat([Buffer.from('000100002112a442', 'hex'), randomBytes(12)]);
  socket.send(stun, server.mediaPort, '127.0.0.1');
  await stillWell();
  await stillWell();
  assert.equal(answers, 0);
  socket.close();
});

// As livekit-server-sdk writes AccessToken.roomConfig.
const limitedToken = (room, identity) => signClaims({ iss: apiKey, sub: identity, exp: Math.floor(Date.now() / 1000) + 600,
  video: { roomJoin: true, room }, roomConfig: { maxParticipants: 1, emptyTimeout: 30 } });

test('a room that its token limits is full, with a sentence that clients show', async () => {
  const room = newRoomName();
  const token = limitedToken(room, 'ada');
  const first = new WebSocket(`${server.ws}/rtc?access_token=${token}&protocol=16`);
  await eventOf(first, 'message');
  for (const path of ['/rtc/validate', '/rtc/rtc/validate']) {
    const answer = await fetch(`${server.http}${path}?access_token=${limitedToken(room, 'ben')}`);
    assert.deepEqual([answer.status, await answer.text()], [403, 'the room is full'], path);
    const again = await fetch(`${server.http}${path}?access_token=${token}`);
    assert.equal(again.status, 200, 'whoever is in may come back');
  }
  first.terminate();
});
