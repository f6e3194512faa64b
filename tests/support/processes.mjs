// The processes of this machine, for tests that stop or kill a whole browser.
import { readdirSync, readFileSync } from 'node:fs';

// [pid, parent] of all processes.
function processes() {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
      return [[Number(name), Number(parent)]];
    } catch {
      return [];  // It has just ended.
    }
  });
}

// Of this test: the programs that it has started.
export const children = () => processes().filter(([, parent]) => parent === process.pid).map(([pid]) => pid);

export function withDescendants(roots) {
  const all = processes();
  const running = new Set(all.map(([pid]) => pid));
  const found = new Set(roots.filter((pid) => running.has(pid)));
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const [pid, parent] of all) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}
