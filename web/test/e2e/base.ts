// What every story shares: the server, and a page that fails the test for any error in its console and any request elsewhere.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test as plain } from '@playwright/test';
import { type Running, start } from '../server';

export const test = plain.extend<
  { page: Page; watched: { errors: string[]; foreign: string[]; quiet: (pattern: RegExp) => void } },
  { server: Running }
>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
    async ({}, use) => {
      const server = await start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  watched: async ({ context, server }, use) => {
    const errors: string[] = [];
    const foreign: string[] = [];
    const allowed: RegExp[] = [];
    const host = new URL(server.url).host;
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (!['data:', 'blob:'].includes(url.protocol) && url.host !== host) foreign.push(request.url());
    });
    context.on('page', (page) => {
      page.on('console', (m) => ['error', 'warning'].includes(m.type()) && errors.push(`${m.text()} ${m.location().url}`));
      page.on('pageerror', (e) => errors.push(e.message));
    });
    await use({ errors, foreign, quiet: (pattern) => allowed.push(pattern) });
    expect(
      errors.filter((e) => !allowed.some((a) => a.test(e))),
      'the console is quiet',
    ).toEqual([]);
    expect(foreign, 'no request to another host').toEqual([]);
  },
  page: async ({ context, watched }, use) => {
    void watched;
    await use(await context.newPage());
  },
});

/** Whether the server's contract has a field: stories on fields that are still being built wait for them. */
const contracts = new Map<string, string>();
export async function serves(server: Running, pattern: RegExp): Promise<boolean> {
  const text: string = contracts.get(server.api) ?? (await (await fetch(`${server.api}/schema.graphql`)).text());
  contracts.set(server.api, text);
  return pattern.test(text);
}

export async function ask<T>(server: Running, query: string, variables: unknown = {}): Promise<T> {
  const response = await fetch(`${server.api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]?.message);
  return data;
}

/** The page is there and holds its answer. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('main h1');
  await page.waitForFunction(() => !document.querySelector('main :is([data-loading], [data-unfolding])'));
}

export async function open(page: Page, server: Running, path: string): Promise<void> {
  await page.goto(server.url + path);
  await settled(page);
}

/** WCAG 2.2 AA by axe, whole page. */
export async function accessible(page: Page, disabled: string[] = []): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .disableRules(disabled)
    .analyze();
  expect(
    violations.map(
      (v) =>
        `${v.id}: ${v.nodes
          .map((n) => n.target.join(' '))
          .slice(0, 4)
          .join(' | ')} ${v.nodes[0]?.failureSummary ?? ''}`,
    ),
  ).toEqual([]);
}

export const path = (page: Page, server: Running): string => page.url().slice(server.url.length);
export { expect };

// Wherever a story ends: a page that anyone can use, at an address that leads there again.
export const everyStoryEndsWell = () =>
  test.afterEach(async ({ page, server }) => {
    if (page.url() === 'about:blank') return;
    await settled(page);
    // As a reader meets it: colours that the system forces are not the page's, and what is scrolled lies below its head.
    await page.emulateMedia({ forcedColors: 'none' });
    await page.evaluate(() => scrollTo(0, 0));
    await accessible(page);
    const [address, heading] = [path(page, server), await page.locator('main h1').first().textContent()];
    await page.goto(page.url());
    await settled(page);
    expect(path(page, server)).toBe(address);
    await expect(page.locator('main h1').first()).toHaveText(heading ?? '');
  });
