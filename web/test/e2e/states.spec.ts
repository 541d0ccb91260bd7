// What a page shows when there is nothing, not yet or not any more; that an overtaken question is dropped; paper.
import type { Page, Route } from '@playwright/test';
import { accessible, ask, expect, open, path, settled, test } from './base';

const count = (page: Page) => page.locator('.result-count');
/** The questions of a page, answered as the test wants. */
const answers = (page: Page, how: (route: Route) => unknown) => page.route('**/graphql', how);

test('nothing found: what is chosen stands there, and one click takes it all back', async ({ page, server }) => {
  await open(page, server, 'trials?target=cd19&q=zzzz');
  await expect(count(page)).toHaveText('0 trials');
  await expect(page.getByRole('group', { name: 'Chosen filters' })).toContainText(/CD19.*and.*zzzz/);
  await accessible(page);
  await page.locator('.nothing').getByRole('button', { name: 'Clear all' }).click();
  await expect(count(page)).toHaveText('105 trials');
  await open(page, server, 'search?q=zzzzzz');
  await expect(page.locator('main')).toContainText('zzzzzz');
  await accessible(page);
  await open(page, server, 'references?q=zzzzzz');
  await expect(page.locator('main .empty')).toBeVisible();
});

test('an error of the server is shown with its place and code, and asked again', async ({ page, server }) => {
  const problem = { message: 'It went wrong.', path: ['trials', 'nodes', 3], extensions: { code: 'INTERNAL' } };
  await answers(page, (route) => route.fulfill({ json: { errors: [problem], data: null } }));
  await page.goto(`${server.url}trials`);
  const trouble = page.getByRole('alert');
  await expect(trouble).toContainText('trials › nodes › 3');
  await expect(trouble).toContainText('It went wrong.');
  await expect(trouble).toContainText('INTERNAL');
  await accessible(page);
  await page.unroute('**/graphql');
  await trouble.getByRole('button', { name: 'Try again' }).click();
  await expect(count(page)).toHaveText('105 trials');
});

test('a slow answer: a frame that says it is loading, then the page', async ({ page, server }) => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    release = done;
  });
  await answers(page, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${server.url}trials`);
  await expect(page.locator('.waiting')).toBeVisible();
  await expect(page.locator('article.page')).toHaveAttribute('aria-busy', 'true');
  await expect(page.locator('main h1')).toHaveText('Trials');
  await accessible(page);
  release();
  await settled(page);
  await expect(page.locator('.waiting')).toHaveCount(0);
  await expect(page.locator('article.page')).not.toHaveAttribute('aria-busy', 'true');
});

test('an overtaken question is dropped, and only the last answer is shown', async ({ page, server, watched }) => {
  watched.quiet(/ERR_ABORTED/);
  await open(page, server, 'trials');
  const dropped: string[] = [];
  page.on('requestfailed', (r) => r.url().endsWith('/graphql') && dropped.push(r.failure()?.errorText ?? ''));
  // The first question is held for good: only its being dropped lets the test end.
  let asked = 0;
  await answers(page, async (route) => {
    if (asked++ > 0) await route.continue();
  });
  await page.getByRole('checkbox', { name: /^CD19/ }).click();
  await expect.poll(() => asked).toBe(1);
  await page.getByRole('checkbox', { name: /^Recruiting/ }).click();
  await expect.poll(() => dropped).toEqual(['net::ERR_ABORTED']);
  const { trials } = await ask<{ trials: { totalCount: number } }>(
    server,
    '{ trials(first: 1, filter: { target: { some: { id: { eq: "target:cd19" } } }, status: { eq: RECRUITING } }) { totalCount } }',
  );
  await expect(count(page)).toHaveText(`${trials.totalCount} trials`);
  expect(path(page, server)).toBe('trials?target=cd19&status=RECRUITING');
});

test('offline: what is in view stays, a new question waits and comes by itself', async ({ page, server, context, watched }) => {
  watched.quiet(/ERR_INTERNET_DISCONNECTED|preload assets/);
  // By another name, for a server on this machine needs no network.
  const url = server.url.replace('127.0.0.1', 'elsewhere.test');
  await page.goto(`${url}trials`);
  await expect(count(page)).toHaveText('105 trials');
  await context.setOffline(true);
  await expect(page.locator('.network')).toContainText('Offline');
  await expect(count(page)).toHaveText('105 trials');
  await page.getByRole('checkbox', { name: /^CD19/ }).click();
  await expect(page.getByRole('alert')).toContainText('You are offline');
  await accessible(page);
  await context.setOffline(false);
  await expect(count(page)).toHaveText(/^\d\d trials$/);
  await expect(page.locator('.network')).toHaveText('');
  watched.foreign.splice(0, Number.POSITIVE_INFINITY, ...watched.foreign.filter((address) => !address.startsWith(url)));
});

test('on paper: no frame and no controls, nothing cut off', async ({ page, server }) => {
  for (const [address, content] of [
    ['trials?target=cd19', 'table.trials'],
    ['trial/NCT05654038', '#rows table'],
    ['reference/marin-2024', '.twin'],
    ['matrix', '.matrix'],
  ] as const) {
    await page.emulateMedia({ media: 'screen' });
    await open(page, server, address);
    await page.emulateMedia({ media: 'print' });
    for (const control of ['header.site', 'footer.site-foot', '.facets', '.page-tools', '.toc', '.pager'])
      for (const element of await page.locator(control).all()) await expect(element).toBeHidden();
    await expect(page.locator(content).first()).toBeVisible();
    // A dark screen does not make dark paper.
    expect(await page.evaluate(() => getComputedStyle(document.body).colorScheme)).toBe('light');
    // An A4 sheet with its margins: on its side where there is a wide table, upright elsewhere.
    const wide = content !== '.twin';
    await page.setViewportSize({ width: wide ? 1016 : 688, height: 700 });
    for (const table of await page.locator('main :is(table, .twin)').all()) {
      const box = await table.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0), `${address} on paper`).toBeLessThanOrEqual(wide ? 1017 : 689);
    }
    await page.setViewportSize({ width: 1360, height: 900 });
  }
  // No row is left out.
  await page.emulateMedia({ media: 'screen' });
  await open(page, server, 'matrix');
  const rows = await page.locator('.matrix tbody tr').count();
  await page.emulateMedia({ media: 'print' });
  const hidden = await page.locator('.matrix-box').evaluate((e) => e.scrollHeight - e.clientHeight);
  expect(rows).toBeGreaterThan(20);
  expect(hidden).toBeLessThanOrEqual(1);
});
