// What people come for, acted out against the real server and the bundled data.
import { readFileSync } from 'node:fs';
import { accessible, ask, everyStoryEndsWell, expect, open, path, serves, settled, test } from './base';

const rows = 'main table.trials tbody tr';

everyStoryEndsWell();

test('1. from a reference to all that rests on it, and back to the same node @smoke', async ({ page, server }) => {
  await open(page, server, 'reference/carnk-review-2025%2310');
  await expect(page.locator('main h1')).toContainText('allogeneic CD19-specific CAR-NK cells');
  const column = (n: number) => page.locator('.trace-column').nth(n).locator('a');
  await expect(column(1)).toHaveCount(2);
  await expect(column(2)).toHaveText([/NCT03056339/]);
  await expect(column(3).filter({ hasText: 'CD19' })).toHaveCount(1);
  await expect(column(3).filter({ hasText: 'Fludarabine' })).toHaveCount(1);
  await column(2).hover();
  await expect(page.locator('.trace-node.lit').filter({ hasText: 'Fludarabine' })).toBeVisible();
  await page.mouse.move(0, 0);
  await accessible(page);
  await column(2).focus();
  await page.keyboard.press('Enter');
  await settled(page);
  expect(path(page, server)).toBe('trial/NCT03056339');
  await expect(page.locator('#references')).toContainText('[10]');
  await accessible(page);
  await page.goBack();
  await settled(page);
  await expect(column(2)).toBeFocused();
  await page.getByText('The same as a list').click();
  await expect(page.locator('.twin')).toContainText('F09');
  await expect(page.locator('.twin')).toContainText('NCT03056339');
});

test('2. filters: the count is that of the API, other counts follow, the address holds all @smoke', async ({ page, server, browser }) => {
  await open(page, server, 'trials');
  await expect(page.locator('.result-count')).toHaveText('105 trials');
  await page.getByRole('checkbox', { name: /^CD19/ }).check();
  await page.getByRole('checkbox', { name: /^Phase 1/ }).check();
  await page.getByRole('checkbox', { name: /^Phase 2/ }).check();
  await settled(page);
  expect(path(page, server)).toBe('trials?target=cd19&phase=PHASE1,PHASE2');
  const { trials } = await ask<{ trials: { totalCount: number; nodes: { nctId: string }[] } }>(
    server,
    '{trials(first:50,filter:{target:{some:{id:{eq:"target:cd19"}}},phase:{includesAny:[PHASE1,PHASE2]}}){totalCount nodes{nctId}}}',
  );
  expect(trials.totalCount).toBeGreaterThan(5);
  await expect(page.locator('.result-count')).toHaveText(`${trials.totalCount} trials`);
  await expect(page.locator(rows)).toHaveCount(trials.totalCount);
  const { facet } = await ask<{ facet: { totalCount: number } }>(
    server,
    '{facet:trials(first:1,filter:{target:{some:{id:{eq:"target:cd19"}}},phase:{includesAny:[PHASE1,PHASE2]},status:{eq:RECRUITING}}){totalCount}}',
  );
  await expect(page.locator('label.choice', { hasText: /^Recruiting/ }).locator('.choice-count')).toHaveText(String(facet.totalCount));
  await accessible(page);
  const shown = await page.locator('.trial-id').allTextContents();
  await page.reload();
  await settled(page);
  expect(await page.locator('.trial-id').allTextContents()).toEqual(shown);
  const other = await browser.newContext();
  const second = await other.newPage();
  await second.goto(page.url());
  await settled(second);
  expect(await second.locator('.trial-id').allTextContents()).toEqual(shown);
  await other.close();
});

test('3. chips say OR and AND, each can be taken away, Back undoes', async ({ page, server }) => {
  await open(page, server, 'trials?target=cd19');
  await page
    .locator('.facet', { hasText: 'CLL-1' })
    .getByRole('button', { name: /Show all/ })
    .click();
  await page.getByRole('checkbox', { name: /^CD22/ }).check();
  await settled(page);
  const chips = page.getByRole('group', { name: 'Chosen filters' });
  await expect(chips).toContainText(/CD19.*or.*CD22/);
  const either = await page.locator('.result-count').textContent();
  await chips.getByRole('button', { name: 'or', exact: true }).click();
  await settled(page);
  await expect(page.locator('.result-count')).not.toHaveText(either ?? '');
  expect(path(page, server)).toContain('all=target');
  await page.goBack();
  await settled(page);
  await expect(page.locator('.result-count')).toHaveText(either ?? '');
  await page.getByRole('checkbox', { name: /^Recruiting/ }).check();
  await settled(page);
  await expect(chips).toContainText(/Recruiting.*and.*CD19/);
  await accessible(page);
  await chips.getByRole('button', { name: 'Remove CD22' }).click();
  await settled(page);
  expect(path(page, server)).toBe('trials?target=cd19&status=RECRUITING');
  await chips.getByRole('button', { name: 'Clear all' }).click();
  await settled(page);
  await expect(page.locator('.result-count')).toHaveText('105 trials');
  expect(path(page, server)).toBe('trials');
  await page.getByRole('link', { name: /Next/ }).click();
  await settled(page);
  await expect(page.locator('.pager')).toContainText('51–100 of 105');
  await page.getByRole('link', { name: /Next/ }).click();
  await settled(page);
  await expect(page.locator(rows)).toHaveCount(5);
  await page.getByRole('link', { name: /Previous/ }).click();
  await settled(page);
  await expect(page.locator(rows)).toHaveCount(50);
});

test('4. by keyboard alone from Ctrl-K to the one target that is also called CLL1', async ({ page, server }) => {
  test.skip(!(await serves(server, /^\s*suggest\(/m)), 'the server has no suggest yet');
  await open(page, server, '');
  await page.keyboard.press('Control+k');
  const box = page.getByRole('dialog').getByRole('combobox');
  await expect(box).toBeFocused();
  await page.keyboard.type('CLL1');
  const options = page.getByRole('dialog').getByRole('option');
  await expect(options.filter({ hasText: /^CLL-1/ })).toHaveCount(1);
  await accessible(page);
  while (!(await options.filter({ hasText: /^CLL-1/ }).getAttribute('aria-selected'))?.includes('true'))
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await settled(page);
  expect(path(page, server)).toBe('target/cll-1');
  await expect(page.locator('main h1')).toHaveText('CLL-1');
  await expect(page.locator('.facts')).toContainText('CLL1');
});

test('the palette knows names in both languages, whichever the reader uses', async ({ page, server }) => {
  for (const [lang, typed, found, id] of [
    ['en', '间皮素', /^Mesothelin/, 'target/mesothelin'],
    ['zh', 'mesothelin', /间皮素/, 'target/mesothelin'],
    ['en', '氟达拉滨', /^Fludarabine/, 'drug/fludarabine'],
    ['zh', 'AML', /急性髓系白血病/, 'disease/aml'],
  ] as const) {
    await open(page, server, `about?lang=${lang}`);
    await page.keyboard.press('/');
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
    await page.keyboard.type(typed);
    const option = page.getByRole('dialog').getByRole('option').filter({ hasText: found });
    await expect(option.first()).toBeVisible();
    await option.first().click();
    await settled(page);
    expect(path(page, server)).toBe(`${id}${lang === 'zh' ? '?lang=zh' : '?lang=en'}`);
  }
});

test('5. Chinese words in the English pages: found, and what is printed stays Chinese', async ({ page, server }) => {
  test.skip(!(await serves(server, /^\s*search\(/m)), 'the server has no search yet');
  await open(page, server, 'search?lang=en');
  await page.getByRole('searchbox').fill('淋巴瘤');
  await expect(page.locator('.hits li[data-kind="disease"]').first()).toBeVisible();
  await settled(page);
  expect(new URL(page.url()).searchParams.get('q')).toBe('淋巴瘤');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('.hits li[data-kind="disease"]').filter({ hasText: 'Lymphoma' }).first()).toBeVisible();
  await accessible(page);
  await open(page, server, 'trial/NCT05654038?lang=en');
  await expect(page.locator('#rows q[lang="zh-CN"]').filter({ hasText: 'B 细胞血液系统恶性肿瘤' })).toHaveCount(1);
});

test('6. a trial printed twice shows both rows and where they differ', async ({ page, server }) => {
  await open(page, server, 'trial/NCT05654038');
  const table = page.locator('#rows table');
  await expect(table.locator('thead th')).toHaveCount(4);
  await expect(table.locator('thead')).toContainText('table 1, row 7');
  await expect(table.locator('thead')).toContainText('table 1, row 48');
  await expect(table.locator('td.odd')).toHaveText([/B 细胞淋巴瘤\/白血病\/淋巴瘤.*differs/, /B 细胞血液系统恶性肿瘤.*differs/]);
  await accessible(page);
  // One trial, one row of the list, both printed rows in it.
  await open(page, server, 'trials?q=NCT05654038&cols=rows,diseases');
  await expect(page.locator(rows)).toHaveCount(1);
  await expect(page.locator('td.c-rows a')).toContainText([/table 1, row 7/, /table 1, row 48/]);
  expect(path(page, server)).toBe('trials?q=NCT05654038&cols=rows,diseases');
  await open(page, server, 'source/carnk-review-2025');
  await expect(page.locator('#table-1 tbody tr')).toHaveCount(63);
  await expect(page.locator('#table-1 tbody tr').filter({ hasText: 'NCT05654038' })).toHaveCount(2);
  await expect(page.locator('main .source-rows tbody tr')).toHaveCount(106);
  await accessible(page);
});

test('7. every number of the matrix opens exactly its trials', async ({ page, server }) => {
  await open(page, server, 'matrix?rows=target&columns=disease');
  await accessible(page);
  const cells = page.locator('.matrix td.heat a');
  for (const which of [0, 7, 20]) {
    const n = Number(await cells.nth(which).textContent());
    await cells.nth(which).click();
    await settled(page);
    expect(path(page, server)).toMatch(/^trials\?target=.+&disease=.+/);
    await expect(page.locator('.result-count')).toHaveText(n === 1 ? '1 trial' : `${n} trials`);
    await expect(page.locator(rows)).toHaveCount(n);
    await page.goBack();
    await settled(page);
  }
  // What is left out is counted, and comes when asked for.
  const { matrix } = await ask<{ matrix: { rows: unknown[]; columns: unknown[] } }>(
    server,
    '{ matrix(rows: TARGET, columns: DISEASE, rowLimit: 100, columnLimit: 100, includeEmpty: false) { rows { key } columns { key } } }',
  );
  await expect(page.locator('main')).toContainText(
    `The largest ${matrix.rows.length} of ${matrix.rows.length} rows and 32 of ${matrix.columns.length} columns are shown.`,
  );
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(page.locator('.matrix thead th')).toHaveCount(matrix.columns.length);
  await page.goBack();
  await page.getByRole('button', { name: 'White space' }).click();
  await expect(page.locator('.gaps li').first()).toContainText('expected');
  // White space is what no trial has: each pair of the list, asked for, gives none.
  for (const gap of (await page.locator('.gaps li').all()).slice(0, 3)) {
    const [target, disease] = await gap.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')?.split('=').pop()));
    const { trials } = await ask<{ trials: { totalCount: number } }>(
      server,
      `{ trials(first: 1, filter: { target: { some: { id: { eq: "target:${target}" } } }, disease: { some: { id: { eq: "disease:${disease}" } } } }) { totalCount } }`,
    );
    expect(trials.totalCount, `${target} in ${disease}`).toBe(0);
  }
  expect(path(page, server)).toContain('view=white');
  await accessible(page);
});

test('9. the graph by keyboard: expand, the cap, the picture as a file, the list twin @smoke', async ({ page, server }) => {
  await open(page, server, 'graph?focus=target:nkg2d');
  const nodes = page.locator('svg.graph .node');
  const before = await nodes.count();
  expect(before).toBeGreaterThan(5);
  await nodes.first().focus();
  await page.keyboard.press('Tab');
  await expect(page.locator('.graph-side')).toContainText(/NCT|F\d\d/);
  await page.keyboard.press('Enter');
  await page.waitForFunction((n) => document.querySelectorAll('svg.graph .node').length > n, before);
  await settled(page);
  expect(path(page, server)).toContain('open=');
  await accessible(page);
  await page.getByText('The same as a list').click();
  const drawn = await nodes.evaluateAll((all) => all.map((n) => (n as SVGElement).dataset.id).sort());
  const listed = await page.locator('[data-twin]').evaluateAll((all) => all.map((n) => (n as HTMLElement).dataset.twin).sort());
  expect(listed).toEqual(drawn);
  const [svg] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'SVG', exact: true }).click()]);
  const text = readFileSync(await svg.path(), 'utf8');
  expect(text).toContain('NKG2D');
  const sound = await page.evaluate((t) => new DOMParser().parseFromString(t, 'image/svg+xml').querySelector('parsererror') === null, text);
  expect(sound).toBe(true);
  const [graphml] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'GraphML' }).click()]);
  const parsed = await page.evaluate(
    (t) => new DOMParser().parseFromString(t, 'application/xml').querySelectorAll('node').length,
    readFileSync(await graphml.path(), 'utf8'),
  );
  expect(parsed).toBe(drawn.length);
  const [json] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'JSON' }).click()]);
  const kept = JSON.parse(readFileSync(await json.path(), 'utf8')) as { nodes: { id: string }[] };
  expect(kept.nodes.map((n) => n.id).sort()).toEqual(drawn);
  const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'PNG' }).click()]);
  expect(
    readFileSync(await png.path())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  await open(page, server, 'graph?focus=target:cd19&limit=80&hops=2');
  expect(await nodes.count()).toBeLessThanOrEqual(80);
  await expect(page.locator('.result-count')).toContainText('at most 80');
});

test('10. a path says on whose word each step stands; no path says so', async ({ page, server }) => {
  await open(page, server, 'paths?from=target:cd19&to=reference:marin-2024');
  const first = page.locator('.paths > li').first();
  await expect(first).toContainText('2 steps');
  await expect(first.locator('.path')).toContainText('speaks of');
  await expect(first.locator('.evidence')).toContainText('F09');
  await accessible(page);
  await open(page, server, 'paths?from=target:cd19&to=reference:marin-2024&hops=1');
  await expect(page.locator('.nothing')).toContainText('No path of at most 1');
  await page.getByRole('button', { name: 'Look as far as 2 steps' }).click();
  await settled(page);
  await expect(page.locator('.paths > li').first()).toBeVisible();
  expect(path(page, server)).toContain('hops=2');
});

test('11. language and colours: in the address, remembered, readable', async ({ page, server }) => {
  await open(page, server, 'trials');
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.locator('main h1')).toHaveText('试验');
  await settled(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  expect(path(page, server)).toContain('lang=zh');
  await page.getByRole('button', { name: /配色/ }).click();
  expect(path(page, server)).toContain('theme=dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await accessible(page);
  await page.getByRole('link', { name: '矩阵', exact: true }).click();
  await settled(page);
  expect(path(page, server)).toContain('lang=zh');
  await open(page, server, 'references');
  await expect(page.locator('main h1')).toHaveText('文献');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await accessible(page);
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  await open(page, server, 'graph?focus=target:nkg2d');
  expect(
    await page
      .locator('.node path')
      .first()
      .evaluate((e) => getComputedStyle(e).transitionDuration),
  ).toBe('0s');
});

test('12. the server goes and comes back', async ({ page, server, watched }) => {
  watched.quiet(/502|ERR_CONNECTION_REFUSED|Failed to load resource|Couldn't load preload assets/);
  const trouble = page.getByRole('alert');
  // A page whose code is here already: only its answer is missing.
  await open(page, server, 'trials');
  await server.stopApi();
  await page.getByRole('checkbox', { name: /^CD19/ }).click();
  await expect(trouble).toContainText('cannot be reached');
  await accessible(page);
  await server.startApi();
  await trouble.getByRole('button', { name: 'Try again' }).click();
  await settled(page);
  await expect(page.getByRole('group', { name: 'Chosen filters' })).toContainText('CD19');
  await expect(page.locator(rows).first()).toBeVisible();
  // A page whose code has yet to come.
  await server.stopApi();
  await page.getByRole('link', { name: 'Matrix', exact: true }).first().click();
  await expect(trouble).toContainText('cannot be reached');
  await accessible(page);
  await trouble.getByRole('button', { name: 'Try again' }).click();
  await expect(trouble).toContainText('cannot be reached');
  await server.startApi();
  await trouble.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.matrix')).toBeVisible();
  expect(path(page, server)).toBe('matrix');
});

test('on a phone: stories 1 and 2 without sideways scrolling', async ({ browser, server }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const page = await context.newPage();
  const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await open(page, server, 'reference/marin-2024');
  await fits();
  await page.getByText('The same as a list').click();
  await page.locator('.twin').getByRole('link', { name: 'NCT03056339' }).first().click();
  await settled(page);
  expect(path(page, server)).toBe('trial/NCT03056339');
  await fits();
  await open(page, server, 'trials');
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('checkbox', { name: /^CD19/ }).check();
  await settled(page);
  expect(path(page, server)).toBe('trials?target=cd19');
  await fits();
  await accessible(page);
  await context.close();
});
