import '@fontsource-variable/inter/opsz.css';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { speak } from './lib/i18n';
import { followPreferences, usePreferences } from './lib/preferences';
import { listenForKeys } from './lib/shortcuts';
import { readySound } from './lib/sound';

followPreferences();
listenForKeys();
readySound();
const container = document.getElementById('root');
if (!container) throw new Error('index.html has no #root');
void speak(usePreferences.getState().language || navigator.language).then(() => createRoot(container).render(<StrictMode><App /></StrictMode>));
