// node e2e/run.mjs [--screenshot DIR] [--update] [word...]: tests in real browsers and of the whole program, each with its own
// server. --update keeps how screens look now.
// COSTAGE_TEST_SERVER=livekit runs those that a plain LiveKit server must pass, too.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { binaryOf, canStart, testedServer } from '../support/server.mjs';
import { reportCounts, runFiles, sideBySide, testFiles } from '../support/suite.mjs';

const { values, positionals } = parseArgs({ options: { screenshot: { type: 'string' }, update: { type: 'boolean' } }, allowPositionals: true });
if (!canStart(testedServer)) {
  console.log(`there is no server to test: ${binaryOf()}`);
  reportCounts({ fail: 1 });
  process.exit(1);
}
if (values.screenshot) {
  const { takeScreenshots } = await import('./screenshots.mjs');
  await takeScreenshots(values.screenshot);
  process.exit(0);
}
if (values.update) process.env.COSTAGE_UPDATE_SCREENS = '1';
const words = testedServer === 'livekit' ? ['livekit_client', 'webhook_fields'] : positionals;
const files = testFiles(dirname(fileURLToPath(import.meta.url)), words);
// What measures a connection or a page's pace has the machine for itself. Two of the others at a time leave a third of it idle, and
// files without a browser mostly wait.
const says = (pattern) => (file) => pattern.test(readFileSync(file, 'utf8'));
const alone = files.filter(says(/^\/\/ Runs alone: /m));
const [browsers, others] = [true, false].map((has) => files.filter((file) => !alone.includes(file) && says(/launch(Browser|Firefox)|plainPages/)(file) === has));
const first = await runFiles(alone);
process.exit((await sideBySide(runFiles(browsers, { workers: 2 }), runFiles(others))) || first);
