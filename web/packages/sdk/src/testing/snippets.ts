// What a guide shows, compiled against what the packages have.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const kPackages = fileURLToPath(new URL('../../..', import.meta.url));

interface Snippet {
  line: number;
  code: string;
}

function snippetsOf(markdown: string): Snippet[] {
  return [...markdown.matchAll(/^```tsx?\n(.*?)^```/gms)].map((found) => ({ line: markdown.slice(0, found.index).split('\n').length, code: found[1]! }));
}

/** Imports stay outside, the rest is a block of its own, which may have names that are given. */
function toModule({ code }: Snippet, given: string): string {
  const lines = code.split('\n');
  const isImport = (line: string): boolean => line.startsWith('import ');
  const body = lines.filter((line) => !isImport(line)).map((line) => line.replace(/^export /, ''));
  return `${given}\n${lines.filter(isImport).join('\n')}\n{\n${body.join('\n')}\n}\nexport {};\n`;
}

const kOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  jsx: ts.JsxEmit.ReactJSX,
  strict: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  paths: {
    '@costage/sdk/compat': [`${kPackages}sdk/src/compat.ts`],
    '@costage/sdk/server': [`${kPackages}sdk/src/server/index.ts`],
    '@costage/*': [`${kPackages}*/src/index.ts`],
  },
};

function problemsOf(modules: ReadonlyMap<string, string>): string[] {
  const host = ts.createCompilerHost(kOptions);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => modules.get(name) ?? readFile(name);
  host.fileExists = (name) => modules.has(name) || fileExists(name);
  host.getSourceFile = (name, ...more) => {
    const text = modules.get(name);
    return text === undefined ? getSourceFile(name, ...more) : ts.createSourceFile(name, text, kOptions.target!);
  };
  const program = ts.createProgram([...modules.keys()], kOptions, host);
  const found = [...modules.keys()].flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)));
  return found.map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.text.slice(0, start).split('\n').length : 0;
    return `${file?.fileName.replace(/^.*\//, '')}: ${ts.flattenDiagnosticMessageText(messageText, ' ')} | ${file?.text.split('\n')[line - 1] ?? ''}`;
  });
}

/** `given` declares what the snippets take as there; they stand in `folder`, whose packages they have. */
export function compileSnippets(guides: URL | readonly URL[], given: string, folder: URL = new URL('src/', [guides].flat()[0])): { count: number; problems: string[] } {
  const modules = new Map<string, string>();
  for (const path of [guides].flat().map((guide) => fileURLToPath(guide))) {
    for (const one of snippetsOf(readFileSync(path, 'utf8'))) modules.set(`${fileURLToPath(folder)}${basename(path, '.md')}_line_${one.line}.tsx`, toModule(one, given));
  }
  return { count: modules.size, problems: problemsOf(modules) };
}
