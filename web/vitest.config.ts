import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests see the packages as they are written, not as they were built last. */
const source = (name: string): string => fileURLToPath(new URL(`./packages/${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: Object.fromEntries(['sdk', 'react'].map((name) => [`@costage/${name}`, source(name)])),
  },
  test: {
    testTimeout: 60_000, // hangs end; nothing is judged by how busy the machine is
    include: ['packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}'],
  },
});
