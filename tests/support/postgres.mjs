// A PostgreSQL server of its own for a test, on loopback: stopped, killed, frozen and started again at will.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort, repository, startProcess, temporaryFolder } from './server.mjs';
import { until } from './wait.mjs';

const installed = () => existsSync('/usr/lib/postgresql') && readdirSync('/usr/lib/postgresql').length > 0;
export const postgresOrWhyNot = () => (installed() ? null : "there is no PostgreSQL: Debian's package postgresql");

const psql = (url, text) => execFileSync('psql', ['-X', '-q', '-t', '-A', '-v', 'ON_ERROR_STOP=1', '-c', text, url], { encoding: 'utf8' }).trim();

// Whether it takes connections: what a client asks for with TLS ("SSLRequest") is answered by one letter.
function answers(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    const end = (yes) => { socket.destroy(); done(yes); };
    socket.setTimeout(1_000, () => end(false));
    socket.once('error', () => end(false)).once('data', () => end(true));
    socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]));
  });
}

const childrenOf = (pid) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);

// settings: ["fsync=off", ...]
export async function startPostgres(settings = []) {
  const folder = temporaryFolder('postgres');
  chmodSync(folder.path, 0o711);  // where it runs as another user
  const port = await freePort('tcp');
  const url = (database = 'postgres') => `postgresql://costage@127.0.0.1:${port}/${database}`;
  const postgres = { port, url, sql: (text, database) => psql(url(database), text) };
  postgres.start = async () => {
    postgres.process = startProcess(join(repository, 'tests/support/postgres.sh'), [join(folder.path, 'data'), `${port}`, ...settings]);
    await until(async () => postgres.process.exit !== null || (await answers(port)), 'PostgreSQL to answer', 30_000);
    if (postgres.process.exit !== null) throw new Error(`PostgreSQL ended at its start: ${postgres.process.output}`);
    await until(() => { try { return postgres.sql('SELECT 1') === '1'; } catch { return false; } }, 'PostgreSQL to be ready', 30_000);
  };
  let databases = 0;
  postgres.newDatabase = () => {
    const name = `test_${++databases}`;
    postgres.sql(`CREATE DATABASE ${name}`);
    return url(name);
  };
  const signal = (name) => [...childrenOf(postgres.process.pid), postgres.process.pid].forEach((pid) => process.kill(pid, name));
  // It answers nothing and keeps its connections, as a machine that hangs.
  postgres.freeze = () => signal('SIGSTOP');
  postgres.thaw = () => signal('SIGCONT');
  postgres.kill = () => postgres.process.kill();
  postgres.halt = () => { process.kill(postgres.process.pid, 'SIGINT'); return postgres.process.ended; };
  postgres.stop = async () => { if (postgres.process.exit === null) await postgres.halt(); folder.remove(); };
  await postgres.start();
  return postgres;
}

// For tests that only need some database: one server for the whole process, a database for each data folder.
let shared = null;
const databases = new Map();
export async function databaseFor(folder) {
  shared ??= startPostgres(['fsync=off']).then((postgres) => {
    process.once('exit', () => process.kill(postgres.process.pid, 'SIGQUIT'));
    return postgres;
  });
  const postgres = await shared;
  if (!databases.has(folder)) databases.set(folder, postgres.newDatabase());
  return databases.get(folder);
}
