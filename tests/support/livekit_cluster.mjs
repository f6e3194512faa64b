// A LiveKit cluster as its operators run it: nodes that share a Redis, and a load balancer in front whose address is the only one that
// clients and costage know. All on loopback, and all ended by stop().
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { freePort, startProcess, startServer, temporaryFolder } from './server.mjs';
import { until } from './wait.mjs';

const redisBinary = process.env.COSTAGE_REDIS ?? '/usr/bin/redis-server';

export const redisOrWhyNot = () => (existsSync(redisBinary) ? null : "there is no Redis: Debian's package redis-server");

// One command; the answer as Redis writes it.
function ask(port, command) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setTimeout(2_000, () => socket.destroy(new Error(`Redis does not answer ${command}`)));
    socket.setEncoding('utf8').on('data', (part) => { answer += part; });
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
    socket.write(`${command}\r\nQUIT\r\n`);
  });
}

async function startRedis() {
  const folder = temporaryFolder('redis');
  const port = await freePort('tcp');
  const redis = { port, address: `127.0.0.1:${port}`, ask: (command) => ask(port, command) };
  redis.start = async () => {
    const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder.path, '--save', '', '--appendonly', 'no'];
    redis.process = startProcess(redisBinary, args);
    await until(async () => redis.process.exit !== null || /PONG/.test(await redis.ask('PING').catch(() => '')), 'Redis to answer');
    if (redis.process.exit !== null) throw new Error(`Redis ended at its start: ${redis.process.output}`);
  };
  // It hears nothing and answers nothing, as behind a network that is cut; what it knows is kept.
  redis.freeze = () => process.kill(redis.process.pid, 'SIGSTOP');
  redis.thaw = () => process.kill(redis.process.pid, 'SIGCONT');
  redis.stop = async () => { await redis.process.kill(); folder.remove(); };
  await redis.start();
  return redis;
}

// Connections go to the nodes in turn, past those that refuse. `only` names one that gets all of them, as long as a test wants that.
async function startBalancer(ports) {
  const balancer = { only: null, opened: ports.map(() => 0) };
  const open = new Set();
  let turn = 0;
  const pass = (near, node, left) => {
    const far = connect(ports[node], '127.0.0.1');
    const refused = () => (left > 0 ? pass(near, (node + 1) % ports.length, left - 1) : near.destroy());
    far.once('error', refused);
    far.once('connect', () => {
      balancer.opened[node]++;
      far.off('error', refused).on('error', () => {}).once('close', () => near.destroy());
      near.once('close', () => far.destroy());
      if (near.destroyed) far.destroy();
      near.pipe(far).pipe(near);
    });
  };
  const server = createServer((near) => {
    open.add(near);
    near.on('error', () => {}).once('close', () => open.delete(near));
    if (balancer.only !== null) pass(near, balancer.only, 0);
    else pass(near, turn++ % ports.length, ports.length - 1);
  });
  const port = await freePort('tcp');
  await new Promise((done, failed) => server.once('error', failed).listen(port, '127.0.0.1', done));
  balancer.http = `http://127.0.0.1:${port}`;
  balancer.stop = () => { open.forEach((socket) => socket.destroy()); return new Promise((done) => server.close(done)); };
  return balancer;
}

// Redis names a node by the id that it took at its start.
async function startNode(redis, options) {
  const known = await redis.ask('HKEYS nodes');
  const node = await startServer('livekit', { ...options, redis: redis.address });
  const isNew = (id) => !known.includes(id);
  node.id = await until(async () => (await redis.ask('HKEYS nodes')).match(/ND_\w+/g)?.find(isNew), 'the node to be known to Redis');
  return node;
}

// extra: {webhooks}. Of the result `http` and `ws` are the balancer's; `nodes` may be killed, and started anew by startNode(index).
export async function startLivekitCluster({ webhooks } = {}) {
  const begun = [];
  const stop = async () => { for (const end of begun.splice(0).reverse()) await end(); };
  try {
    const redis = await startRedis();
    begun.push(redis.stop);
    const nodes = [];
    begun.push(() => Promise.all(nodes.map((node) => node.stop())));
    for (let index = 0; index < 2; index++) nodes.push(await startNode(redis, { webhooks }));
    const balancer = await startBalancer(nodes.map(({ port }) => port));
    begun.push(balancer.stop);
    const restart = async (index) => {
      const { port, mediaPort } = nodes[index];
      nodes[index] = await startNode(redis, { webhooks, port, mediaPort });
    };
    // The node that carries a room's media; the others pass on what clients of this room say to them.
    const nodeOf = async (room) => { const id = await redis.ask(`HGET room_node_map ${room}`); return nodes.findIndex((node) => id.includes(node.id)); };
    return { kind: 'cluster', http: balancer.http, ws: balancer.http.replace('http', 'ws'), redis, nodes, balancer, startNode: restart, nodeOf, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
