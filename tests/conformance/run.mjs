// node conformance/run.mjs [word...]: one suite on each engine: the embedded media server, and a real LiveKit server; files that begin
// with "livekit_" are about the latter alone.
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { livekitOrWhyNot } from '../support/go.mjs';
import { reportCounts, runFiles, testFiles } from '../support/suite.mjs';

const files = testFiles(dirname(fileURLToPath(import.meta.url)), process.argv.slice(2));
const ofBoth = files.filter((file) => !basename(file).startsWith('livekit_'));
const on = (engine) => runFiles(engine === 'livekit' ? files : ofBoth, { env: { COSTAGE_TEST_ENGINE: engine, COSTAGE_RTC_NODE: 'rtc-node-v1' } });

let code = await on('embedded');
const whyNot = await livekitOrWhyNot();
if (whyNot) {
  console.log(`SKIPPED: conformance on a LiveKit server: ${whyNot}`);
  reportCounts({ skipped: files.length });
} else {
  code = (await on('livekit')) || code;
}
process.exit(code);
