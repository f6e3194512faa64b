// node conformance/run.mjs [word...]: one suite on each database (SQLite, PostgreSQL) and on each engine: the embedded media server, a
// real LiveKit server, and a cluster of two; files that begin with "livekit_" are about LiveKit alone, and run once, as do those that begin
// with "nodes": about several nodes of costage.
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { livekitOrWhyNot } from '../support/go.mjs';
import { redisOrWhyNot } from '../support/livekit_cluster.mjs';
import { nodesOrWhyNot } from '../support/nodes.mjs';
import { postgresOrWhyNot } from '../support/postgres.mjs';
import { reportCounts, runFiles, testFiles } from '../support/suite.mjs';

const files = testFiles(dirname(fileURLToPath(import.meta.url)), process.argv.slice(2));
const startingWith = (start) => files.filter((file) => basename(file).startsWith(start));
const ofClusters = startingWith('livekit_cluster');
const ofServers = startingWith('livekit_').filter((file) => !ofClusters.includes(file));
const ofNodes = startingWith('nodes');
const ofAll = files.filter((file) => !basename(file).startsWith('livekit_') && !ofNodes.includes(file));
const on = (engine, chosen, env) => runFiles(chosen, { env: { COSTAGE_TEST_ENGINE: engine, COSTAGE_RTC_NODE: 'rtc-node-v1', ...env } });

let code = await on('embedded', ofAll);
if (postgresOrWhyNot()) {
  console.log(`SKIPPED: conformance on PostgreSQL: ${postgresOrWhyNot()}`);
  reportCounts({ skipped: ofAll.length });
} else {
  code = (await on('embedded', ofAll, { COSTAGE_TEST_DATABASE: 'postgres' })) || code;
}
const noLivekit = await livekitOrWhyNot();
for (const [engine, what, own, whyNot] of [
  ['livekit', 'a LiveKit server', ofServers, noLivekit],
  ['cluster', 'a LiveKit cluster', ofClusters, noLivekit ?? redisOrWhyNot()],
]) {
  const chosen = [...ofAll, ...own];
  if (whyNot) {
    console.log(`SKIPPED: conformance on ${what}: ${whyNot}`);
    reportCounts({ skipped: chosen.length });
  } else {
    code = (await on(engine, chosen)) || code;
  }
}
const noNodes = await nodesOrWhyNot();
if (noNodes && ofNodes.length > 0) {
  console.log(`SKIPPED: several nodes: ${noNodes}`);
  reportCounts({ skipped: ofNodes.length });
} else if (ofNodes.length > 0) {
  code = (await on('embedded', ofNodes)) || code;
}
process.exit(code);
