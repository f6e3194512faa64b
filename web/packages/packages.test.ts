// @vitest-environment node
// What somebody gets who installs the packages: built, packed and unpacked anew here, so that nothing older is looked at.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { bundle as bundleStyles } from 'lightningcss';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileSnippets } from './sdk/src/testing/snippets.js';

const kWeb = fileURLToPath(new URL('..', import.meta.url));
/** A compiler on a busy machine. */
const kPatienceMs = 240_000;

interface Expected {
  /** Among its files. */
  holds: string[];
  /** Bytes of its own code, minified and gzipped: all that it can load. */
  mostCode: number;
}

/** Each after those that it needs. */
const kPackages: Record<string, Expected> = {
  sdk: { holds: ['dist/index.js', 'dist/index.d.ts', 'dist/compat.js', 'dist/server/index.js', 'dist/generated/openapi.d.ts'], mostCode: 40_500 },
  react: { holds: ['dist/index.js', 'dist/index.d.ts'], mostCode: 2_500 },
  ui: { holds: ['dist/index.js', 'dist/index.d.ts', 'dist/styles/index.css', 'dist/styles/tokens.css'], mostCode: 67_000 },
  embed: { holds: ['dist/index.js', 'dist/index.d.ts', 'dist/define.js'], mostCode: 1_800 },
};

/** Bytes, minified and gzipped. */
const kMostStyles = 10_000;

interface Manifest {
  engines: { node: string };
  exports: Record<string, string | { types: string; default: string }>;
}

interface Packed {
  filename: string;
  files: { path: string }[];
}

const kFolder = mkdtempSync(join(tmpdir(), 'packages-'));
const kApp = join(kFolder, 'app');
const packed = new Map<string, Packed>();

async function run(command: string, args: string[], cwd: string): Promise<string> {
  return (await promisify(execFile)(command, args, { cwd, encoding: 'utf8', maxBuffer: 64 << 20 })).stdout;
}

const installed = (name: string): string => join(kApp, 'node_modules/@costage', name);
const manifestOf = (name: string): Manifest => JSON.parse(readFileSync(join(installed(name), 'package.json'), 'utf8')) as Manifest;
const modulesOf = (name: string): string[] => Object.entries(manifestOf(name).exports).filter(([, to]) => typeof to === 'object').map(([entry]) => entry);

/** What is not ours, as it is installed here. */
function linkOthers(folder: string): void {
  mkdirSync(join(folder, 'node_modules/@costage'), { recursive: true });
  for (const name of readdirSync(join(kWeb, 'node_modules'))) {
    if (name !== '@costage') symlinkSync(join(kWeb, 'node_modules', name), join(folder, 'node_modules', name));
  }
}

beforeAll(async () => {
  const workspace = join(kFolder, 'web');
  linkOthers(workspace);
  linkOthers(kApp);
  cpSync(join(kWeb, 'tsconfig.base.json'), join(workspace, 'tsconfig.base.json'));
  for (const name of Object.keys(kPackages)) {
    const folder = join(workspace, 'packages', name);
    cpSync(join(kWeb, 'packages', name), folder, { recursive: true, filter: (path) => !['dist', 'node_modules'].includes(basename(path)) });
    symlinkSync(folder, join(workspace, 'node_modules/@costage', name));
    await run('npm', ['run', 'build', '--ignore-scripts'], folder);
    const [made] = JSON.parse(await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', kFolder], folder)) as [Packed];
    packed.set(name, made);
    mkdirSync(installed(name));
    await run('tar', ['-xzf', join(kFolder, made.filename), '--strip-components=1', '-C', installed(name)], kFolder);
  }
}, kPatienceMs);

afterAll(() => rmSync(kFolder, { recursive: true }));

const gzipped = (code: string | Uint8Array): number => gzipSync(code, { level: 9 }).length;

/** A page loads the one that it speaks. */
const isLanguage = ({ facadeModuleId }: { facadeModuleId: string | null }): boolean => /\/words\/[^/]+\/index\.js$/.test(facadeModuleId ?? '');

/** Its own code, from all its entries, without what it takes from others. */
async function sizeOf(name: string): Promise<number> {
  const { exports } = manifestOf(name);
  const input = Object.values(exports).flatMap((to) => (typeof to === 'object' ? [join(installed(name), to.default)] : []));
  const build = await rolldown({ input, external: /^[^./]/ });
  const { output } = await build.generate({ format: 'es', minify: true });
  await build.close();
  return output.reduce((sum, one) => sum + (one.type === 'chunk' && !isLanguage(one) ? gzipped(one.code) : 0), 0);
}

describe.each(Object.entries(kPackages))('@costage/%s', (name, { holds, mostCode }) => {
  it('holds what runs, its types, its maps, how to use it and under what terms, and nothing else', () => {
    const paths = packed.get(name)!.files.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE', ...holds]));
    expect(paths.filter((path) => !/^(package\.json|README\.md|LICENSE|dist\/.*\.(js|js\.map|d\.ts)|dist\/styles\/.*\.css)$/.test(path))).toEqual([]);
    expect(paths.filter((path) => /\.test\.|testing\//.test(path))).toEqual([]);
  });

  it('has the terms of the project', () => {
    expect(readFileSync(join(installed(name), 'LICENSE'), 'utf8')).toBe(readFileSync(join(kWeb, '../LICENSE'), 'utf8'));
  });

  it('has maps that hold their sources', () => {
    const maps = readdirSync(join(installed(name), 'dist'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.map'));
    expect(maps.length).toBeGreaterThan(2);
    for (const path of maps) {
      const map = JSON.parse(readFileSync(join(installed(name), 'dist', path), 'utf8')) as { sources: string[]; sourcesContent?: (string | null)[] };
      expect(map.sources.length, path).toBe(1);
      expect(typeof map.sourcesContent?.[0], path).toBe('string');
    }
  });

  it('is what bundlers and registries expect', async () => {
    const { messages, pkg } = await publint({ pkgDir: installed(name), strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg as Record<string, unknown>))).toEqual([]);
  });

  it('has types that are found by every way of resolving modules that can load it', async () => {
    const notModules = Object.keys(manifestOf(name).exports).filter((entry) => !modulesOf(name).includes(entry));
    const attw = join(kWeb, 'node_modules/.bin/attw');
    const told = JSON.parse(await run(attw, [join(kFolder, packed.get(name)!.filename), '--profile', 'esm-only', '--format', 'json', '--exclude-entrypoints', ...notModules], kFolder)) as { problems: Record<string, { resolutionKind: string }[]> };
    // Without `exports`, and from CommonJS without require(esm), no ES module can be loaded.
    const found = Object.values(told.problems).flat().filter((one) => !['node10', 'node16-cjs'].includes(one.resolutionKind));
    expect(found).toEqual([]);
  }, kPatienceMs);

  it('is loaded by import, and by require, on the Node that it asks for', async () => {
    const entries = modulesOf(name).map((entry) => `@costage/${name}${entry.slice(1)}`);
    const program = `const names = (all) => Object.keys(all).length;
      const entries = ${JSON.stringify(entries)};
      Promise.all(entries.map((one) => import(one))).then((all) => console.log(JSON.stringify([all.map(names), entries.map((one) => names(require(one)))])));`;
    const [imported, required] = JSON.parse(await run(process.execPath, ['--no-warnings', '-e', program], kApp)) as [number[], number[]];
    expect(imported[0]).toBeGreaterThan(0);
    expect(required).toEqual(imported);
    expect(manifestOf(name).engines.node).toBe('>=20.19');
  });

  it('is no larger than it has to be', async () => {
    expect(await sizeOf(name)).toBeLessThan(mostCode);
  });
});

it('@costage/ui has a stylesheet that finds all its parts', () => {
  const { code } = bundleStyles({ filename: join(installed('ui'), manifestOf('ui').exports['./styles.css'] as string), minify: true });
  expect(gzipped(code)).toBeLessThan(kMostStyles);
});

it('@costage/ui has a guide whose snippets compile', () => {
  const { count, problems } = compileSnippets(new URL('./ui/README.md', import.meta.url), '');
  expect(count).toBe(1);
  expect(problems).toEqual([]);
}, kPatienceMs);
