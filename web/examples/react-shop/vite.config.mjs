import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { backend, costage } from '../shop/backend.mjs';

/** The backend stands before the page's own files, on the same port. */
const shop = {
  name: 'shop',
  configureServer: (server) => void server.middlewares.use(backend),
};

export default defineConfig({
  plugins: [react(), shop],
  define: { __COSTAGE_URL__: JSON.stringify(costage) },
  server: { host: '127.0.0.1', port: Number(process.env.PORT ?? 8080), strictPort: true },
});
