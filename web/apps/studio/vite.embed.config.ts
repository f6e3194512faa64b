// dist/embed.js: <costage-show> as a plain script, for pages of other sites. Built last, and compresses what lies there by then.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressed } from './tools/compressed.js';

export default defineConfig({
  publicDir: false,
  plugins: [compressed()],
  build: {
    target: 'es2022',
    emptyOutDir: false,
    lib: { entry: fileURLToPath(new URL('../../packages/embed/src/define.ts', import.meta.url)), formats: ['iife'], name: 'costageEmbed', fileName: () => 'embed.js' },
  },
});
