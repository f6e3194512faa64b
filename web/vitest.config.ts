import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Tests see the packages as they are written, not as they were built last.
  resolve: {
    alias: [{ find: /^@costage\/(\w+)$/, replacement: fileURLToPath(new URL('./packages/$1/src/index.ts', import.meta.url)) }],
  },
  test: {
    testTimeout: 60_000, // hangs end; nothing is judged by how busy the machine is
    include: ['packages/*.test.ts', 'packages/*/src/**/*.test.{ts,tsx}', 'apps/*/src/**/*.test.{ts,tsx}'],
  },
});
