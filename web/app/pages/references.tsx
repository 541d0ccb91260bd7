// All cited works: by year, by kind, to take away.
import './references.css';
import { useState } from 'preact/hooks';
import { graphql } from '../gql';
import { number, t, word } from '../i18n';
import { request, useQuery } from '../lib/client';
import { setParams, usePlace } from '../lib/router';
import { download } from '../lib/table';
import { Empty, Link, Page } from '../ui/basics';
import { ReferenceItem } from '../ui/evidence';

const REFERENCES = graphql(`
  query References($order: [ReferenceOrder!]) {
    references(first: 500, orderBy: $order) {
      totalCount
      pageInfo {
        hasNextPage
      }
      nodes {
        ...ReferenceParts
        statements(first: 1) {
          totalCount
        }
        trials(first: 1) {
          totalCount
        }
      }
    }
  }
`);

const CITATIONS = graphql(`
  query Citations($ids: [ID!]!, $style: CitationStyle!) {
    nodes(ids: $ids) {
      ... on Reference {
        id
        citation(style: $style)
      }
    }
  }
`);

const ORDERS = {
  marker: null,
  year: [{ field: 'YEAR', direction: 'DESC' }],
  title: [{ field: 'TITLE', direction: 'ASC' }],
} as const;

export default function References() {
  const { params } = usePlace();
  const sort = (params.get('sort') ?? 'marker') as keyof typeof ORDERS;
  const variables = { order: (ORDERS[sort] ?? null) as never };
  const asked = useQuery(REFERENCES, variables);
  const year = params.get('year');
  const type = params.get('type');
  const q = (params.get('q') ?? '').trim().toLowerCase();
  const all = asked.data?.references.nodes ?? [];
  const by = (r: (typeof all)[number]) =>
    (!type || r.referenceType === type) &&
    (!q || `${r.title} ${r.authors.join(' ')} ${r.journal ?? ''} ${r.doi ?? ''}`.toLowerCase().includes(q));
  const ofYears = all.filter(by);
  const shown = ofYears.filter((r) => !year || String(r.year) === year);
  if (sort === 'marker') {
    const place = (r: (typeof all)[number]) => Number(r.markers[0]?.marker ?? Number.POSITIVE_INFINITY);
    shown.sort((a, b) => place(a) - place(b));
  }
  const counts = new Map<number, number>();
  for (const r of ofYears) if (r.year) counts.set(r.year, (counts.get(r.year) ?? 0) + 1);
  const years = counts.size ? range(Math.min(...counts.keys()), Math.max(...counts.keys())) : [];
  const most = Math.max(1, ...counts.values());
  const types = [...new Set(all.map((r) => r.referenceType))].sort();
  const toggle = (name: string, value: string | null) =>
    setParams((p) => (value === null || p.get(name) === value ? p.delete(name) : p.set(name, value)));

  return (
    <Page
      title={t('references.title')}
      kind="reference"
      document={REFERENCES}
      variables={variables}
      asked={asked}
      tools={<Cite ids={shown.map((r) => r.id)} />}
    >
      {(data) => (
        <div class="body">
          <div class="filter-row">
            <label>
              <span class="sr">{t('references.find')}</span>
              <input
                type="search"
                placeholder={t('references.find')}
                value={params.get('q') ?? ''}
                onInput={(e) => {
                  const value = e.currentTarget.value;
                  setParams((p) => (value ? p.set('q', value) : p.delete('q')), true);
                }}
              />
            </label>
            <label>
              <span>{t('references.type')}</span>{' '}
              <select value={type ?? ''} onChange={(e) => toggle('type', e.currentTarget.value || null)}>
                <option value="">{t('common.all')}</option>
                {types.map((x) => (
                  <option value={x}>{word('referenceType', x)}</option>
                ))}
              </select>
            </label>
            <label>
              <span>{t('common.sort')}</span>{' '}
              <select value={sort} onChange={(e) => setParams((p) => p.set('sort', e.currentTarget.value))}>
                {Object.keys(ORDERS).map((x) => (
                  <option value={x}>{t(`references.by.${x}` as 'references.by.year')}</option>
                ))}
              </select>
            </label>
          </div>
          <figure class="histogram">
            <figcaption>{t('references.years')}</figcaption>
            <ul>
              {years.map((y) => {
                const n = counts.get(y) ?? 0;
                return (
                  <li>
                    <button
                      type="button"
                      aria-pressed={year === String(y)}
                      disabled={n === 0 && year !== String(y)}
                      title={t('references.inYear', { year: String(y), n })}
                      onClick={() => toggle('year', String(y))}
                    >
                      <span class="histogram-count">{n || ''}</span>
                      <span class="histogram-bar" style={{ height: `${(n / most) * 4}rem` }} />
                      <span class="histogram-year">{String(y)}</span>
                    </button>
                  </li>
                );
              })}
            </ul>
          </figure>
          <p class="result-count" role="status" aria-live="polite">
            {t('references.count', { n: shown.length, all: data.references.totalCount })}
            {(year || type || q) && (
              <button
                type="button"
                class="text-button"
                onClick={() =>
                  setParams((p) => {
                    for (const name of ['year', 'type', 'q']) p.delete(name);
                  })
                }
              >
                {t('chip.clear')}
              </button>
            )}
          </p>
          {data.references.pageInfo.hasNextPage && <p class="muted">{t('references.first', { n: data.references.nodes.length })}</p>}
          {shown.length === 0 && <Empty>{t('references.nothing')}</Empty>}
          <ol class="reference-list">
            {shown.map((r) => (
              <li key={r.id}>
                <ReferenceItem
                  reference={r}
                  extra={
                    <>
                      {r.statements.totalCount > 0 && <span>{t('references.cited', { n: r.statements.totalCount })}</span>}
                      {r.trials.totalCount > 0 && (
                        <Link to={`reference/${r.id.slice(10)}#trace`}>{t('trials.count', { n: r.trials.totalCount })}</Link>
                      )}
                    </>
                  }
                />
              </li>
            ))}
          </ol>
        </div>
      )}
    </Page>
  );
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

const STYLES = {
  BIBTEX: ['bib', 'application/x-bibtex'],
  RIS: ['ris', 'application/x-research-info-systems'],
  CSL_JSON: ['json', 'application/json'],
} as const;

/** References as a file for a reference manager. */
export function Cite({ ids }: { ids: readonly string[] }) {
  const [busy, setBusy] = useState('');
  const save = async (style: keyof typeof STYLES) => {
    setBusy(t('export.busy'));
    try {
      const texts: string[] = [];
      for (let i = 0; i < ids.length; i += 100) {
        const { nodes } = await request(CITATIONS, { ids: ids.slice(i, i + 100), style });
        for (const node of nodes) if (node && 'citation' in node) texts.push(node.citation);
      }
      const [extension, type] = STYLES[style];
      const content =
        style === 'CSL_JSON'
          ? `${JSON.stringify(
              texts.flatMap((x) => JSON.parse(x)),
              null,
              2,
            )}\n`
          : `${texts.map((x) => x.trim()).join('\n\n')}\n`;
      download(`trialweave-references.${extension}`, content, type);
      setBusy(t('export.doneReferences', { n: texts.length }));
    } catch (cause) {
      setBusy(String((cause as Error).message));
    }
  };
  return (
    <details class="menu">
      <summary class="button small">{t('references.cite')}</summary>
      <div class="menu-body">
        <p class="muted">{t('references.citeHelp', { n: ids.length })}</p>
        <button type="button" class="button small" onClick={() => save('BIBTEX')}>
          BibTeX
        </button>
        <button type="button" class="button small" onClick={() => save('RIS')}>
          RIS
        </button>
        <button type="button" class="button small" onClick={() => save('CSL_JSON')}>
          CSL JSON
        </button>
        <p role="status" class="muted">
          {busy || number(ids.length)}
        </p>
      </div>
    </details>
  );
}
