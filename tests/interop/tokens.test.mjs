// Who is not let in, with which HTTP status, and that rubbish on the socket harms nobody else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { AccessToken } from 'livekit-server-sdk';
import WebSocket from 'ws';
import { apiKey, apiSecret, sharedServer } from '../support/server.mjs';
import { joinToken, mintToken, newRoomName, signClaims } from '../support/tokens.mjs';
import { eventOf, within } from '../support/wait.mjs';

let server;
before(async () => { server = await sharedServer(); });
after(async () => { await server?.stop(); });

const encode = (object) => Buffer.from(JSON.stringify(object)).toString('base64url');
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;
const claims = (room, changes = {}) => ({ iss: apiKey, sub: 'ada', exp: inAnHour(), video: { roomJoin: true, room }, ...changes });

async function get(path, headers = {}) {
  const response = await fetch(server.http + path, { headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

// The status of the upgrade: 101 when it succeeds.
function upgrade(path, headers = {}) {
  const socket = new WebSocket(server.ws + path, { headers });
  return within(new Promise((done) => {
    socket.on('error', () => {});
    socket.once('upgrade', (response) => { done(response.statusCode); socket.terminate(); });
    socket.once('unexpected-response', (request, response) => {
      const { statusCode } = response;
      response.resume();
      request.destroy();
      done(statusCode);
    });
  }), 'an answer to the upgrade');
}

const room = newRoomName();
const refused = {
  'no token': async () => '',
  'not a token': async () => 'abc',
  'three parts of rubbish': async () => 'a.b.c',
  'an expired token': async () => mintToken({ roomJoin: true, room }, { ttl: -3600 }),
  'a token that is not valid yet': async () => signClaims(claims(room, { nbf: inAnHour(), exp: inAnHour() + 60 })),
  'a wrong secret': async () => mintToken({ roomJoin: true, room }, { secret: 'another secret that is long enough, 40 b' }),
  'an unknown key': async () => new AccessToken('strangerkey', apiSecret, { identity: 'ada' }).toJwt(),
  'alg none': async () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims(room))}.`,
  'alg none with a signature': async () => `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims(room))}.c2ln`,
  'a changed payload': async () => {
    const [header, , signature] = (await joinToken(room, 'ada')).split('.');
    return [header, encode(claims(room, { sub: 'eve' })), signature].join('.');
  },
  'no grant at all': async () => mintToken(null),
  'a grant without roomJoin': async () => mintToken({ roomList: true }),
};

for (const [name, make] of Object.entries(refused)) {
  test(`${name}: 401 before the upgrade, and from validate`, async () => {
    const query = `access_token=${await make()}`;
    assert.equal(await upgrade(`/rtc?${query}`), 401);
    assert.equal((await get(`/rtc/validate?${query}`)).status, 401);
  });
}

test('a good token is welcome, in the query and in the header', async () => {
  const token = await joinToken(room, 'ada');
  const answer = await get(`/rtc/validate?access_token=${token}`, { origin: 'https://example.org' });
  assert.deepEqual([answer.status, answer.text], [200, 'success']);
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  assert.equal(await upgrade(`/rtc?access_token=${token}`), 101);
  assert.equal(await upgrade('/rtc', { authorization: `Bearer ${token}` }), 101);
});

test('no identity or no room: 400', async () => {
  const nobody = await signClaims(claims(room, { sub: '' }));
  assert.equal((await get(`/rtc/validate?access_token=${nobody}`)).status, 400);
  const nowhere = await mintToken({ roomJoin: true });
  assert.equal((await get(`/rtc/validate?access_token=${nowhere}`)).status, 400);
});

test('/rtc without upgrade is 404', async () => {
  assert.equal((await get(`/rtc?access_token=${await joinToken(room, 'ada')}`)).status, 404);
});

test('the root answers HEAD and preflight from any origin', async () => {
  const head = await fetch(server.http, { method: 'HEAD', headers: { origin: 'https://example.org' } });
  assert.equal(head.status, 200);
  const preflight = await fetch(`${server.http}/rtc/validate`, {
    method: 'OPTIONS',
    headers: { origin: 'https://example.org', 'access-control-request-method': 'GET' },
  });
  assert.ok(preflight.ok);
  assert.ok(preflight.headers.get('access-control-allow-origin'));
});

async function call(method, body, grant, contentType = 'application/json') {
  const authorization = grant ? `Bearer ${await mintToken(grant)}` : '';
  const response = await fetch(`${server.http}/twirp/livekit.RoomService/${method}`, {
    method: 'POST', body, headers: { 'content-type': contentType, ...(grant && { authorization }) },
  });
  return { status: response.status, body: await response.json().catch(() => ({})) };
}

test('RoomService wants the right grant, for the right room', async () => {
  const body = JSON.stringify({ room });
  assert.equal((await call('ListParticipants', body)).status, 401);
  assert.equal((await call('ListParticipants', body, { roomList: true })).status, 401);
  assert.equal((await call('ListParticipants', body, { roomAdmin: true, room: 'other' })).status, 401);
  assert.equal((await call('ListParticipants', body, { roomAdmin: true, room })).status, 200);
  assert.equal((await call('CreateRoom', '{"name":"x"}', { roomList: true })).status, 401);
  assert.equal((await call('ListRooms', '{}', { roomAdmin: true, room })).status, 401);
});

test('RoomService answers rubbish with a Twirp error', async () => {
  const malformed = await call('ListRooms', '{"names": [', { roomList: true });
  assert.deepEqual([malformed.status, malformed.body.code], [400, 'malformed']);
  const protobuf = await call('ListRooms', new Uint8Array([0xff, 0xff, 0xff]), { roomList: true }, 'application/protobuf');
  assert.equal(protobuf.status, 400);
  const unknown = await call('MakeCoffee', '{}', { roomList: true });
  assert.deepEqual([unknown.status, unknown.body.code], [404, 'bad_route']);
  const type = await call('ListRooms', 'x', { roomList: true }, 'text/plain');
  assert.deepEqual([type.status, type.body.code], [404, 'bad_route']);
});

async function openSocket(identity) {
  const socket = new WebSocket(`${server.ws}/rtc?access_token=${await joinToken(room, identity)}&protocol=16`);
  const joined = eventOf(socket, 'message');
  await eventOf(socket, 'open');
  await joined;
  return socket;
}

const garbage = {
  'random bytes': Buffer.from('fffefdfc00112233445566778899aabbccddeeff', 'hex'),
  'a length beyond the end': Buffer.from('0affffffff0f00', 'hex'),
  'an empty message': Buffer.alloc(0),
  'text that is no JSON': 'hello',
  'JSON of nothing': '{"unheardOf": {"a": [1, 2, 3]}}',
  'an offer that is no SDP': JSON.stringify({ offer: { type: 'offer', sdp: 'v=0 rubbish' } }),
  'a candidate that is none': JSON.stringify({ trickle: { candidateInit: '{"candidate": 7', target: 'PUBLISHER' } }),
};

for (const [name, message] of Object.entries(garbage)) {
  test(`on the socket: ${name} harms nobody`, async () => {
    const [bad, good] = [await openSocket('bad'), await openSocket('good')];
    bad.on('error', () => {});
    bad.send(message);
    const pong = eventOf(good, 'pong');
    good.ping();
    await pong;
    assert.equal((await get(`/rtc/validate?access_token=${await joinToken(room, 'x')}`)).status, 200);
    assert.equal(good.readyState, WebSocket.OPEN);
    bad.terminate();
    good.terminate();
  });
}

test('a message of 3 MiB closes the connection that sent it', async () => {
  const socket = await openSocket('big');
  const closed = eventOf(socket, 'close');
  socket.on('error', () => {});
  socket.send(Buffer.alloc(3 * 1024 * 1024, 1));
  await closed;
});
