// @vitest-environment node
// What the guide shows compiles against what the package has.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const kSource = fileURLToPath(new URL('.', import.meta.url));
const kReadme = join(kSource, '../README.md');

/** What the snippets take as given. */
const kGiven = `
import type * as Sdk from '@costage/sdk';
declare const url: string, hostToken: string, guestToken: string, apiKey: string, apiSecret: string;
declare const roomId: string, userId: string, guestId: string, messageId: string, cameraId: string;
declare const client: Sdk.Client, room: Sdk.RoomHandle, invitation: Sdk.LiveInvitation, preview: Sdk.Preview;
declare const videoElement: HTMLVideoElement;
declare function show(...what: unknown[]): void;
declare function draw(...what: unknown[]): void;
declare function warn(...what: unknown[]): void;
declare function toast(...what: unknown[]): void;
declare function float(...what: unknown[]): void;
declare function decide(...what: unknown[]): void;
`;

interface Snippet {
  line: number;
  code: string;
}

function snippets(markdown: string): Snippet[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```/gms)].map((found) => ({ line: markdown.slice(0, found.index).split('\n').length, code: found[1]! }));
}

/** Imports stay outside, the rest is a block of its own, which may have names that are given. */
function toModule({ code }: Snippet): string {
  const lines = code.split('\n');
  const isImport = (line: string): boolean => line.startsWith('import ');
  const body = lines.filter((line) => !isImport(line)).map((line) => line.replace(/^export /, ''));
  return `${kGiven}${lines.filter(isImport).join('\n')}\n{\n${body.join('\n')}\n}\nexport {};\n`;
}

function problemsOf(modules: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    strict: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    paths: {
      '@costage/sdk': [join(kSource, 'index.ts')],
      '@costage/sdk/compat': [join(kSource, 'compat.ts')],
      '@costage/sdk/server': [join(kSource, 'server/index.ts')],
    },
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => modules.get(name) ?? readFile(name);
  host.fileExists = (name) => modules.has(name) || fileExists(name);
  host.getSourceFile = (name, ...more) => {
    const text = modules.get(name);
    return text === undefined ? getSourceFile(name, ...more) : ts.createSourceFile(name, text, options.target!);
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  const found = [...modules.keys()].flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)));
  return found.map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.text.slice(0, start).split('\n').length : 0;
    return `${file?.fileName.replace(/^.*\//, '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')} | ${file?.text.split('\n')[line - 1] ?? ''}`;
  });
}

it('every snippet of the guide compiles', () => {
  const all = snippets(readFileSync(kReadme, 'utf8'));
  expect(all.length).toBeGreaterThan(10);
  const modules = new Map(all.map((one) => [join(kSource, `readme_line_${one.line}.ts`), toModule(one)]));
  expect(problemsOf(modules)).toEqual([]);
}, 240_000);
