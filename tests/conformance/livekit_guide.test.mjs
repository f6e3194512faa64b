// The guide of the way from the embedded media server to LiveKit, followed word by word: its configuration files and commands, with
// addresses, ports and folders of this machine in the place of those it names.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { dispose } from '../interop/rtc_node.mjs';
import { User } from '../support/api.mjs';
import { binaryOf, freePort, repository, startProcess, temporaryFolder } from '../support/server.mjs';
import { signClaims } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';
import { Person, Show } from './show.mjs';

const guide = readFileSync(join(repository, 'docs/guides/15-livekit-cluster.md'), 'utf8');
const blocks = (language) => [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text]) => text);
const [before, livekitFile, afterwards] = blocks('yaml');
const [startLivekit, startCostage, askHealth] = blocks('sh');

const folder = temporaryFolder('guide');
const running = [];
after(async () => {
  for (const one of running.reverse()) await one.terminate();
  await dispose();
  folder.remove();
});

const ports = { costage: await freePort('tcp'), media: await freePort('udp') };
ports.livekit = await until(async () => { const port = await freePort('tcp'); return port !== ports.costage && port; }, 'another port');

const here = (text) => [
  ['wss://livekit.example.org', `ws://127.0.0.1:${ports.livekit}`],
  ['https://live.example.org', `http://127.0.0.1:${ports.costage}`],
  ['wss://live.example.org', `ws://127.0.0.1:${ports.costage}`],
  ['bind: 0.0.0.0', `bind: 127.0.0.1\nport: ${ports.costage}`],
  ['/var/lib/costage', join(folder.path, 'data')],
  ['port: 7880', `port: ${ports.livekit}\nbind_addresses: [127.0.0.1]`],
  ['udp_port: 7882, use_external_ip: true', `udp_port: ${ports.media}, tcp_port: 0, node_ip: 127.0.0.1, enable_loopback_candidate: true, ips: {includes: [127.0.0.1/32]}`],
].reduce((all, [from, to]) => all.replaceAll(from, to), text);

function run(command) {
  const [name, ...args] = command.trim().split(/\s+/);
  const binary = { 'livekit-server': binaryOf('livekit'), costage: binaryOf('costage') }[name];
  const process = startProcess(binary, args, { cwd: folder.path });
  running.push(process);
  return process;
}
const write = (name, text) => writeFileSync(join(folder.path, name), here(text));

const server = { http: `http://127.0.0.1:${ports.costage}`, ws: `ws://127.0.0.1:${ports.costage}` };
const secret = /my-app: ([^}]+)}/.exec(before)[1];
const userOf = (name) => new User(server, { userId: name.toLowerCase(), name, token: signClaims({ iss: 'my-app', sub: name.toLowerCase(), name, exp: Math.floor(Date.now() / 1000) + 600 }, { secret }) });
async function started(command) {
  const costage = run(command);
  await until(async () => costage.exit || (await fetch(`${server.http}/healthz`).catch(() => null))?.ok, () => `costage to answer: ${costage.output}`);
  assert.equal(costage.exit, null, costage.output);
  return costage;
}
async function liveShow() {
  const show = await Show.start(server, {}, { host: new Person(userOf('Hanna')) });
  const { url } = await show.host.goOnAir(show.roomId);
  await show.statusIs('live');
  return { show, url };
}

let first;

test('before: one program, and a show that is over', async () => {
  write('costage.yaml', before);
  const costage = await started(startCostage);
  const { show, url } = await liveShow();
  assert.equal(url, server.ws);
  first = show.roomId;
  await show.host.user.post(`/v1/rooms/${first}/stop`);
  await show.end();
  await costage.terminate();
});

test('LiveKit is started, costage too: what was there is there, and shows are on LiveKit', async () => {
  write('livekit.yaml', livekitFile);
  const livekit = run(startLivekit);
  await until(async () => livekit.exit || (await fetch(`http://127.0.0.1:${ports.livekit}`).catch(() => null))?.ok, () => `LiveKit to answer: ${livekit.output}`);
  write('costage.yaml', afterwards);
  await started(startCostage);
  const [, address] = here(askHealth).trim().split(' ');
  await until(async () => (await (await fetch(address)).json()).status === 'ready', 'it to be ready');
  assert.equal((await userOf('Hanna').get(`/v1/rooms/${first}`)).status, 'ended');
  const { show, url } = await liveShow();
  assert.equal(url, `ws://127.0.0.1:${ports.livekit}`);
  await show.end();
});
