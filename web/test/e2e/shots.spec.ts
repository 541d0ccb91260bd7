// Pictures of every page in both languages and themes, to be looked at. `npm run shots`
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from '@playwright/test';
import { start } from '../server';

const PAGES: Record<string, string> = {
  home: '',
  trials: 'trials',
  'trials-chosen': 'trials?target=cd19,cd22&phase=PHASE1&status=RECRUITING,UNKNOWN',
  trial: 'trial/NCT05654038',
  'trial-conflict': 'trial/NCT05247957',
  'trial-cited': 'trial/NCT03056339',
  target: 'target/cd19',
  disease: 'disease/lymphoma',
  drug: 'drug/rituximab',
  regimen: 'regimen/cyclophosphamide+fludarabine',
  targets: 'targets',
  references: 'references',
  reference: 'reference/marin-2024',
  review: 'reference/chen-2025',
  statement: 'statement/carnk-review-2025/F09',
  source: 'source/carnk-review-2025',
  matrix: 'matrix',
  white: 'matrix?view=white&rows=target&columns=disease',
  graph: 'graph?focus=target:nkg2d',
  paths: 'paths?from=target:cd19&to=reference:marin-2024',
  search: 'search?q=lymphoma',
  conflicts: 'conflicts',
  unmapped: 'unmapped',
  about: 'about',
  api: 'api',
  missing: 'trial/NCT99999999',
};
const names = (process.env.SHOTS ?? '').split(',').filter(Boolean);
const folder = resolve(import.meta.dirname, '../shots');
const wide = { width: 1360, height: 900 };
const phone = { width: 390, height: 844 };
const KINDS = [
  { name: 'en-light', lang: 'en', theme: 'light', viewport: wide },
  { name: 'zh-dark', lang: 'zh', theme: 'dark', viewport: wide },
  { name: 'zh-light', lang: 'zh', theme: 'light', viewport: wide },
  { name: 'en-dark', lang: 'en', theme: 'dark', viewport: wide },
  { name: 'en-phone', lang: 'en', theme: 'light', viewport: phone },
  { name: 'zh-phone', lang: 'zh', theme: 'dark', viewport: phone },
].filter((k) => !process.env.KINDS || process.env.KINDS.split(',').includes(k.name));

for (const kind of KINDS) {
  test(`pictures ${kind.name}`, async ({ browser }) => {
    test.setTimeout(240_000);
    mkdirSync(folder, { recursive: true });
    const server = await start();
    const context = await browser.newContext({ viewport: kind.viewport });
    const page = await context.newPage();
    page.on('console', (m) => m.type() === 'error' && console.log(kind.name, page.url(), m.text()));
    page.on('pageerror', (e) => console.log(kind.name, page.url(), e.message));
    for (const [name, path] of Object.entries(PAGES)) {
      if (names.length && !names.includes(name)) continue;
      await page.goto(`${server.url}${path}${path.includes('?') ? '&' : '?'}lang=${kind.lang}&theme=${kind.theme}`);
      await page.waitForSelector('main h1');
      await page
        .waitForFunction(() => !document.querySelector('main :is([data-loading], [data-unfolding])'), null, { timeout: 8000 })
        .catch(() => console.log('still loading', name));
      await page.waitForTimeout(150);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) console.log(`${kind.name} ${name}: ${over}px too wide`);
      await page.screenshot({ path: resolve(folder, `${name}.${kind.name}.png`), fullPage: process.env.FULL === '1' });
    }
    await context.close();
    await server.stop();
  });
}
