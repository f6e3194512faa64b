// Several nodes of costage as an operator runs them: one PostgreSQL, one NATS, one LiveKit server or none, all on loopback. Each node reaches
// the database and the bus through a wire of its own that a test can cut.
import { natsOrWhyNot, startNats } from './nats.mjs';
import { postgresOrWhyNot, startPostgres } from './postgres.mjs';
import { livekitOrWhyNot } from './go.mjs';
import { apiKey, apiSecret, startServer } from './server.mjs';
import { startWire } from './wire.mjs';

export const nodesOrWhyNot = async () => postgresOrWhyNot() ?? natsOrWhyNot() ?? (await livekitOrWhyNot());

const byLivekit = ({ ws }) => ({ COSTAGE_MEDIA_ENGINE: 'livekit', COSTAGE_MEDIA_URL: ws, COSTAGE_MEDIA_API_KEY: apiKey, COSTAGE_MEDIA_API_SECRET: apiSecret });

// {postgres, nats, livekit, nodes: [server, ..], wires: [{database, bus}, ..], stop}; `nats: false`: none; `media: 'own'`: each node
// carries shows by itself, without a LiveKit server.
export async function startNodes(count = 2, { nats: wantsNats = true, media = 'livekit', settings = ['fsync=off'], args = [] } = {}) {
  const [postgres, nats, livekit] = await Promise.all([startPostgres(settings), wantsNats ? startNats() : null, media === 'livekit' ? startServer('livekit') : null]);
  const database = postgres.newDatabase();
  const cluster = { postgres, nats, livekit, database, nodes: [], wires: [] };
  cluster.startNode = async (index = cluster.nodes.length) => {
    const wires = (cluster.wires[index] ??= { database: await startWire(postgres.port), bus: nats && (await startWire(nats.port)) });
    const env = { COSTAGE_DATABASE: database.replace(`:${postgres.port}/`, `:${wires.database.port}/`), ...(livekit && byLivekit(livekit)),
      ...(nats && { COSTAGE_NATS: `nats://127.0.0.1:${wires.bus.port}` }) };
    cluster.nodes[index] = await startServer('costage', { engine: 'embedded', database: 'embedded', env, args });
    return cluster.nodes[index];
  };
  for (let i = 0; i < count; ++i) await cluster.startNode();
  cluster.stop = async () => {
    await Promise.all(cluster.nodes.map((node) => node.stop()));
    await Promise.all(cluster.wires.flatMap(({ database: one, bus }) => [one.stop(), bus?.stop()]));
    await Promise.all([postgres.stop(), nats?.stop(), livekit?.stop()]);
  };
  return cluster;
}
