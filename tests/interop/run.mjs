// node interop/run.mjs [word...]: unmodified LiveKit clients, all against one server; then the public suite of LiveKit's
// Node SDK. With words only the test files that contain one.
// COSTAGE_TEST_SERVER=livekit COSTAGE_LIVEKIT=<binary> runs them against a real LiveKit server.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { binaryOf, canStart, startServer, testedServer } from '../support/server.mjs';
import { reportCounts, run, runFiles, testFiles } from '../support/suite.mjs';

const words = process.argv.slice(2);
if (!canStart(testedServer)) {
  console.log(`there is no server to test: ${binaryOf()}`);
  reportCounts({ fail: 1 });
  process.exit(1);
}
const server = await startServer();
let code = await runFiles(testFiles(dirname(fileURLToPath(import.meta.url)), words), { COSTAGE_TEST_URL: server.http });
if (server.exit !== null) {
  console.log(`the server died during the tests: ${JSON.stringify(server.exit)}\n${server.output.slice(-5000)}`);
  reportCounts({ fail: 1 });
  code = 1;
}
await server.stop();
if (words.length === 0) {
  const suite = fileURLToPath(new URL('node_sdks.mjs', import.meta.url));
  code = (await run(process.execPath, [suite])) || code;
}
process.exit(code);
