// A NATS server of its own for a test, on loopback: killed, frozen and started again at will.
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { freePort, startProcess } from './server.mjs';
import { until } from './wait.mjs';

const binary = process.env.COSTAGE_NATS_SERVER ?? '/usr/sbin/nats-server';
export const natsOrWhyNot = () => (existsSync(binary) ? null : "there is no NATS: Debian's package nats-server");

// It greets whoever connects with its INFO.
function greets(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    const end = (yes) => { socket.destroy(); done(yes); };
    socket.setTimeout(1_000, () => end(false));
    socket.once('error', () => end(false)).once('data', () => end(true));
  });
}

export async function startNats() {
  const port = await freePort('tcp');
  const nats = { port, url: `nats://127.0.0.1:${port}` };
  nats.start = async () => {
    nats.process = startProcess(binary, ['-a', '127.0.0.1', '-p', `${port}`]);
    await until(async () => nats.process.exit !== null || (await greets(port)), 'NATS to answer');
    if (nats.process.exit !== null) throw new Error(`NATS ended at its start: ${nats.process.output}`);
  };
  nats.kill = () => nats.process.kill();
  nats.freeze = () => process.kill(nats.process.pid, 'SIGSTOP');
  nats.thaw = () => process.kill(nats.process.pid, 'SIGCONT');
  nats.stop = async () => { if (nats.process.exit === null) await nats.process.kill(); };
  await nats.start();
  return nats;
}
