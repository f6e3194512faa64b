import { CostageRoot, ErrorBoundary } from '@costage/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@costage/ui/styles.css';
import './styles/studio.css';
import { App } from './app.js';
import { firstLanguage, showOnDocument, speakIn } from './lib/language.js';

const theme = new URLSearchParams(location.search).get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
showOnDocument();
await speakIn(firstLanguage());

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ErrorBoundary whole>
      <CostageRoot isPage>
        <App />
      </CostageRoot>
    </ErrorBoundary>
  </StrictMode>,
);
