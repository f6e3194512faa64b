// node interop/node_sdks.mjs: the public end-to-end suite of LiveKit's Node SDK, as published, against a running server.
// Its source is fetched for the run and never kept: from COSTAGE_NODE_SDKS (a checkout or a bare repository), else by
// a shallow clone. Where it cannot be had the run says SKIPPED and why.
import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { apiKey, apiSecret, binaryOf, canStart, startServer, temporaryFolder, testedServer }
  from '../support/server.mjs';
import { reportCounts, run } from '../support/suite.mjs';

const tag = '@livekit/rtc-node@0.13.24';
const suite = 'packages/livekit-rtc/src/tests/e2e.test.ts';
const publicRepository = 'https://github.com/livekit/node-sdks';
const modules = join(dirname(fileURLToPath(import.meta.url)), '../node_modules');
const execute = promisify(execFile);

async function fetchSuite(folder) {
  const given = process.env.COSTAGE_NODE_SDKS;
  const repository = given ?? join(folder, 'clone');
  if (!given) {
    const options = ['-c', 'advice.detachedHead=false', 'clone', '--quiet', '--depth=1', '--no-checkout', '--branch', tag];
    await execute('git', [...options, publicRepository, repository], { timeout: 20_000, env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } });
  }
  return (await execute('git', ['-C', repository, 'show', `${tag}:${suite}`], { maxBuffer: 1 << 24 })).stdout;
}

function prepare(folder, source) {
  const work = join(folder, 'suite');
  mkdirSync(work);
  symlinkSync(modules, join(work, 'node_modules'));
  writeFileSync(join(work, 'e2e.test.ts'), source.replace(/(['"])\.\.\/index\.js\1/, "'@livekit/rtc-node'"));
  writeFileSync(join(work, 'package.json'), '{"type": "module"}');
  return work;
}

function runVitest(work, server) {
  const options = ['run', '--maxConcurrency=1', '--reporter=verbose', '--no-color'];
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
const source = await fetchSuite(folder.path).catch((error) => {
  console.log(`SKIPPED: the suite of ${tag} could not be fetched (${error.message.split('\n')[0]}); ` +
    'set COSTAGE_NODE_SDKS to a clone of it');
  reportCounts({ skipped: 7 });
  process.exit(0);
});
const server = await startServer();
const work = prepare(folder.path, source);
const code = await runVitest(work, server);
await server.stop();
process.exit(code);
