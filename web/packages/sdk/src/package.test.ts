// @vitest-environment node
// What somebody gets who installs the package: built anew here, so that nothing older is looked at.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect, it } from 'vitest';

const kSource = fileURLToPath(new URL('..', import.meta.url));
const kWeb = fileURLToPath(new URL('../../..', import.meta.url));
/** A compiler on a busy machine. */
const kPatienceMs = 240_000;
let folder: string;
let built: string;

function run(command: string, args: string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const binary = (name: string): string => join(kWeb, 'node_modules/.bin', name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sdk-package-'));
  // Where a program finds it, beside its peer.
  built = join(folder, 'node_modules/@costage/sdk');
  mkdirSync(built, { recursive: true });
  symlinkSync(join(kWeb, 'node_modules/livekit-client'), join(folder, 'node_modules/livekit-client'));
  for (const name of ['package.json', 'README.md', 'LICENSE']) cpSync(join(kSource, name), join(built, name));
  run(binary('tsc'), ['-p', 'tsconfig.build.json', '--outDir', join(built, 'dist')], kSource);
}, kPatienceMs);

afterAll(() => rmSync(folder, { recursive: true }));

interface Packed {
  files: { path: string }[];
}

it('holds what runs, its types, its maps, how to use it and under what terms, and nothing else', () => {
  const [packed] = JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], built)) as [Packed];
  const paths = packed.files.map(({ path }) => path);
  expect(paths).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts', 'dist/compat.js', 'dist/server/index.js', 'dist/generated/openapi.d.ts']));
  expect(paths.filter((path) => !/^(package\.json|README\.md|LICENSE|dist\/.*\.(js|js\.map|d\.ts))$/.test(path))).toEqual([]);
  expect(paths.filter((path) => /\.test\.|testing\//.test(path))).toEqual([]);
});

it('has the terms of the project', () => {
  expect(readFileSync(join(kSource, 'LICENSE'), 'utf8')).toBe(readFileSync(join(kWeb, '../LICENSE'), 'utf8'));
});

it('has maps that hold their sources', () => {
  const maps = readdirSync(join(built, 'dist'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.map'));
  expect(maps.length).toBeGreaterThan(50);
  for (const name of maps) {
    const map = JSON.parse(readFileSync(join(built, 'dist', name), 'utf8')) as { sources: string[]; sourcesContent?: (string | null)[] };
    expect(map.sources.length, name).toBe(1);
    expect(typeof map.sourcesContent?.[0], name).toBe('string');
  }
});

it('is what bundlers and registries expect', async () => {
  const { messages, pkg } = await publint({ pkgDir: built, strict: true, pack: false });
  expect(messages.map((message) => formatMessage(message, pkg as Record<string, unknown>))).toEqual([]);
});

it('has types that are found by every way of resolving modules that can load it', () => {
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], built);
  const [archive] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  const told = JSON.parse(run(binary('attw'), [join(folder, archive!), '--profile', 'esm-only', '--format', 'json', '--exclude-entrypoints', 'package.json'], folder)) as { problems: Record<string, { resolutionKind: string }[]> };
  // Without `exports`, and from CommonJS without require(esm), no ES module can be loaded.
  const found = Object.values(told.problems).flat().filter((one) => !['node10', 'node16-cjs'].includes(one.resolutionKind));
  expect(found).toEqual([]);
}, kPatienceMs);

it('is loaded by import, and by require, on the Node that it asks for', () => {
  const program = `const names = (all) => Object.keys(all).length;
    const entries = ['@costage/sdk', '@costage/sdk/compat', '@costage/sdk/server'];
    Promise.all(entries.map((one) => import(one))).then((all) => console.log(JSON.stringify([all.map(names), entries.map((one) => names(require(one)))])));`;
  const [imported, required] = JSON.parse(run(process.execPath, ['--no-warnings', '-e', program], folder)) as [number[], number[]];
  expect(imported.every((count) => count > 0)).toBe(true);
  expect(required).toEqual(imported);
  expect(createRequire(join(built, 'package.json'))('./package.json').engines.node).toBe('>=20.19');
});
