// Runs test files with Node's own runner; its last lines ("pass N", "fail N") are what ./dev sums.
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

// Resolves with the exit code. NODE_ENV keeps rtc-node's own log quiet.
export function runFiles(files, env = {}) {
  const options = ['--test', '--test-force-exit', '--test-concurrency=1', '--test-reporter=spec'];
  return run(process.execPath, [...options, ...files], { NODE_ENV: 'production', ...env });
}

export function run(program, args, env = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((done) => child.once('close', (code) => done(code ?? 1)));
}

// For what no test runner counts: a server that is missing or died, a suite that could not be had.
export function reportCounts({ pass = 0, fail = 0, skipped = 0 }) {
  console.log(`# pass ${pass}\n# fail ${fail}\n# skipped ${skipped}`);
}
