// Remote calls and data streams between clients of every kind in one room: LiveKit's Node SDK of before signalling v1 and of
// after it, livekit-client with one connection and with two. Which version of the protocols they speak is between them; the
// server shows each what the others can (clientProtocol, capabilities) and passes on what they send.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { closePages, openPlainPage, servePlainPage } from '../e2e/plain_page.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { sharedServer } from '../support/server.mjs';
import { joinToken, newRoomName } from '../support/tokens.mjs';
import { until, within } from '../support/wait.mjs';

const sdks = { node0: '@livekit/rtc-node', node1: 'rtc-node-v1' };
const names = ['node0', 'node1', 'page1', 'page0'];
const topic = 'letters', long = 'Guten Tag, 日本 🎈 '.repeat(3000);

// What the tests do with a client, whatever it is made of.
class NodeClient {
  static async join(url, name, token) {
    const child = fork(fileURLToPath(new URL('node_client.mjs', import.meta.url)),
      { env: { ...process.env, COSTAGE_RTC_NODE: sdks[name] } });
    const client = Object.assign(new NodeClient(), { child, waiting: new Map(), last: 0 });
    child.on('message', ({ id, value, error }) => {
      const [done, failed] = client.waiting.get(id);
      client.waiting.delete(id);
      if (error) failed(new Error(error)); else done(value);
    });
    await client.ask('join', url, token, topic);
    return client;
  }
  ask(act, ...args) {
    const id = ++this.last;
    return new Promise((done, failed) => {
      this.waiting.set(id, [done, failed]);
      this.child.send({ id, act, args });
    });
  }
  call(destinationIdentity, payload) {
    return this.ask('call', { destinationIdentity, method: 'echo', payload, responseTimeout: 8000 });
  }
  sendText(text, to) { return this.ask('sendText', text, { topic, destinationIdentities: to }); }
  sendBytes(size, to) { return this.ask('sendBytes', size, { topic, destinationIdentities: to }); }
  received() { return this.ask('received'); }
  seen() { return this.ask('seen'); }
  async leave() {
    await this.ask('leave');
    this.child.disconnect();
  }
}

class PageClient {
  static async join(url, name, token) {
    const page = await openPlainPage(browser, site, { url, token, options: { singlePeerConnection: name === 'page1' } });
    await page.evaluate((wanted) => {
      const { room } = window;
      window.got = [];
      room.registerRpcMethod('echo', async ({ callerIdentity, payload }) => `${callerIdentity}:${payload}`);
      room.registerTextStreamHandler(wanted, async (stream, from) => window.got.push(['text', from.identity, await stream.readAll()]));
      room.registerByteStreamHandler(wanted, async (stream, from) => {
        const chunks = await stream.readAll();
        const size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
        window.got.push(['bytes', from.identity, `${size}:${chunks.at(-1).at(-1)}`]);
      });
    }, topic);
    return Object.assign(new PageClient(), { page });
  }
  call(destinationIdentity, payload) {
    return this.page.evaluate((request) => window.room.localParticipant.performRpc(request),
      { destinationIdentity, method: 'echo', payload, responseTimeout: 8000 });
  }
  sendText(text, to) {
    return this.page.evaluate(([content, options]) => window.room.localParticipant.sendText(content, options).then(() => {}),
      [text, { topic, destinationIdentities: to }]);
  }
  sendBytes(length, to) {
    return this.page.evaluate(async ([size, options]) => {
      const stream = await window.room.localParticipant.streamBytes({ ...options, name: 'a.bin', totalSize: size });
      await stream.write(new Uint8Array(size).fill(7));
      await stream.close();
    }, [length, { topic, destinationIdentities: to }]);
  }
  received() { return this.page.evaluate(() => window.got); }
  seen() { return this.page.evaluate(() => window.room.remoteParticipants.size); }
  leave() { return closePages(this.page); }
}

let server, browser, site, clients;
before(async () => {
  server = await sharedServer();
  site = await servePlainPage();
  browser = await launchBrowser();
  const roomName = newRoomName();
  clients = Object.fromEntries(await Promise.all(names.map(async (name) => {
    const kind = name.startsWith('node') ? NodeClient : PageClient;
    return [name, await kind.join(server.ws, name, await joinToken(roomName, name))];
  })));
  await until(async () => (await Promise.all(names.map((name) => clients[name].seen()))).every((count) => count === 3), 'all to see all');
});
after(async () => {
  await Promise.all(Object.values(clients ?? {}).map((client) => client.leave()));
  await browser?.close();
  await site?.close();
  await server?.stop();
});

const pairs = names.flatMap((from) => names.filter((to) => to !== from).map((to) => [from, to]));
// The first data of a client opens its connection for it.
const eventually = (act) => within(act(), 'an answer', 15_000);

test('everybody calls everybody, with short and long words', async () => {
  for (const [from, to] of pairs) {
    assert.equal(await eventually(() => clients[from].call(to, 'hello')), `${from}:hello`, `${from} calls ${to}`);
    const words = 'x'.repeat(10_000);
    assert.equal(await eventually(() => clients[from].call(to, words)), `${from}:${words}`, `${from} calls ${to} at length`);
  }
});

for (const [what, send, expected] of [
  ['a short text', (client, to) => client.sendText('hi', to), ['text', 'hi']],
  ['a long text', (client, to) => client.sendText(long, to), ['text', long]],
  ['bytes', (client, to) => client.sendBytes(100_000, to), ['bytes', '100000:7']],
]) {
  test(`${what} from everybody to everybody`, async () => {
    for (const from of names) {
      const others = names.filter((name) => name !== from);
      await eventually(() => send(clients[from], others));
      for (const to of others)
        await until(async () => (await clients[to].received()).some(([kind, sender, content]) =>
          kind === expected[0] && sender === from && content === expected[1]), `${what} of ${from} at ${to}`);
    }
  });
}

test('to one alone', async () => {
  for (const [from, to] of pairs) {
    const text = `from ${from} to ${to}`;
    await eventually(() => clients[from].sendText(text, [to]));
    await until(async () => (await clients[to].received()).some(([, , content]) => content === text), text);
    for (const other of names)
      if (other !== to) assert.ok(!(await clients[other].received()).some(([, , content]) => content === text), `${other} hears it`);
  }
});

test('each is shown what the others speak', async () => {
  const protocols = await clients.page1.page.evaluate(() => Object.fromEntries([...window.room.remoteParticipants.values()]
    .map((one) => [one.identity, one.participantInfo?.clientProtocol ?? one.clientProtocol])));
  assert.equal(protocols.node0, 0);
  assert.ok(protocols.node1 >= 2 && protocols.page0 >= 2, JSON.stringify(protocols));
});
