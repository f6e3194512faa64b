// node contract/run.mjs [--seed N] [--examples N] [word...]: schemathesis makes requests from api/openapi.yaml, right and wrong
// ones, and compares the answers with it. With words only the runs whose names contain one. One test per operation
// and run, and one that it did its work at all.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { apiKey, binaryOf, canStart, repository, startProcess, startServer } from '../support/server.mjs';
import { reportCounts } from '../support/suite.mjs';
import { signClaims } from '../support/tokens.mjs';
import { within } from '../support/wait.mjs';
import { schemathesis } from './install.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const logs = join(repository, 'build/test-logs');
const work = join(repository, 'build/contract');
// More examples may take longer.
const timeoutFor = ({ examples }) => Math.max(480, 8 * Number(examples)) * 1000;

// The server lets a user write 600 times a minute: a host's phases are those of different hosts, who seldom run into that.
// Chains of requests are made for some seconds, everything else in numbers.
const hosts = ['Hanna', 'Hilde', 'Hugo'].map((name) => ({ sub: name.toLowerCase(), name }));
const admin = { sub: 'backend', name: 'Backend', admin: true };
const runs = [
  { name: 'host-coverage', phases: 'examples,coverage', caller: hosts[0] },
  { name: 'host-fuzzing', phases: 'fuzzing', caller: hosts[1] },
  { name: 'admin-operations', phases: 'examples,coverage,fuzzing', caller: admin, weight: 2 },
  { name: 'host-stateful', phases: 'stateful', caller: hosts[2], seconds: 45 },
  { name: 'admin-stateful', phases: 'stateful', caller: admin, seconds: 60 },
];

const tokenOf = (claims) => signClaims({ iss: apiKey, exp: Math.floor(Date.now() / 1000) + 3600, ...claims });

// There to be invited: a user is known from their first request on. So many because nobody has more than three pending
// invitations.
const guestTokens = Object.fromEntries(
  ['vada', 'vera', 'victor', 'viggo', 'viola', 'walt', 'wanda', 'wes', 'wilma', 'wim'].map((sub) => [sub, tokenOf({ sub, name: sub })]));
async function makeKnown(server) {
  for (const token of Object.values(guestTokens)) {
    const response = await fetch(`${server.http}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    await response.arrayBuffer();
  }
}

function optionsOf({ name, phases, weight = 1, seconds }, server, { seed, examples }) {
  return ['--config-file', join(here, 'schemathesis.toml'), '--no-color', 'run', join(repository, 'api/openapi.yaml'), '--url', server.http,
    '--phases', phases, '--seed', seed, '--max-examples', String(Number(examples) * weight), '--report', 'junit', '--report-junit-path', join(work, `${name}.xml`),
    ...(seconds ? ['--max-time', String(seconds)] : [])];
}

const statusesOf = (name) => join(work, `${name}.statuses.json`);

function environmentOf({ name, caller }) {
  return { ...process.env, PYTHONPATH: here, PYTHONDONTWRITEBYTECODE: '1', SCHEMATHESIS_HOOKS: 'hooks', COSTAGE_STATUSES: statusesOf(name),
    COSTAGE_TOKEN: tokenOf(caller), COSTAGE_GUEST_TOKENS: JSON.stringify(guestTokens) };
}

// [{operation, failed}] from its JUnit report.
function resultsOf({ name }) {
  const report = readFileSync(join(work, `${name}.xml`), 'utf8');
  const cases = report.matchAll(/<testcase name="([^"]*)"[^>]*?(?:\/>|>(.*?)<\/testcase>)/gs);
  return [...cases].filter(([, , inside = '']) => !inside.includes('<skipped'))
    .map(([, operation, inside = '']) => ({ operation, failed: /<(failure|error)/.test(inside) }));
}

async function runOne(program, one, options) {
  const server = await startServer('costage');
  await makeKnown(server);
  const begun = performance.now();
  const tester = startProcess(program, optionsOf(one, server, options), { cwd: work, env: environmentOf(one) });
  const exit = await within(tester.ended, one.name, timeoutFor(options)).catch((error) => { tester.kill(); return { code: error.message }; });
  writeFileSync(join(logs, `contract-${one.name}.log`), tester.output);
  const died = server.exit !== null;
  if (died) console.log(`the server died during ${one.name}: ${server.output.slice(-5000)}`);
  await server.stop();
  return { one, exit, died, output: tester.output, seconds: Math.round((performance.now() - begun) / 1000) };
}

function report({ one, exit, died, output, seconds }) {
  const counts = { pass: 0, fail: died ? 1 : 0 };
  const ended = [0, 1].includes(exit.code);
  for (const { operation, failed } of ended ? resultsOf(one) : []) {
    counts[failed ? 'fail' : 'pass'] += 1;
    if (failed) console.log(`not ok - ${one.name}: ${operation}`);
  }
  const cases = Number(/(\d+) generated/.exec(output)?.[1] ?? 0);
  console.log(`${one.name}: ${cases} cases in ${seconds} s, ${counts.pass} operations as described, ${counts.fail} not`);
  // What no operation was blamed for: schemathesis itself could not go on.
  if (exit.code !== 0 && counts.fail === 0) counts.fail = 1;
  if (counts.fail > 0) console.log(output, JSON.stringify(exit));
  return { ...counts, cases };
}

// What only succeeds after somebody sent media, or with a message of somebody else.
const unreachable = [
  'POST /v1/rooms/{roomId}/chat/messages/{messageId}/reports',
  'POST /v1/rooms/{roomId}/chat/messages/{messageId}/review',
  'POST /v1/rooms/{roomId}/chat/reports/{reportId}/settle',
  'DELETE /v1/rooms/{roomId}/stage/{userId}',
  'POST /v1/rooms/{roomId}/stage/{userId}/switch-off',
  'POST /v1/rooms/{roomId}/stage/{userId}/ask-to-switch-on',
  'PUT /v1/rooms/{roomId}/stage/{userId}/permissions',
  'PUT /v1/rooms/{roomId}/successor',
  // Of services that run beside a LiveKit server.
  'POST /v1/rooms/{roomId}/egresses',
  'DELETE /v1/rooms/{roomId}/egresses/{egressId}',
  'GET /v1/rooms/{roomId}/ingress',
  'PUT /v1/rooms/{roomId}/ingress',
  'DELETE /v1/rooms/{roomId}/ingress',
];

// Answers that are as described show little when they all are refusals: each operation must have done its work once.
function reportReached(names) {
  const succeeded = new Set(), asked = new Set(unreachable);
  for (const statuses of names.map((name) => JSON.parse(readFileSync(statusesOf(name), 'utf8')))) {
    for (const [operation, counts] of Object.entries(statuses)) {
      asked.add(operation);
      if (['200', '201', '204'].some((status) => counts[status])) succeeded.add(operation);
    }
  }
  const never = [...asked].filter((operation) => !succeeded.has(operation) && !unreachable.includes(operation));
  for (const operation of never) console.log(`not ok - no request succeeded: ${operation}`);
  return { pass: asked.size - unreachable.length - never.length, fail: never.length, cases: 0 };
}

// Two at a time, each with a server of its own; the longest come last in the list and begin first.
async function runAll(program, chosen, options) {
  const waiting = [...chosen], results = [];
  const lane = async () => {
    for (let one = waiting.pop(); one; one = waiting.pop()) results.push(report(await runOne(program, one, options)));
  };
  await Promise.all([lane(), lane()]);
  return results;
}

const { values, positionals } = parseArgs({ allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, examples: { type: 'string', default: '40' } } });
if (!canStart('costage')) {
  console.log(`there is no server to test: ${binaryOf('costage')}`);
  reportCounts({ fail: 1 });
  process.exit(1);
}
for (const folder of [logs, work]) mkdirSync(folder, { recursive: true });
const { program, missing } = await schemathesis();
if (missing) {
  console.log(`SKIPPED: ${missing}`);
  reportCounts({ skipped: 1 });
  process.exit(0);
}
for (const { name } of runs) rmSync(join(work, `${name}.xml`), { force: true });
const chosen = runs.filter(({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)));
const results = await runAll(program, chosen, values);
const allCounted = results.every(({ fail }) => fail === 0) && chosen.length === runs.length;
if (allCounted) results.push(reportReached(runs.map(({ name }) => name)));
const sum = (key) => results.reduce((total, one) => total + one[key], 0);
console.log(`seed ${values.seed}: ${sum('cases')} cases`);
reportCounts({ pass: sum('pass'), fail: sum('fail') });
process.exit(sum('fail') === 0 ? 0 : 1);
