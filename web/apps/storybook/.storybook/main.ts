import type { StorybookConfig } from '@storybook/react-vite';
import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vite';

const kPackages = fileURLToPath(new URL('../../../packages/', import.meta.url));
const kFakeLiveKit = fileURLToPath(new URL('../src/fake/livekit.ts', import.meta.url));

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../src/stories/*.stories.tsx'],
  addons: ['@storybook/addon-a11y'],
  typescript: { reactDocgen: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      // Relative, so that the stories work under any path.
      base: './',
      resolve: {
        alias: [
          { find: '@costage/ui/styles.css', replacement: `${kPackages}ui/src/styles/index.css` },
          { find: /^@costage\/(\w+)$/, replacement: `${kPackages}$1/src/index.ts` },
          { find: /^livekit-client$/, replacement: kFakeLiveKit },
        ],
      },
      build: { target: 'es2022', chunkSizeWarningLimit: 1500 },
    }),
};
export default config;
