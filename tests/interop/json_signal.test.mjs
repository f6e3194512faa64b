// Signalling in JSON, as a client without protobuf speaks it: whoever sends JSON is answered in JSON, on both paths.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { JoinRequest, WrappedJoinRequest, SignalResponse } from '@livekit/protocol';
import WebSocket from 'ws';
import { sharedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { until, within } from '../support/wait.mjs';

let server;
before(async () => { server = await sharedServer(); });
after(async () => { await server?.stop(); });

function joinRequest() {
  const join = new JoinRequest({ clientInfo: { protocol: 17 }, connectionSettings: { autoSubscribe: true } });
  const wrapped = new WrappedJoinRequest({ joinRequest: join.toBinary() });  // not compressed
  const text = Buffer.from(wrapped.toBinary()).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
  return encodeURIComponent(text);  // with its padding, which LiveKit insists on
}

async function open(path, query, deflate = false) {
  const token = await joinToken(newRoomName(), 'ada', { canUpdateOwnMetadata: true });
  const socket = new WebSocket(`${server.ws}${path}?access_token=${token}&${query}`, { perMessageDeflate: deflate && { threshold: 0 } });
  const messages = [];
  socket.on('message', (data, binary) => messages.push({ binary,
    message: binary ? SignalResponse.fromBinary(data) : SignalResponse.fromJsonString(data.toString(), { ignoreUnknownFields: true }) }));
  const closed = new Promise((done) => socket.once('close', (code, reason) => done([code, String(reason)])));
  await within(new Promise((done, failed) => socket.once('open', done).once('error', failed)), 'the connection');
  const first = (kind) => until(() => messages.find(({ message }) => message.message.case === kind), kind);
  return { socket, messages, closed, first };
}

for (const [path, query] of [['/rtc/v1', () => `join_request=${joinRequest()}`], ['/rtc', () => 'protocol=17']]) {
  test(`${path}: requests in JSON are answered in JSON`, async () => {
    const client = await open(path, query());
    assert.equal((await client.first('join')).message.message.value.participant.identity, 'ada');
    client.socket.send(JSON.stringify({ pingReq: { timestamp: '77', rtt: '5' } }));
    const pong = await client.first('pongResp');
    assert.deepEqual([pong.binary, pong.message.message.value.lastPingTimestamp], [false, 77n]);

    client.socket.send(JSON.stringify({ addTrack: { cid: 'camera', type: 'VIDEO', source: 'CAMERA', width: 640, height: 480 } }));
    const published = await client.first('trackPublished');
    assert.deepEqual([published.binary, published.message.message.value.cid], [false, 'camera']);
    assert.match(published.message.message.value.track.sid, /^TR_/);

    client.socket.send(JSON.stringify({ updateMetadata: { requestId: 9, metadata: 'about me' } }));
    const answer = await client.first('requestResponse');
    assert.deepEqual([answer.binary, answer.message.message.value.requestId, answer.message.message.value.reason], [false, 9, 0]);
    assert.equal(answer.message.message.value.request.value.metadata, 'about me');
    const after = client.messages.slice(client.messages.indexOf(pong));
    assert.ok(after.every(({ binary }) => !binary), 'everything from then on');
    client.socket.close();
    await client.closed;
  });
}

test('who changes to protobuf is answered in protobuf', async () => {
  const client = await open('/rtc/v1', `join_request=${joinRequest()}`);
  client.socket.send(JSON.stringify({ pingReq: { timestamp: '1' } }));
  await client.first('pongResp');
  const before = client.messages.length;
  client.socket.send(Buffer.from([0x82, 0x01, 0x02, 0x08, 0x02]));  // ping_req{timestamp 2}
  await until(() => client.messages.slice(before).some(({ binary, message }) => binary && message.message.case === 'pongResp'), 'a binary answer');
  client.socket.close();
  await client.closed;
});

test('large messages are compressed for who can take them', async () => {
  const client = await open('/rtc/v1', `join_request=${joinRequest()}`, true);
  assert.match(client.socket.extensions, /permessage-deflate/);
  assert.equal((await client.first('join')).message.message.value.participant.identity, 'ada');
  client.socket.send(JSON.stringify({ pingReq: { timestamp: '5' } }));  // compressed, as clients do
  await client.first('pongResp');
  for (const [requestId, length] of [[1, 5000], [2, 6000], [3, 2500]]) {  // from large to large, and to small between
    const metadata = Array.from({ length }, (_, i) => `${requestId} about ${i * i % 977}`).join();
    client.messages.length = 0;
    client.socket.send(JSON.stringify({ updateMetadata: { requestId, metadata: metadata.slice(0, 60_000) } }));
    assert.equal((await client.first('requestResponse')).message.message.value.request.value.metadata, metadata.slice(0, 60_000));
    client.socket.send(JSON.stringify({ pingReq: { timestamp: '6' } }));
    await client.first('pongResp');
  }
  client.socket.close();
  await client.closed;
});

test('what is no JSON of a request ends the connection with its reason', async () => {
  const client = await open('/rtc/v1', `join_request=${joinRequest()}`);
  client.socket.send('{"offer": 3}');
  const [code] = await within(client.closed, 'the end');
  assert.ok([1000, 1005, 1006, 1007].includes(code), String(code));
});
