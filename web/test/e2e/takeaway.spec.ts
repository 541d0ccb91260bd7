// On whose word, how many, and in which file: what a reader takes away, and where each number leads.
import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import { accessible, ask, everyStoryEndsWell, expect, open, path, serves, settled, test } from './base';

const rows = 'main table.trials tbody tr';

everyStoryEndsWell();

test('8. take away what is in view: CSV for spreadsheets, references for a reference manager', async ({ page, server }) => {
  await open(page, server, 'trials?target=cd19&lang=zh');
  const n = Number((await page.locator('.result-count').textContent())?.match(/\d+/)?.[0]);
  await page.getByText('导出', { exact: true }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
  expect(file.suggestedFilename()).toBe('trialweave-trials-cd19.csv');
  const text = readFileSync(await file.path(), 'utf8');
  expect(text.startsWith('\uFEFF试验,题名,状态')).toBe(true);
  expect(text.trimEnd().split('\r\n')).toHaveLength(n + 1);
  expect(text).toContain('淋巴瘤');
  expect(text).not.toMatch(/(^|,)"?[=+@]/m);
  // Exactly what is shown, in its order and columns, in the other two forms too.
  await open(page, server, 'trials?target=cd19&lang=en&sort=-enrollment&cols=enrollment,sponsor');
  const shown = await page.locator(rows).evaluateAll((all) => all.map((row) => [...row.children].map((c) => c.textContent ?? '')));
  const ids = await page.locator('.trial-id').allTextContents();
  const save = async (format: string) => {
    const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: format, exact: true }).click()]);
    return readFileSync(await saved.path(), 'utf8');
  };
  await page.getByText('Export', { exact: true }).click();
  const [head, ...lines] = (await save('TSV')).trimEnd().split('\n');
  expect(head).toBe('Trial\tTitle\tParticipants\tSponsor');
  expect(lines.map((l) => l.split('\t')[0])).toEqual(ids);
  expect(lines.map((l) => l.split('\t')[2]).map((n) => n || '–')).toEqual(
    shown.map((cells) => (/\d/.test(cells[1] ?? '') ? cells[1]?.replace(',', '') : '–')),
  );
  const objects = JSON.parse(await save('JSON')) as Record<string, unknown>[];
  expect(objects.map((o) => o.Trial)).toEqual(ids);
  expect(Object.keys(objects[0] ?? {})).toEqual(['Trial', 'Title', 'Participants', 'Sponsor']);
  await page.keyboard.press('Escape');
  await accessible(page);
  if (!(await serves(server, /^\s*citation\(/m))) return;
  await open(page, server, 'references?lang=en&year=2024');
  await page.getByText('Cite', { exact: true }).click();
  const [bib] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'BibTeX' }).click()]);
  const entries = readFileSync(await bib.path(), 'utf8');
  expect(entries.match(/^@\w+\{/gm)).toHaveLength(19);
  const open_ = entries.split('{').length;
  expect(entries.split('}').length).toBe(open_);
  // The same works, and only those, in the other forms.
  const titles = (await page.locator('.reference-title').allTextContents()).sort();
  expect(titles).toHaveLength(19);
  const ris = await save('RIS');
  const records = ris.split(/^ER {2}-.*$/m).filter((r) => r.trim());
  expect(records.map((r) => /^T[I1] {2}- (.*)$/m.exec(r)?.[1]).sort()).toEqual(titles);
  for (const record of records) {
    expect(record.trim()).toMatch(/^TY {2}- [A-Z]+/);
    expect(record).toMatch(/^PY {2}- 2024/m);
    for (const line of record.trim().split(/\r?\n/)) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- /);
  }
  const items = JSON.parse(await save('CSL JSON')) as { title: string; type: string; issued: { 'date-parts': number[][] } }[];
  expect(items.map((i) => i.title).sort()).toEqual(titles);
  for (const item of items) expect([item.type, item.issued['date-parts'][0]?.[0]]).toEqual([expect.stringMatching(/^[a-z-]+$/), 2024]);
  // As text, to be pasted.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Vancouver' }).click();
  await expect(page.locator('.page-tools [role=status]')).toHaveText('Copied');
  const pasted = (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\n');
  expect(pasted).toHaveLength(19);
  for (const title of titles)
    expect(
      pasted.filter((line) => line.includes(title.replace(/[.。]$/, ''))),
      title,
    ).toHaveLength(1);
});

test('a table in view is the table in the file: the matrix, and the rows of a source word for word', async ({ page, server }) => {
  const saved = async (within: Locator, format: string) => {
    await within.getByText('Export', { exact: true }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), within.getByRole('button', { name: format, exact: true }).click()]);
    return [file.suggestedFilename(), readFileSync(await file.path(), 'utf8')] as const;
  };
  await open(page, server, 'matrix?rows=target&columns=phase&status=RECRUITING');
  const [name, text] = await saved(page.locator('main'), 'TSV');
  expect(name).toBe('trialweave-target-phase.tsv');
  const lines = text.trimEnd().split('\n');
  const shown = await page
    .locator('.matrix tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((td) => Number(/\d+/.exec(td.textContent ?? '')?.[0]))));
  expect(lines.slice(1).map((line) => line.split('\t').slice(1).map(Number))).toEqual(shown);
  expect(lines.slice(1).map((line) => line.split('\t')[0])).toEqual(await page.locator('.matrix tbody th a').allTextContents());
  await open(page, server, 'source/carnk-review-2025');
  const table = page.locator('#table-1');
  const [file, content] = await saved(table, 'JSON');
  expect(file).toBe('carnk-review-2025-1.json');
  const rows = JSON.parse(content) as Record<string, unknown>[];
  const cells = await table.locator('tbody tr').evaluateAll((all) => all.map((r) => [...r.children].map((c) => c.textContent)));
  expect(rows.map((r) => Object.values(r).map((v) => String(v ?? '')))).toEqual(cells);
});

test('on whose word: each fact of a trial names its sources, and each leads to the printed row', async ({ page, server }) => {
  await open(page, server, 'trial/NCT05247957');
  const fact = (name: string) => page.locator('.fact').filter({ has: page.getByText(name, { exact: true }) });
  await expect(fact('Status').locator('.as-printed')).toContainText(/ctgov-2026-09/);
  const side = fact('Status').getByRole('link', { name: /carnk-review-2025/ });
  await expect(side).toHaveCount(1);
  const { trial } = await ask<{ trial: { assertions: { field: string; printed: string; source: { id: string } }[] } }>(
    server,
    '{ trial(id: "NCT05247957") { assertions { field printed source { id } } } }',
  );
  const said = trial.assertions.filter((a) => a.field === 'STATUS');
  await expect(fact('Status').locator('.as-printed a')).toHaveCount(said.length);
  for (const { printed } of said) await expect(fact('Status')).toContainText(printed);
  await side.click();
  await settled(page);
  expect(path(page, server)).toMatch(/^source\/carnk-review-2025#r-\d+-\d+$/);
  await expect(page.locator('tr.aimed')).toContainText('NCT05247957');
});

test('long lists are asked for page by page, in the order and by the name that the reader wants', async ({ page, server }) => {
  await open(page, server, 'diseases');
  const { diseases } = await ask<{ diseases: { totalCount: number; nodes: { label: string }[] } }>(
    server,
    '{ diseases(first: 200, orderBy: [{ field: TRIAL_COUNT, direction: DESC }]) { totalCount nodes { label(lang: EN) } } }',
  );
  const names = page.locator('.entity-list .entity');
  await expect(names).toHaveCount(diseases.totalCount);
  expect(await names.evaluateAll((all) => all.map((a) => a.firstChild?.textContent))).toEqual(diseases.nodes.map((d) => d.label));
  await page.getByRole('searchbox').fill('白血病');
  await expect(page.locator('.result-count')).not.toContainText(String(diseases.totalCount));
  await settled(page);
  expect(new URL(page.url()).searchParams.get('q')).toBe('白血病');
  await expect(names.filter({ hasText: /leukemia/i }).first()).toBeVisible();
  await page.getByRole('searchbox').fill('zzzz');
  await expect(page.locator('main .empty')).toContainText('zzzz');
  await open(page, server, 'references?year=2024');
  await expect(page.locator('.result-count')).toContainText('19 of 50 references');
  await page.getByLabel('Kind of work').selectOption({ label: 'Review' });
  await settled(page);
  const { references } = await ask<{ references: { totalCount: number } }>(
    server,
    '{ references(first: 1, filter: { year: { eq: 2024 }, referenceType: { eq: REVIEW } }) { totalCount } }',
  );
  await expect(page.locator('.reference-list > li')).toHaveCount(references.totalCount);
});

test('a number of trials opens just those: below a disease, of a regimen, of a bar', async ({ page, server }) => {
  for (const [address, counts] of [
    ['disease/lymphoma', '#place a.count'],
    ['drug/fludarabine', '#regimens a.count'],
    ['regimen/cyclophosphamide+fludarabine', '#trials a.bar-count'],
    ['target/cd19', '#trials a.bar-count'],
  ] as const) {
    await open(page, server, address);
    const n = Number(await page.locator(counts).first().textContent());
    await page.locator(counts).first().click();
    await settled(page);
    await expect(page.locator('.result-count')).toHaveText(n === 1 ? '1 trial' : `${n} trials`);
  }
});
