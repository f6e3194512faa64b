import { ErrorBoundary, messages } from '@costage/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@costage/ui/styles.css';
import { App } from './app.js';

const theme = new URLSearchParams(location.search).get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
document.documentElement.lang = messages.language;
document.documentElement.dir = messages.direction;

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ErrorBoundary whole>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
