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
// Those without a browser mostly wait.
const hasBrowser = (file) => /launch(Browser|Firefox)|plainPages/.test(readFileSync(file, 'utf8'));
process.exit(await sideBySide(runFiles(files.filter(hasBrowser)), runFiles(files.filter((file) => !hasBrowser(file)))));
