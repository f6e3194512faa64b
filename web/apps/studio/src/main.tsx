import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { messages } from './messages.js';
import { ErrorBoundary } from './parts/error_boundary.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/screens.css';
import './styles/stage.css';
import './styles/sharing.css';
import './styles/placing.css';
import './styles/unsteady.css';
import './styles/readiness.css';
import './styles/green_room.css';
import './styles/diagnosis.css';
import './styles/inviting.css';
import './styles/run_of_show.css';
import './styles/chat.css';
import './styles/order.css';

document.documentElement.lang = messages.language;
document.documentElement.dir = messages.direction;

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ErrorBoundary whole>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
