// One past a limit inside a join request (v1): the client is told to start over or refused by name, and the server goes
// on for everybody else.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { AddTrackRequest, JoinRequest, LeaveRequest_Action, RequestResponse_Reason, SessionDescription, SignalResponse, TrackType,
  WrappedJoinRequest, WrappedJoinRequest_Compression } from '@livekit/protocol';
import WebSocket from 'ws';
import { sharedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

let server;
before(async () => { server = await sharedServer(); });
after(async () => { await server?.stop(); });

async function joinWith(fields) {
  const join = new JoinRequest({ clientInfo: { protocol: 17, sdk: 1 }, connectionSettings: { autoSubscribe: true }, ...fields });
  const wrapped = new WrappedJoinRequest({ compression: WrappedJoinRequest_Compression.GZIP, joinRequest: gzipSync(join.toBinary()) });
  const query = new URLSearchParams({
    access_token: await joinToken(newRoomName(), 'eve'),
    join_request: Buffer.from(wrapped.toBinary()).toString('base64url'),
  });
  const socket = new WebSocket(`${server.ws}/rtc/v1?${query}`);
  const client = { messages: [], status: 0, socket };
  socket.on('message', (data) => client.messages.push(SignalResponse.fromBinary(new Uint8Array(data)).message));
  socket.on('unexpected-response', (_, response) => { client.status = response.statusCode; });
  socket.on('error', () => {});
  client.all = (kind) => client.messages.filter((message) => message.case === kind).map(({ value }) => value);
  return client;
}

const section = (mid) => `m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:${mid}\r\na=recvonly\r\na=ice-ufrag:abcd\r\n`
  + 'a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa\r\na=setup:actpass\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n'
  + `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}\r\n`;
const head = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';
const offers = {
  'an offer that is too long': head.padEnd(128 * 1024 + 1, 'a=x\r\n'),
  'an offer of too many sections': head + Array.from({ length: 300 }, (_, mid) => section(mid)).join(''),
  'an offer that is no SDP': 'hello',
};

for (const [what, sdp] of Object.entries(offers)) {
  test(what, async () => {
    const eve = await joinWith({ publisherOffer: new SessionDescription({ type: 'offer', sdp, id: 1 }) });
    const leave = await until(() => eve.all('leave')[0], 'the request to leave');
    assert.equal(leave.action, LeaveRequest_Action.RECONNECT);
    assert.equal(eve.all('answer').length, 0);
    eve.socket.terminate();
  });
}

test('more tracks than one may have: those beyond are refused by name', async () => {
  const addTrackRequests = Array.from({ length: 21 }, (_, i) => new AddTrackRequest({ cid: `cid-${i}`, type: TrackType.AUDIO, name: `${i}` }));
  const eve = await joinWith({ addTrackRequests });
  const refused = await until(() => eve.all('requestResponse')[0], 'a refusal');
  assert.equal(refused.reason, RequestResponse_Reason.LIMIT_EXCEEDED);
  assert.equal(eve.all('trackPublished').length, 20);
  assert.equal(eve.all('leave').length, 0);
  eve.socket.terminate();
});
