// @vitest-environment node
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown, type OutputChunk } from 'rolldown';
import { expect, it } from 'vitest';

const kEntry = fileURLToPath(new URL('./index.ts', import.meta.url));
/** Bytes, minified and gzipped: what a page loads before any media. */
const kMostOfCore = 15_000;

/** What an application's bundler makes of these lines. */
async function bundled(program: string): Promise<OutputChunk[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sdk-size-'));
  const input = join(folder, 'app.ts');
  writeFileSync(input, program.replace('@costage/sdk', kEntry));
  try {
    const build = await rolldown({ input, external: ['livekit-client'], preserveEntrySignatures: 'allow-extension' });
    const { output } = await build.generate({ format: 'es', minify: true });
    await build.close();
    return output.filter((one) => one.type === 'chunk');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The entry and all that is loaded with it. */
function loadedAtOnce(chunks: readonly OutputChunk[]): OutputChunk[] {
  const loaded = new Set(chunks.filter((one) => one.isEntry));
  for (const chunk of loaded) for (const name of chunk.imports) chunks.filter((one) => one.fileName === name).forEach((one) => loaded.add(one));
  return [...loaded];
}

const gzipped = (chunks: readonly OutputChunk[]): number => chunks.reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
const modulesOf = (chunks: readonly OutputChunk[]): string[] => chunks.flatMap((one) => one.moduleIds.map((id) => id.replace(/^.*\/sdk\/src\//, '')));

it('a client without media stays small, and loads neither livekit-client nor the engines of media', async () => {
  const chunks = await bundled(`export { createClient } from '@costage/sdk';`);
  const core = loadedAtOnce(chunks);
  expect(core.flatMap((one) => one.imports)).not.toContain('livekit-client');
  expect(modulesOf(core)).toContain('media/media.ts');
  expect(modulesOf(core).filter((id) => /engine\.ts|connection\.ts|participants\.ts|readiness|probe|journey|preview|gress/.test(id))).toEqual([]);
  expect(modulesOf(chunks)).toContain('media/engine.ts');
  expect(gzipped(core)).toBeLessThan(kMostOfCore);
});

it('what not every app needs comes with its function only', async () => {
  const chunks = await bundled(`export { createClient, createJourney } from '@costage/sdk';`);
  expect(modulesOf(loadedAtOnce(chunks))).toContain('stage/stage_journey.ts');
  expect(modulesOf(loadedAtOnce(chunks)).filter((id) => /readiness|probe|preview/.test(id))).toEqual([]);
});
