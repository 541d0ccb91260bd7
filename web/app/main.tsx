// Where the explorer begins.
import './style.css';
import { render } from 'preact';
import { App } from './app';
import { loadLanguage } from './i18n';
import { startRouter } from './lib/router';
import { applyTheme } from './lib/theme';
import { preloadPage } from './routes';

applyTheme();
// The reader's words and the page's code come at the same time.
const words = loadLanguage();
await Promise.all([words, preloadPage(words)]);
startRouter();
const root = document.getElementById('app');
if (root) render(<App />, root);
