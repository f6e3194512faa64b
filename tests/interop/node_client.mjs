// A participant by LiveKit's Node SDK in a process of its own, as two versions of it do not fit into one: forked with the SDK's
// name, it carries out {id, act, args} and answers {id, value} or {id, error}.
const { Room, dispose } = await import(process.argv[2]);
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
  call: (request) => room.localParticipant.performRpc(request),
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
