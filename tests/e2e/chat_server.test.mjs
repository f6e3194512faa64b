// The chat on a real server without a browser: nothing that was acknowledged is lost or comes twice, whatever ends; and what a
// ban ends at the media server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Room, RoomEvent, dispose } from '@livekit/rtc-node';
import { Realtime, User } from '../support/api.mjs';
import { startServer, temporaryFolder } from '../support/server.mjs';
import { until } from '../support/wait.mjs';

const kRounds = Number(process.env.COSTAGE_RECONNECTS ?? 60);
let folder, server, hanna, crowd;
let roomId;
const path = (rest = '') => `/v1/rooms/${roomId}/chat${rest}`;
const say = (user, text, more = {}) => user.post(path('/messages'), { text, ...more });

async function history(user) {
  const texts = [];
  for (let cursor = ''; ;) {
    const page = await user.get(path(`/messages?limit=100${cursor && `&cursor=${cursor}`}`));
    texts.unshift(...page.items.map(({ text }) => text).reverse());
    if (!page.nextCursor) return texts;
    cursor = page.nextCursor;
  }
}

const people = (name) => Promise.all(Array.from({ length: 20 }, (_, i) => User.create(server, `${name} ${i}`)));

before(async () => {
  folder = temporaryFolder('chat');
  server = await startServer('costage', { data: folder.path });
  hanna = await User.create(server, 'Hanna');
  crowd = await people('Fan');
  ({ roomId } = await hanna.createRoom('Chat', { policies: { inviteWatchersOnly: false } }));
});
after(async () => {
  await server?.stop();
  folder?.remove();
  await dispose();
});

test('what was acknowledged survives kill -9, and a resend after a lost answer is one message', async () => {
  const acknowledged = [];
  let stopped = false;
  const writing = crowd.map(async (fan, i) => {
    for (let n = 0; n < 5 && !stopped; ++n) {
      const message = { text: `${i}-${n}`, clientId: `c${n}` };
      try {
        await fan.post(path('/messages'), message);
        acknowledged.push(message.text);
      } catch (error) {
        if (error.code !== undefined) throw error;
        return;
      }
    }
  });
  await until(() => acknowledged.length >= 30, 'some messages');
  await server.kill();
  stopped = true;
  await Promise.all(writing);
  server = await startServer('costage', { data: folder.path, port: server.port, mediaPort: server.mediaPort });
  for (const user of [hanna, ...crowd]) user.server = server;
  // Whoever had no answer sends again; some of these were written.
  await Promise.all(crowd.map(async (fan, i) => {
    for (let n = 0; n < 5; ++n)
      if (!acknowledged.includes(`${i}-${n}`)) {
        await until(async () => (await fan.request('POST', path('/messages'), { text: `${i}-${n}`, clientId: `c${n}` })).status < 300, 'a resend to be taken');
        acknowledged.push(`${i}-${n}`);
      }
  }));
  assert.deepEqual((await history(hanna)).sort(), acknowledged.sort());
});

test('nothing is lost or doubled over many reconnects while others write', async () => {
  const seen = new Map();
  let state, socket;
  const note = ({ seq }) => seen.set(seq, (seen.get(seq) ?? 0) + 1);
  const follow = async () => {
    socket = await hanna.realtime();
    const answer = await socket.subscribe(`chat/${roomId}`, state && { epoch: state.epoch, seq: state.seq });
    if (answer.type === 'snapshot') state = { epoch: answer.epoch, seq: answer.seq, from: answer.seq };
    return answer;
  };
  await follow();
  const from = state.seq;
  let writes = 0, done = false;
  // Not those who wrote as fast as they may.
  const writing = (await people('Writer')).map(async (writer, i) => {
    while (!done) {
      const { status } = await writer.request('POST', path('/messages'), { text: `r${i}` });
      if (status === 201) ++writes;
      await new Promise((next) => setTimeout(next, status === 201 ? 200 : 500));
    }
  });
  for (let round = 0; round < kRounds; ++round) {
    await new Promise((next) => setTimeout(next, 20 + (round % 5) * 10));
    socket.socket.terminate();
    for (const message of socket.messages)
      if (message.type === 'event' && message.event.seq > state.seq) {
        assert.equal(message.event.seq, state.seq + 1, 'no hole');
        note(message.event);
        state.seq = message.event.seq;
      }
    const answer = await follow();
    assert.equal(answer.type, 'resumed');
  }
  done = true;
  await Promise.all(writing);
  await until(() => {
    for (const message of socket.messages)
      if (message.type === 'event' && message.event.seq === state.seq + 1) {
        note(message.event);
        state.seq = message.event.seq;
      }
    return state.seq - from === writes;
  }, () => `all ${writes} messages, there are ${state.seq - from}`);
  assert.ok([...seen.values()].every((count) => count === 1), 'each once');
  assert.ok(writes > 20, `${writes} messages were written meanwhile`);
});

test('a ban ends the media connection of a viewer within a second, and their token opens nothing any more', async () => {
  const [fan] = crowd;
  const { coHostUrl, coHostToken } = await hanna.broadcaster(roomId);
  const host = new Room();
  await host.connect(coHostUrl, coHostToken);
  const { url, token } = await fan.viewer(roomId);
  const viewer = new Room();
  await viewer.connect(url, token);
  const page = await fan.watch(roomId);
  let gone;
  viewer.on(RoomEvent.Disconnected, () => (gone = performance.now()));
  const banned = performance.now();
  await hanna.post(`/v1/rooms/${roomId}/people/${fan.userId}/ban`, { reason: 'Enough' });
  await until(() => gone, 'the media connection to end');
  assert.ok(gone - banned < 1000, `${gone - banned} ms`);
  const ended = await page.message(({ type }) => type === 'unsubscribed', 'the end of the subscription');
  assert.equal(ended.code, 'banned');
  await assert.rejects(new Room().connect(url, token));
  await assert.rejects(fan.viewer(roomId), { code: 'banned' });
  await assert.rejects(say(fan, 'But'), { code: 'banned' });
  const again = await Realtime.open(fan);
  assert.equal((await again.subscribe(`room/${roomId}`).catch((error) => error)).code, 'banned');
  // Others stay where they are.
  assert.ok(host.isConnected);
  await hanna.post(`/v1/rooms/${roomId}/people/${fan.userId}/unban`);
  const fresh = await fan.viewer(roomId);
  const back = new Room();
  await back.connect(fresh.url, fresh.token);
  await back.disconnect();
  await host.disconnect();
});
