// node bench/capacity.mjs [--stage 1] [--viewers 100,300] [--seconds 10] [--loops N] [--json FILE]
// How many viewers this machine carries: what one forwarded packet costs the server here, measured with as many viewers as it is given,
// and what follows for a show at 720p. Then that is tried, as far as the load generator beside it gets.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { apiKey, repository, startServer } from '../tests/support/server.mjs';
import { signClaims } from '../tests/support/tokens.mjs';

const run = promisify(execFile);
const { values: options } = parseArgs({
  options: {
    stage: { type: 'string', default: '1' },
    viewers: { type: 'string', default: '100,300' },
    seconds: { type: 'string', default: '10' },
    loops: { type: 'string' },  // media loops of the server that is meant; one core each, and one is left for everything else
    json: { type: 'string' },
  },
});
const loadgen = process.env.COSTAGE_LOADGEN ?? join(repository, 'build/release/loadgen');

const kUsed = 0.85;  // of a media loop's time: what the server itself takes for full (media_io/load_meter.hpp)
// LiveKit clients send 720p with 1.7 Mbit/s in packets of about 1,100 bytes, and sound with 50 packets a second.
const kVideoPackets = Math.round(1_700_000 / 8 / 1100), kAudioPackets = 50;

async function load(viewers, meanwhile) {
  const server = await startServer('costage', { engine: 'embedded', database: 'embedded' });
  try {
    const args = ['--port', server.port, '--server-pid', server.pid, 'fanout', '--viewers', viewers, '--seconds', options.seconds].map(String);
    const under = run(loadgen, args, { timeout: 300_000 });
    const seen = await meanwhile?.(server, under);
    return { ...JSON.parse((await under).stdout), ...seen };
  } finally {
    await server.stop();
  }
}

// The least headroom that the server says of itself while the load lasts, percent.
async function leastHeadroom(server, under) {
  const token = signClaims({ iss: apiKey, sub: 'bench', admin: true, exp: Math.floor(Date.now() / 1000) + 600 });
  let least = 100, over = false;
  under.finally(() => { over = true; }).catch(() => {});
  while (!over) {
    const text = await (await fetch(`${server.http}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
    least = Math.min(least, Number(/^costage_media_headroom_percent ([\d.]+)/m.exec(text)[1]));
    await new Promise((done) => setTimeout(done, 500));
  }
  return { leastHeadroom: least };
}

const onStage = Number(options.stage);
const loops = Number(options.loops ?? Math.max(1, cpus().length - 1));
const measured = [];
for (const viewers of options.viewers.split(',').map(Number)) {
  const one = await load(viewers);
  measured.push(one);
  console.log(`${viewers} viewers: ${one.microsecondsPerPacket} us of the server's CPU per forwarded packet, ${one.lost} of ${one.packets} packets lost`);
}
const { microsecondsPerPacket } = measured.at(-1);
const packetsPerLoop = kUsed * 1e6 / microsecondsPerPacket;
const perViewer = onStage * (kVideoPackets + kAudioPackets);
const perLoop = Math.floor(packetsPerLoop / perViewer);

// The load generator's own show, with as many viewers as that is worth.
const { packets, viewers, seconds } = measured.at(-1);
const sameLoad = Math.round(packetsPerLoop / (packets / viewers / seconds));
const tried = await load(Math.min(Math.round(0.8 * sameLoad), 2000), leastHeadroom).catch((error) => ({ failed: /declined/.test(error.stderr) ? 'the server let no more in: beside the load generator it has less of the machine' : String(error.stderr ?? error).slice(-300) }));
if (tried.failed) console.log(`tried with ${Math.round(0.8 * sameLoad)} viewers: ${tried.failed}`);
else console.log(`tried with ${tried.viewers} viewers: ${(100 * tried.lost / (tried.packets + tried.lost)).toFixed(3)} % of the packets lost, least headroom ${tried.leastHeadroom} %, ${tried.microsecondsPerPacket} us per packet`);

console.log(`\nThis machine carries ${perLoop} viewers at 720p with ${onStage} on stage, in one show (one media loop on one core).`);
if (loops > 1) console.log(`In several shows, with media.loops: ${loops}, it carries ${loops * perLoop}.`);
console.log(`(${cpus()[0].model}, ${cpus().length} cores, loopback; a network card may be the smaller limit: that is ${Math.round(perLoop * onStage * 1.77)} Mbit/s.)`);
if (options.json) writeFileSync(options.json, JSON.stringify({ measured, tried, perLoop, loops, onStage }, null, 2));
