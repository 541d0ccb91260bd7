// Where the explorer begins.
import './style.css';
import { render } from 'preact';
import { App, preloadPage } from './app';
import { loadLanguage } from './i18n';
import { startRouter } from './lib/router';
import { applyTheme } from './lib/theme';

applyTheme();
// The page's code and the reader's words come at the same time.
await Promise.all([loadLanguage(), preloadPage()]);
startRouter();
const root = document.getElementById('app');
if (root) render(<App />, root);
