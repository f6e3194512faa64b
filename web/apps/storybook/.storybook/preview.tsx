import type { Preview } from '@storybook/react-vite';
import '@costage/ui/styles.css';

const choice = (title: string, items: [value: string, title: string][], icon: string): object => ({
  toolbar: { title, icon, items: items.map(([value, name]) => ({ value, title: name })), dynamicTitle: true },
});

const preview: Preview = {
  parameters: { layout: 'fullscreen', a11y: { test: 'todo' } },
  globalTypes: {
    theme: choice('Theme', [['system', 'As the system'], ['light', 'Light'], ['dark', 'Dark']], 'contrast'),
    direction: choice('Direction', [['ltr', 'Left to right'], ['rtl', 'Right to left']], 'transfer'),
  },
  initialGlobals: { theme: 'system', direction: 'ltr' },
  decorators: [
    (Story, { globals }) => {
      const { dataset } = document.documentElement;
      document.documentElement.dir = String(globals['direction']);
      if (globals['theme'] === 'system') delete dataset['theme'];
      else dataset['theme'] = String(globals['theme']);
      return <Story />;
    },
  ],
};
export default preview;
