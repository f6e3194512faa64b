import { CostageRoot, languages, type Language } from '@costage/ui';
import type { Preview } from '@storybook/react-vite';
import '@costage/ui/styles.css';
import '../src/story.css';

const choice = (title: string, items: [value: string, title: string][], icon: string): object => ({
  toolbar: { title, icon, items: items.map(([value, name]) => ({ value, title: name })), dynamicTitle: true },
});

const preview: Preview = {
  parameters: { layout: 'fullscreen', a11y: { test: 'todo' } },
  globalTypes: {
    theme: choice('Theme', [['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']], 'contrast'),
    language: choice('Language', Object.entries(languages).map(([tag, { name }]) => [tag, name]), 'globe'),
  },
  initialGlobals: { theme: 'system', language: 'en' },
  decorators: [
    (Story, { globals }) => {
      const theme = globals['theme'] === 'system' ? undefined : (globals['theme'] as 'light' | 'dark');
      return <CostageRoot language={globals['language'] as Language} theme={theme}><Story /></CostageRoot>;
    },
  ],
};
export default preview;
