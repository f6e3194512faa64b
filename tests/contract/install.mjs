// schemathesis in a virtual environment of its own under build/. Where it cannot be had it says why, and nothing more.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { repository } from '../support/server.mjs';

const run = promisify(execFile);
const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const folder = join(repository, 'build/contract/venv');
const stamp = join(folder, 'requirements.txt');
const timeout = 240_000;

const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(requirements, 'utf8');

const lastLine = (error) => (error.stderr || error.stdout || error.message).trim().split('\n').at(-1);

async function attempt(what, program, args) {
  await run(program, args, { timeout }).catch((error) => { throw new Error(`${what} (${lastLine(error)})`); });
}

async function install() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await attempt('python3 made no virtual environment; Debian has python3-venv for it', 'python3', ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--retries', '1', '--timeout', '15'];
  await attempt('pip could not install schemathesis', join(folder, 'bin/python'), [...pip, '--requirement', requirements]);
  writeFileSync(stamp, readFileSync(requirements));
}

// {program} or {missing: why}
export async function schemathesis() {
  try {
    if (!isInstalled()) await install();
    return { program: join(folder, 'bin/schemathesis') };
  } catch (error) {
    return { missing: error.message };
  }
}
