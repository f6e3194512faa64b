// node interop/run.mjs [word...]: the interop tests, all against one server.
// COSTAGE_TEST_SERVER=livekit COSTAGE_LIVEKIT=<binary> runs them against a real LiveKit server.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { canStart, startServer, testedServer, binaryOf } from '../support/server.mjs';
import { printCounts, runFiles, testFiles } from '../support/suite.mjs';

const files = testFiles(dirname(fileURLToPath(import.meta.url)), process.argv.slice(2));
if (!canStart(testedServer)) {
  console.log(`there is no server to test: ${binaryOf()}`);
  printCounts({ fail: 1 });
  process.exit(1);
}
const server = await startServer();
const result = await runFiles(files, { COSTAGE_TEST_URL: server.http });
const died = server.exit !== null;
if (died) console.log(`the server died during the tests: ${JSON.stringify(server.exit)}\n${server.output.slice(-5000)}`);
await server.stop();
printCounts({ ...result, fail: result.fail + (died ? 1 : 0) });
process.exit(result.code || (died ? 1 : 0));
