// Every page: accessible in both languages and themes, no error, one question to the API; keys, titles, a base path.
import { start } from '../server';
import { accessible, expect, open, serves, settled, test } from './base';

const PAGES = [
  '',
  'trials',
  'trial/NCT05247957',
  'target/cd19',
  'disease/lymphoma',
  'drug/rituximab',
  'regimen/cyclophosphamide+fludarabine',
  'targets',
  'diseases',
  'drugs',
  'regimens',
  'references',
  'reference/chen-2025',
  'statement/carnk-review-2025/F09',
  'source/ctgov-2026-09',
  'matrix',
  'graph',
  'graph?focus=disease:lupus-nephritis',
  'paths',
  'conflicts',
  'unmapped',
  'about',
  'api',
  'nowhere',
];

// Each language and each theme is looked at by axe once; the other two pairs differ from these in no rule.
const KINDS = [
  { lang: 'en', theme: 'light', axe: true },
  { lang: 'zh', theme: 'dark', axe: true },
  { lang: 'en', theme: 'dark', axe: false },
  { lang: 'zh', theme: 'light', axe: false },
];

for (const address of PAGES) {
  test(`both languages and themes, and a phone: ${address || 'home'}`, async ({ page, server, watched }) => {
    if (address === 'nowhere') watched.quiet(/404/);
    const asked: string[] = [];
    page.on('request', (r) => r.url().endsWith('/graphql') && asked.push(r.postData() ?? ''));
    for (const { lang, theme, axe } of KINDS) {
      await test.step(`${lang} ${theme}`, async () => {
        asked.length = 0;
        await open(page, server, `${address}${address.includes('?') ? '&' : '?'}lang=${lang}&theme=${theme}`);
        expect(asked.length, 'one question at most').toBeLessThanOrEqual(1);
        await expect(page).toHaveTitle(/Trialweave/);
        await expect(page.locator('html')).toHaveAttribute('lang', lang === 'zh' ? 'zh-CN' : 'en');
        expect(await page.locator('body').textContent()).not.toMatch(/undefined|\[object|NaN|\{\w+\}(?!\))/);
        if (axe) await accessible(page);
      });
    }
    // Screens, phones, and the least width that WCAG asks for.
    for (const width of [1280, 1024, 768, 390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      // What is measured and drawn anew after a change of size may take a frame.
      const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await expect.poll(sideways, { message: `sideways at ${width}`, timeout: 2000 }).toBeLessThanOrEqual(0);
      const head = await page.locator('header.site').evaluate((e) => e.clientHeight);
      expect(head, `the header is one line at ${width}`).toBeLessThan(64);
    }
  });
}

test('what does not exist says so', async ({ page, server, watched }) => {
  watched.quiet(/404/);
  for (const address of ['trial/NCT99999999', 'target/nothing', 'reference/nothing', 'nowhere']) {
    await open(page, server, address);
    await expect(page.locator('main h1')).toHaveText('Not found');
  }
});

test('the search page says honestly when the server cannot search', async ({ page, server, watched }) => {
  if (await serves(server, /^\s*search\(/m)) {
    await open(page, server, 'search?q=CLL-1');
    await expect(page.locator('.hits li').first()).toContainText('CLL-1');
    await accessible(page);
    return;
  }
  watched.quiet(/400/);
  await open(page, server, 'search?q=CLL-1');
  await expect(page.getByRole('alert')).toContainText('cannot answer this page yet');
});

test('keys go places', async ({ page, server }) => {
  await open(page, server, '');
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await settled(page);
  await expect(page.locator('main h1')).toHaveText('Trials');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.locator('.trial-id').nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(page.locator('.trial-id').first()).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Keys');
  await accessible(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
});

test('the query behind a page', async ({ page, server }) => {
  await open(page, server, 'target/cd19');
  await page.getByRole('button', { name: 'GraphQL' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('query Target(');
  await expect(dialog).toContainText('"id": "cd19"');
  await accessible(page);
  const link = await dialog.getByRole('link', { name: 'Open in GraphiQL' }).getAttribute('href');
  const params = new URL(link ?? '', server.url).searchParams;
  const answer = await fetch(`${server.api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: params.get('query'), variables: JSON.parse(params.get('variables') ?? '{}') }),
  }).then((r) => r.json());
  expect(answer.errors).toBeUndefined();
  expect(answer.data.target.label).toBe('CD19');
});

test('below a base path, behind a proxy', async ({ page, watched }) => {
  watched.quiet(/never/);
  const server = await start('/kg/trials-of-cells/');
  watched.foreign.length = 0;
  await page.goto(`${server.url}trial/NCT03056339`);
  await settled(page);
  await expect(page.locator('main h1')).toHaveText('NCT03056339');
  await page.getByRole('link', { name: 'CD19' }).first().click();
  await settled(page);
  expect(page.url()).toBe(`${server.url}target/cd19`);
  await page.getByRole('link', { name: 'Trialweave' }).click();
  await settled(page);
  expect(page.url()).toBe(server.url);
  watched.foreign.length = 0;
  const query = encodeURIComponent('{ meta { release } }');
  await page.goto(`${server.url}graphiql?query=${query}`);
  await expect(page.locator('.graphiql-query-editor .view-lines')).toContainText('release', { timeout: 20_000 });
  await page.getByRole('button', { name: /Execute query/ }).click();
  await expect(page.locator('.graphiql-response .view-lines')).toContainText('release', { timeout: 20_000 });
  const elsewhere = watched.foreign.filter((address) => !address.startsWith(server.url));
  expect(elsewhere, 'nothing beside the base path').toEqual([]);
  await page.goto('about:blank');
  watched.foreign.length = 0;
  await server.stop();
});
