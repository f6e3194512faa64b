// node bench/storage.mjs [--seconds 10] [--rounds 100000] [--json FILE]
// Durable writes per second: SQLite beside the same statements in a plain group-commit loop, PostgreSQL beside pgbench with the same
// statements and as many connections; and races of two nodes on one invitation. All on this machine, with fsync.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { postgresOrWhyNot, startPostgres } from '../tests/support/postgres.mjs';
import { binaryOf, temporaryFolder } from '../tests/support/server.mjs';

const { values: options } = parseArgs({ options: { seconds: { type: 'string', default: '10' }, rounds: { type: 'string', default: '100000' }, json: { type: 'string' } } });
const binary = join(dirname(binaryOf('costage')), 'storage_bench');
const run = (...args) => JSON.parse(execFileSync(binary, [...args, '--seconds', options.seconds].map(String), { encoding: 'utf8' }));
const folder = temporaryFolder('bench');
const figures = {};

// The statements of one write of a room, as a plain client would send them.
const script = `\\set n random(0, 255)
BEGIN;
SELECT seq FROM streams WHERE stream = 'room/bench-' || :n FOR UPDATE;
UPDATE streams SET seq = seq + 1, touched_at = 1 WHERE stream = 'room/bench-' || :n;
INSERT INTO events (stream, seq, type, at, actor_id, body) SELECT stream, seq, 'room.updated', 1, 'host', repeat('x', 900) FROM streams WHERE stream = 'room/bench-' || :n;
UPDATE rooms SET title = 'Bench and so on', updated_at = updated_at + 1, version = version + 1 WHERE room_id = 'bench-' || :n;
COMMIT;
`;

function pgbench(url) {
  const file = join(folder.path, 'write.sql');
  writeFileSync(file, script);
  const text = execFileSync('pgbench', ['-n', '-M', 'prepared', '-c', '4', '-j', '2', '-T', options.seconds, '-f', file, url], { encoding: 'utf8' });
  return Math.round(Number(/tps = ([\d.]+)/.exec(text)[1]));
}

figures.sqlite = run('writes', '--data', join(folder.path, 'ours'));
figures.rawSqlite = run('raw', '--data', join(folder.path, 'raw'), '--together', Math.round(figures.sqlite.unitsPerCommit));
figures.sqliteToRaw = figures.sqlite.writesPerSecond / figures.rawSqlite.writesPerSecond;
console.log(`SQLite: ${figures.sqlite.writesPerSecond} writes/s, ${figures.sqlite.unitsPerCommit} per commit; plain loop ${figures.rawSqlite.writesPerSecond}/s; ratio ${figures.sqliteToRaw.toFixed(2)}`);

if (postgresOrWhyNot()) {
  console.log(`SKIPPED: PostgreSQL: ${postgresOrWhyNot()}`);
} else {
  const postgres = await startPostgres(['max_connections=60']);
  try {
    const database = postgres.newDatabase();
    figures.postgres = run('writes', '--database', database);
    figures.pgbench = { writesPerSecond: pgbench(database) };
    figures.postgresToPgbench = figures.postgres.writesPerSecond / figures.pgbench.writesPerSecond;
    console.log(`PostgreSQL: ${figures.postgres.writesPerSecond} writes/s; pgbench ${figures.pgbench.writesPerSecond}/s; ratio ${figures.postgresToPgbench.toFixed(2)}`);
    figures.races = run('races', '--database', database, '--rounds', options.rounds);
    const { rounds, accepted, cancelled, expired, wrong, p50Ms, p99Ms } = figures.races;
    console.log(`races: ${rounds} rounds, ${accepted} accepted, ${cancelled} cancelled, ${expired} expired, ${wrong} wrong; p50 ${p50Ms} ms, p99 ${p99Ms} ms`);
  } finally {
    await postgres.stop();
  }
}
folder.remove();
if (options.json) writeFileSync(options.json, JSON.stringify(figures, null, 2));
