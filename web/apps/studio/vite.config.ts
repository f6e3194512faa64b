import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import studio from './package.json' with { type: 'json' };

const server = process.env['COSTAGE_URL'] ?? 'http://127.0.0.1:7880';
const packages = fileURLToPath(new URL('../../packages/', import.meta.url));
const proxy = {
  '/v1': { target: server, ws: true },
  '/healthz': { target: server },
};

export default defineConfig(({ command }) => ({
  // Relative, so that the same files work under any path that a proxy gives them.
  base: command === 'build' ? './' : '/',
  plugins: [react()],
  define: { __STUDIO_VERSION__: JSON.stringify(studio.version) },
  resolve: {
    alias: [
      { find: '@costage/ui/styles.css', replacement: `${packages}ui/src/styles/index.css` },
      { find: /^@costage\/(\w+)$/, replacement: `${packages}$1/src/index.ts` },
    ],
  },
  server: { port: 27300, strictPort: true, host: '127.0.0.1', proxy },
  preview: { port: 27301, strictPort: true, host: '127.0.0.1', proxy },
  build: { target: 'es2022', chunkSizeWarningLimit: 600 },
}));
