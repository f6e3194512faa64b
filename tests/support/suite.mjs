// Runs test files with Node's own runner; its last lines ("pass N", "fail N") are what ./dev sums.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

// The `*.test.mjs` of a folder; with words on the command line only those whose names contain one of them.
export function testFiles(folder, words = []) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.mjs'))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
    .sort()
    .map((name) => join(folder, name));
}

const options = ['--test', '--test-force-exit', '--test-concurrency=1', '--test-reporter=spec'];

// Each file by itself, `workers` at the same time; resolves with the exit code. A file that fails is run once more when all others are
// done, alone: browsers and real time on a machine that does other things as well fail now and then. It counts as it ends then, and
// what failed first is told. NODE_ENV keeps rtc-node's own log quiet.
export async function runFiles(files, { env = {}, workers = 1 } = {}) {
  const waiting = [...files];
  const failed = [];
  const work = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const first = await outputOf(file, env);
      if (first.code === 0) console.log(`${first.text}\n${basename(file)}: ${first.seconds} s`);
      else failed.push({ file, first });
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  let code = 0;
  for (const { file, first } of failed) code = (await runAgain(file, first, env)) || code;
  return code;
}

async function runAgain(file, first, env) {
  const again = await outputOf(file, env);
  const end = again.code === 0 ? 'passed' : 'failed again';
  console.log(`${uncounted(first.text)}\n${again.text}\n${basename(file)}: RUN AGAIN because it failed, and it ${end}: ${first.seconds} s, ${again.seconds} s`);
  return again.code;
}

// Lanes of work at the same time, for what leaves time to others; the first exit code that is not 0.
export const sideBySide = async (...lanes) => (await Promise.all(lanes)).find((code) => code !== 0) ?? 0;

// What failed stays to be read; its sums do not.
const uncounted = (text) => text.replace(/^(ℹ|#) (pass|fail|skipped) (\d+)$/gm, 'at first: $2 $3').replace(/^✖ failing tests:$/m, 'failed at first:');

async function outputOf(file, env) {
  const begun = performance.now();
  let text = '';
  const code = await run(process.execPath, [...options, file], { NODE_ENV: 'production', ...env }, (part) => { text += part; });
  return { code, text, seconds: Math.round((performance.now() - begun) / 1000) };
}

// What the program prints goes to `keep`, or to where this one prints.
export function run(program, args, env = {}, keep) {
  const stdio = keep ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', keep);
  return new Promise((done) => child.once('close', (code) => done(code ?? 1)));
}

// For what no test runner counts: a server that is missing or died, a suite that could not be had.
export function reportCounts({ pass = 0, fail = 0, skipped = 0 }) {
  console.log(`# pass ${pass}\n# fail ${fail}\n# skipped ${skipped}`);
}
