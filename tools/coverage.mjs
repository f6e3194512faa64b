// node tools/coverage.mjs BUILD_FOLDER FOLDER...: what the tests that ran in BUILD_FOLDER (compiled with --coverage)
// reached in the sources of each FOLDER: lines and decisions per file, then every line that nobody reached.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const LISTED = 200;
const root = process.cwd();
const [build, ...folders] = process.argv.slice(2);

// No decisions of ours: the guard of a static, a comparison member by member, an assertion. The cases of a switch are lines.
const NO_DECISION = /^\s*(static|switch)\b|= default;|COSTAGE_CHECK\(/;
// What only a broken program reaches, and brackets: the end of a block that is left before counts as not reached.
const NEVER = /COSTAGE_CHECK\(false,|^[\s{}()[\];,]*$/;

const wanted = (file) => folders.some((f) => file.startsWith(f + '/')) && !/_test\.[ch]pp$|\/testing\//.test(file);

function* notes(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* notes(path.join(folder, entry.name));
    else if (entry.name.endsWith('.gcno')) yield path.join(folder, entry.name);
  }
}

// The decisions of a line, each the counts of its ways. gcov lists the ways out of one place side by side: of a call that
// may throw "went on, threw", which is no decision; of a condition "jumped, went on"; of a switch all its jumps.
function decisions(branches) {
  const found = [];
  for (let i = 0; i < branches.length; ) {
    const [a, b] = branches.slice(i, i + 2);
    if (a.throw || b?.throw) {
      i += 2;
    } else if (b && a.fallthrough !== b.fallthrough) {
      found.push([a.count, b.count]);
      i += 2;
    } else {
      const begin = i;
      while (i < branches.length && !branches[i].throw && !branches[i].fallthrough) ++i;
      if (i === begin) ++i;
      found.push(branches.slice(begin, i).map((way) => way.count));
    }
  }
  return found;
}

const same = (a, b) => a.length === b.length && a.every((ways, i) => ways.length === b[i].length);
const add = (a, b) => a.map((ways, i) => ways.map((n, k) => n + b[i][k]));

// file -> line -> what all programs, and all instances of a template, counted there together
const files = new Map();
function take(file, line) {
  if (!files.has(file)) files.set(file, new Map());
  const lines = files.get(file);
  const known = lines.get(line.line_number);
  const found = decisions(line.branches);
  if (!known) lines.set(line.line_number, { count: line.count, decisions: found });
  else {
    if (same(known.decisions, found)) known.decisions = add(known.decisions, found);
    else if (known.count === 0) known.decisions = found;
    known.count += line.count;
  }
}

for (const note of notes(build)) {
  const out = execFileSync('gcov', ['--json-format', '--stdout', '--branch-probabilities', path.resolve(note)], {
    maxBuffer: 2 ** 30, cwd: build, stdio: ['ignore', 'pipe', 'ignore'],
  });
  for (const text of out.toString().split('\n').filter(Boolean)) {
    for (const { file, lines } of JSON.parse(text).files) {
      const name = path.relative(root, path.resolve(build, file));
      if (wanted(name)) for (const line of lines) take(name, line);
    }
  }
}

const percent = (part, whole) => (whole === 0 ? '     -' : ((100 * part) / whole).toFixed(1).padStart(6));
const row = (name, c) =>
  console.log(`${name.padEnd(44)} ${String(c.lines).padStart(5)} ${percent(c.reached, c.lines)} %  ${String(c.ways).padStart(5)} ${percent(c.taken, c.ways)} %`);

console.log(`${''.padEnd(44)} lines  reached  ways    taken`);
const unreached = [];
const partly = [];
for (const folder of folders) {
  const total = { lines: 0, reached: 0, ways: 0, taken: 0 };
  for (const file of [...files.keys()].filter((f) => f.startsWith(folder + '/')).sort()) {
    const text = readFileSync(file, 'utf8').split('\n');
    const here = { lines: 0, reached: 0, ways: 0, taken: 0 };
    for (const [number, line] of [...files.get(file)].sort(([a], [b]) => a - b)) {
      const source = text[number - 1] ?? '';
      if (NEVER.test(source)) continue;
      ++here.lines;
      if (line.count > 0) ++here.reached;
      else unreached.push(`${file}:${number}: ${source.trim()}`);
      if (NO_DECISION.test(source)) continue;
      // A decision that never came up on a line that was reached: cleaning up after an exception, or behind another
      // decision of this line that went one way only and is told.
      const asked = line.decisions.filter((ways) => line.count === 0 || ways.some((n) => n > 0)).flat();
      const taken = asked.filter((n) => n > 0).length;
      here.ways += asked.length;
      here.taken += taken;
      if (line.count > 0 && taken < asked.length) partly.push(`${file}:${number}: ${source.trim()}`);
    }
    row(file, here);
    for (const key of Object.keys(total)) total[key] += here[key];
  }
  row(`${folder} in all`, total);
}

function list(what, lines) {
  console.log(`\n${what}: ${lines.length}`);
  for (const line of lines.slice(0, LISTED)) console.log(line);
  if (lines.length > LISTED) console.log(`... and ${lines.length - LISTED} more`);
}
list('lines that no test reached', unreached);
list('lines whose decisions did not go every way', partly);
