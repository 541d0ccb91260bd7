// GraphiQL with no network but our own.
import { accessible, expect, open, test } from './base';

test('from a page into GraphiQL: prefilled, runs, completes, explains @smoke', async ({ page, server }) => {
  test.setTimeout(90_000);
  await open(page, server, 'trial/NCT03056339');
  await page.getByRole('button', { name: 'GraphQL' }).click();
  await page.getByRole('link', { name: 'Open in GraphiQL' }).click();
  await expect(page.locator('.graphiql-query-editor .view-lines')).toContainText('query Trial', { timeout: 20_000 });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Execute query/ }).click();
  await expect(page.locator('.graphiql-response .view-lines')).toContainText('NCT03056339', { timeout: 15_000 });
  // Completion from the contract.
  await page.locator('.graphiql-query-editor .view-lines').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{ met');
  await expect(page.locator('.suggest-widget')).toContainText('meta', { timeout: 15_000 });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('{ meta { release } ');
  await expect.poll(() => new URL(page.url()).searchParams.get('query') ?? '').toContain('release');
  // The documentation of the contract.
  await page.getByRole('button', { name: /Documentation Explorer/ }).click();
  await expect(page.locator('.graphiql-doc-explorer')).toContainText('Query');
  // Upstream: a label of low contrast, and tabs that hold a button.
  await accessible(page, [
    'color-contrast',
    'link-in-text-block',
    'nested-interactive',
    'region',
    'landmark-one-main',
    'page-has-heading-one',
    'scrollable-region-focusable',
    'aria-allowed-role',
    'heading-order',
    'landmark-unique',
    'aria-required-children',
    'aria-required-parent',
    'list',
    'target-size',
  ]);
});

test('examples stand beside the editors', async ({ page, server }) => {
  await page.goto(`${server.url}graphiql?lang=zh`);
  await expect(page.locator('.tw-examples')).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.tw-examples h2')).toHaveText('示例');
  await expect(page.getByRole('button', { name: '复制为 cURL' })).toBeVisible();
});

test('a subscription is heard over WebSocket', async ({ page, server }) => {
  const sockets: string[] = [];
  page.on('websocket', (ws) => {
    sockets.push(ws.url());
    ws.on('framereceived', (f) => sockets.push(String(f.payload)));
  });
  await page.goto(`${server.url}graphiql?query=${encodeURIComponent('subscription { releaseChanged { release } }')}`);
  await expect(page.locator('.graphiql-query-editor .view-lines')).toContainText('releaseChanged', { timeout: 20_000 });
  await page.getByRole('button', { name: /Execute query/ }).click();
  await expect.poll(() => sockets.join(' ')).toContain('connection_ack');
  expect(sockets[0]).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/graphql\/ws$/);
});

test('its first load is within the budget', async ({ page, server }) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', (e) => {
    bytes += e.encodedDataLength;
  });
  await page.goto(`${server.url}graphiql`);
  await expect(page.locator('.graphiql-query-editor .view-lines')).toBeVisible({ timeout: 20_000 });
  await page.waitForTimeout(1500);
  console.log(`GraphiQL first load: ${(bytes / 1000).toFixed(0)} KB over the wire, without workers`);
  expect(bytes).toBeLessThan(1_600_000);
});
