// Runs test files with Node's own runner against one server, and prints the counts in the words that ./dev sums.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

// The `*.test.mjs` of a folder; with words on the command line only those whose names contain one of them.
export function testFiles(folder, words = []) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.test.mjs'))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
    .sort()
    .map((name) => join(folder, name));
}

// Node prints "# pass N" and "# fail N" itself with the tap reporter; the spec reporter is easier to read but marks
// them with another sign.
export function runFiles(files, env = {}) {
  const options = ['--test', '--test-force-exit', '--test-concurrency=1', '--test-reporter=spec'];
  const tests = spawn(process.execPath, [...options, ...files], {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let tail = '';
  tests.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    tail = (tail + chunk).slice(-1_000_000);
  });
  return new Promise((done) => tests.once('close', (code) => done({ code, ...countsIn(tail) })));
}

function countsIn(output) {
  const count = (word) => Number(output.match(new RegExp(`^. ${word} (\\d+)$`, 'm'))?.[1] ?? 0);
  return { pass: count('pass'), fail: count('fail') + count('cancelled'), skipped: count('skipped') };
}

export function printCounts({ pass = 0, fail = 0, skipped = 0 }) {
  console.log(`# pass ${pass}\n# fail ${fail}\n# skipped ${skipped}`);
}
