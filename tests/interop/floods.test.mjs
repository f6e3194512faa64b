// One client that asks for too much is told to start over; the others notice nothing.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LeaveRequest_Action, SignalRequest, SignalResponse } from '@livekit/protocol';
import { RoomEvent, dispose } from './rtc_node.mjs';
import WebSocket from 'ws';
import { sharedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { eventOf, until } from '../support/wait.mjs';
import { party } from './livekit.mjs';
import { hearTone, publishTone } from './sound.mjs';

let server;
before(async () => { server = await sharedServer(); });
after(async () => { await dispose(); await server?.stop(); });

const sdpHead = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';
const section = (mid) => `m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:${mid}\r\na=recvonly\r\na=ice-ufrag:abcd\r\n`
  + 'a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa\r\na=setup:actpass\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n'
  + `a=fingerprint:sha-256 ${Array(32).fill('AB').join(':')}\r\n${'a=x-unknown:1234567890\r\n'.repeat(40)}`;
const largeOffer = sdpHead + Array.from({ length: 60 }, (_, mid) => section(mid)).join('');

const floods = {
  'a track named again and again': (sid) => ({ case: 'trackSetting', value: { trackSids: Array(500).fill(sid), disabled: true } }),
  'more tracks than there can be': (sid) => ({ case: 'trackSetting', value: { trackSids: Array(26_315).fill(sid) } }),
  'subscriptions to and fro': (sid, i) => ({ case: 'subscription', value: { trackSids: [sid], subscribe: i % 2 === 1 } }),
  'large offers': (_, i) => ({ case: 'offer', value: { type: 'offer', sdp: largeOffer, id: i + 1 } }),
  'an offer that is too large': () => ({ case: 'offer', value: { type: 'offer', sdp: 'v=0\r\n'.padEnd(243_000, 'a=x\r\n'), id: 1 } }),
};

for (const [name, request] of Object.entries(floods)) {
  test(`a flood: ${name}`, async () => {
    const { roomName, rooms: [speaker, listener], leave } = await party(server, ['speaker', 'listener']);
    const subscribed = eventOf(listener, RoomEvent.TrackSubscribed);
    const tone = await publishTone(speaker);
    const [track] = await subscribed;
    const token = await joinToken(roomName, 'eve');
    const sid = await flood(token, (i) => request(tone.publication.sid, i));
    // What came last may be lost with the connection; who resumes learns it in any case.
    const resumed = await connect(`${token}&reconnect=1&sid=${sid}`);
    const left = await until(() => resumed.find('leave'), 'the request to leave');
    assert.equal(left.action, LeaveRequest_Action.RECONNECT);
    resumed.socket.terminate();
    const shares = await hearTone(track);
    assert.ok(shares[0] > 0.8, `share of the tone: ${shares}`);
    await tone.stop();
    await leave();
  });
}

test('a flood: joins of one token', async (t) => {
  if (server.kind !== 'costage') return t.skip('LiveKit 1.13.5 has no such limit');
  const token = await joinToken(newRoomName(), 'eve');
  const join = () => new Promise((done) => {
    const socket = new WebSocket(`${server.ws}/rtc?access_token=${token}&protocol=16`);
    socket.on('open', () => { socket.terminate(); done({ statusCode: 101, headers: {} }); });
    socket.on('unexpected-response', (_, response) => { socket.terminate(); done(response); });
    socket.on('error', () => {});
  });
  const refused = await until(async () => { const { statusCode, headers } = await join(); return statusCode === 429 && headers; }, 'a refusal', 20_000);
  assert.ok(Number(refused['retry-after']) > 0 && Number(refused['retry-after']) <= 60, JSON.stringify(refused));
  const other = await joinToken(newRoomName(), 'ada');
  const ada = await connect(other);
  await until(() => ada.find('join'), 'somebody else to join');
  ada.socket.terminate();
});

async function connect(token) {
  const socket = new WebSocket(`${server.ws}/rtc?access_token=${token}&protocol=16`);
  const messages = [];
  socket.on('message', (data) => messages.push(SignalResponse.fromBinary(new Uint8Array(data))));
  socket.on('error', () => {});
  const find = (kind) => messages.find(({ message }) => message.case === kind)?.message.value;
  return { socket, find };
}

// Sends until the server ends the connection, 20 messages at a time; gives the participant's sid.
async function flood(token, request) {
  const { socket, find } = await connect(token);
  const { participant } = await until(() => find('join'), 'the join');
  for (let i = 0; socket.readyState === WebSocket.OPEN && i < 20_000; ++i) {
    socket.send(new SignalRequest({ message: request(i) }).toBinary());
    if (i % 20 === 19) await until(() => socket.bufferedAmount === 0 || socket.readyState > 1, 'the messages to be sent');
  }
  await until(() => socket.readyState === WebSocket.CLOSED, 'the end of the connection');
  return participant.sid;
}
