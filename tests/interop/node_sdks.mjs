// node interop/node_sdks.mjs: the public end-to-end suites of LiveKit's Node SDK, as published, against a running server:
// of the release before signalling v1, and the newest with the release after it. Their source is fetched for the run and never kept: from COSTAGE_NODE_SDKS (a checkout or a bare repository), else by
// a shallow clone. Where it cannot be had the run says SKIPPED and why.
import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { apiKey, apiSecret, binaryOf, canStart, startServer, temporaryFolder, testedServer }
  from '../support/server.mjs';
import { reportCounts, run } from '../support/suite.mjs';

// Of 0.13.24 a test may be run once more: it loses a few answers of calls (rtc_node.mjs).
const suites = [
  { revision: '@livekit/rtc-node@0.13.24', sdk: '@livekit/rtc-node', files: ['e2e.test.ts'], tests: 7, retry: 1 },
  { revision: 'HEAD', sdk: 'rtc-node-v1', files: ['e2e.test.ts', 'e2e_data_streams.test.ts', 'e2e_common.ts'], tests: 29 },
];
const sources = 'packages/livekit-rtc/src/tests';
const publicRepository = 'https://github.com/livekit/node-sdks';
const modules = join(dirname(fileURLToPath(import.meta.url)), '../node_modules');
const execute = promisify(execFile);

async function openRepository(folder) {
  if (process.env.COSTAGE_NODE_SDKS) return process.env.COSTAGE_NODE_SDKS;
  const clone = join(folder, 'clone');
  const environment = { ...process.env, GIT_TERMINAL_PROMPT: '0' };
  const git = (...args) => execute('git', args, { timeout: 20_000, env: environment });
  await git('clone', '--quiet', '--depth=1', '--no-checkout', publicRepository, clone);
  for (const { revision } of suites)
    if (revision !== 'HEAD') await git('-C', clone, 'fetch', '--quiet', '--depth=1', 'origin', 'tag', revision);
  return clone;
}

async function prepare(folder, repository, { revision, sdk, files }) {
  const work = join(folder, sdk.replace('/', '-'));
  mkdirSync(work);
  symlinkSync(modules, join(work, 'node_modules'));
  for (const file of files) {
    const object = `${revision}:${sources}/${file}`;
    const { stdout } = await execute('git', ['-C', repository, 'show', object], { maxBuffer: 1 << 24 });
    writeFileSync(join(work, file), stdout.replace(/(['"])\.\.\/index\.js\1/g, `'${sdk}'`));
  }
  writeFileSync(join(work, 'package.json'), '{"type": "module"}');
  return work;
}

function runVitest(work, server, { retry = 0 }) {
  const options = ['run', `--retry=${retry}`, '--maxConcurrency=1', '--reporter=verbose', '--no-color'];
  const env = { LIVEKIT_URL: server.ws, LIVEKIT_API_KEY: apiKey, LIVEKIT_API_SECRET: apiSecret, NODE_ENV: 'production', CI: '1' };
  return run(process.execPath, [join(modules, 'vitest/vitest.mjs'), ...options, '--root', work], env);
}

const folder = temporaryFolder('node-sdks');
process.once('exit', folder.remove);
if (!canStart(testedServer)) {
  console.log(`there is no server to test: ${binaryOf()}`);
  reportCounts({ fail: 1 });
  process.exit(1);
}
let code = 0;
const repository = await openRepository(folder.path).catch((error) => {
  console.log(`SKIPPED: the suites of the Node SDK could not be fetched (${error.message.split('\n')[0]}); ` +
    'set COSTAGE_NODE_SDKS to a clone with its tags');
  reportCounts({ skipped: suites.reduce((sum, { tests }) => sum + tests, 0) });
  process.exit(0);
});
for (const suite of suites) {
  const work = await prepare(folder.path, repository, suite);
  const server = await startServer();
  code = (await runVitest(work, server, suite)) || code;
  await server.stop();
}
process.exit(code);
