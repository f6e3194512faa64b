// Programs in Go that are peers of tests and benches, built once into build/peers: a real LiveKit server, and participants by
// LiveKit's Go SDK. Each gives null, or why there is none; whoever asks says so aloud.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { binaryOf, canStart, repository } from './server.mjs';

const run = promisify(execFile);
const folder = join(repository, 'build/peers');
const livekitModule = 'github.com/livekit/livekit-server/cmd/server@v1.13.5';
export const goClientBinary = join(folder, 'go_client');
export const livekitServicesBinary = join(folder, 'livekit_services');

async function build(what, args, options) {
  const go = ['/usr/local/go/bin/go', '/usr/bin/go'].find(existsSync);
  if (!go) return `there is no Go to build ${what} with`;
  mkdirSync(folder, { recursive: true });
  const env = { ...process.env, GOBIN: folder, GOTOOLCHAIN: 'auto', ...options.env };
  const failed = await run(go, args, { timeout: 900_000, ...options, env }).then(() => null, (error) => error);
  return failed && `${what} does not build: ${failed.message.split('\n').slice(0, 3).join(' ')}`;
}

export async function livekitOrWhyNot() {
  if (canStart('livekit')) return null;
  console.log(`building ${livekitModule} into build/peers, once; this takes two minutes`);
  // A folder of its own: two test files at a time may find that there is none yet.
  const own = join(folder, `livekit-${process.pid}`);
  const why = await build(livekitModule, ['install', livekitModule], { env: { GOFLAGS: '-mod=mod', GOBIN: own } });
  if (!why) renameSync(join(own, 'server'), binaryOf('livekit'));
  rmSync(own, { recursive: true, force: true });
  return why;
}

// Go itself finds out whether anything has changed.
function buildOwn(what, binary, part) {
  const source = join(repository, 'tests/interop/go_client');
  return build(what, ['build', '-o', binary, part], { cwd: source, env: { GOFLAGS: '-mod=readonly -buildvcs=false' } });
}
export const goClientOrWhyNot = () => buildOwn('the Go client', goClientBinary, '.');
export const livekitServicesOrWhyNot = () => buildOwn("LiveKit's services", livekitServicesBinary, './services');
