import { createRoot } from 'react-dom/client';
import '@costage/ui/styles.css';
// After the kit's, whose variables it sets.
import './shop.css';
import { App } from './app.js';

createRoot(document.getElementById('root')!).render(<App />);
