// node interop/run.mjs [word...]: unmodified LiveKit clients, all against one server, those with LiveKit's Node SDK in each
// of its versions; then the public suites of that SDK. With words only the test files whose names contain one.
// COSTAGE_TEST_SERVER=livekit COSTAGE_LIVEKIT=<binary> runs them against a real LiveKit server.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { binaryOf, canStart, startServer, testedServer } from '../support/server.mjs';
import { reportCounts, run, runFiles, sideBySide, testFiles } from '../support/suite.mjs';
import { versions } from './rtc_node.mjs';

const words = process.argv.slice(2);
if (!canStart(testedServer)) {
  console.log(`there is no server to test: ${binaryOf()}`);
  reportCounts({ fail: 1 });
  process.exit(1);
}
const server = await startServer();
const files = testFiles(dirname(fileURLToPath(import.meta.url)), words);
const withSdk = files.filter((file) => readFileSync(file, 'utf8').includes("from './rtc_node.mjs'"));
const others = files.filter((file) => !withSdk.includes(file));
// Those with the SDK mostly wait, and leave time for those with browsers.
const runWith = (version, tests) => runFiles(tests, { env: { COSTAGE_TEST_URL: server.http, COSTAGE_RTC_NODE: version } });
const bySdk = async () => {
  let failed = 0;
  for (const version of versions) failed = (await runWith(version, withSdk)) || failed;
  return failed;
};
let code = await sideBySide(bySdk(), runWith(versions[0], others));
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
