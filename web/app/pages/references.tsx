// All cited works: by year, by kind, to take away.
import './references.css';
import { graphql } from '../gql';
import { t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { setParams, usePlace } from '../lib/router';
import { Cite } from '../ui/cite';
import { ReferenceItem } from '../ui/evidence';
import { Link } from '../ui/names';
import { Page } from '../ui/page';
import { Empty } from '../ui/states';

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
