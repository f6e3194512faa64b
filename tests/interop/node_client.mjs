// A participant by LiveKit's Node SDK in a process of its own, as two versions of it do not fit into one: forked for the
// SDK that COSTAGE_RTC_NODE names, it carries out {id, act, args} and answers {id, value} or {id, error}.
import { Room, callMethod, dispose } from './rtc_node.mjs';

const room = new Room();
const got = [];

const acts = {
  async join(url, token, topic) {
    await room.connect(url, token, { autoSubscribe: true, dynacast: false });
    room.localParticipant.registerRpcMethod('echo', async ({ callerIdentity, payload }) => `${callerIdentity}:${payload}`);
    room.registerTextStreamHandler(topic, async (stream, from) => got.push(['text', from.identity, await stream.readAll()]));
    room.registerByteStreamHandler(topic, async (stream, from) => {
      const bytes = Buffer.concat(await stream.readAll());
      got.push(['bytes', from.identity, `${bytes.length}:${bytes.at(-1)}`]);
    });
  },
  call: (request) => callMethod(room, request),
  async sendText(text, options) { await room.localParticipant.sendText(text, options); },
  async sendBytes(size, options) {
    const stream = await room.localParticipant.streamBytes({ ...options, name: 'a.bin', totalSize: size });
    await stream.write(new Uint8Array(size).fill(7));
    await stream.close();
  },
  received: () => got,
  seen: () => room.remoteParticipants.size,
  async leave() {
    await room.disconnect();
    await dispose();
  },
};

process.on('message', async ({ id, act, args }) => {
  try {
    process.send({ id, value: await acts[act](...args) });
  } catch (error) {
    process.send({ id, error: String(error) });
  }
});
