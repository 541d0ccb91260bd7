// All cited works: by year, by kind, to take away.
import './references.css';
import { graphql } from '../gql';
import type { ReferenceFilter, ReferenceType } from '../gql/graphql';
import { t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { setParams, usePlace } from '../lib/router';
import { Cite } from '../ui/cite';
import { ReferenceItem } from '../ui/evidence';
import { Link } from '../ui/names';
import { Onward } from '../ui/onward';
import { Page } from '../ui/page';
import { Empty } from '../ui/states';

const REFERENCES = graphql(`
  query References($filter: ReferenceFilter, $wider: ReferenceFilter, $order: [ReferenceOrder!], $after: String) {
    found: references(first: 1000, filter: $wider) {
      totalCount
      nodes {
        year
        referenceType
      }
    }
    references(first: 100, after: $after, filter: $filter, orderBy: $order) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
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
  const year = Number(params.get('year')) || null;
  const type = params.get('type') as ReferenceType | null;
  const text = params.get('q')?.trim();
  const of = (parts: (ReferenceFilter | null)[]): ReferenceFilter | null => {
    const and = parts.filter((p) => p !== null);
    return and.length ? { and } : null;
  };
  const wider = text ? { text } : null;
  const variables = {
    wider,
    filter: of([wider, type && { referenceType: { eq: type } }, year ? { year: { eq: year } } : null]),
    order: (ORDERS[sort] ?? null) as never,
    after: params.get('after'),
  };
  const asked = useQuery(REFERENCES, variables);
  const found = asked.data?.found;
  const shown = [...(asked.data?.references.nodes ?? [])];
  if (sort === 'marker') {
    const place = (r: (typeof shown)[number]) => Number(r.markers[0]?.marker ?? Number.POSITIVE_INFINITY);
    shown.sort((a, b) => place(a) - place(b));
  }
  // Of very many, years cannot be counted here, and a part of them would say something wrong.
  const whole = found && found.totalCount <= found.nodes.length;
  const counts = new Map<number, number>();
  for (const r of whole ? found.nodes : [])
    if (r.year && (!type || r.referenceType === type)) counts.set(r.year, (counts.get(r.year) ?? 0) + 1);
  const years = counts.size ? range(Math.min(...counts.keys()), Math.max(...counts.keys())) : [];
  const most = Math.max(1, ...counts.values());
  const types = [...new Set([...(type ? [type] : []), ...(found?.nodes.map((r) => r.referenceType) ?? [])])].sort();
  const set = (name: string, value: string | null, replace = false) =>
    setParams((p) => {
      p.delete('after');
      if (value && p.get(name) !== value) p.set(name, value);
      else p.delete(name);
    }, replace);

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
                onInput={(e) => set('q', e.currentTarget.value, true)}
              />
            </label>
            <label>
              <span>{t('references.type')}</span>{' '}
              <select value={type ?? ''} onChange={(e) => set('type', e.currentTarget.value)}>
                <option value="">{t('common.all')}</option>
                {types.map((x) => (
                  <option value={x}>{word('referenceType', x)}</option>
                ))}
              </select>
            </label>
            <label>
              <span>{t('common.sort')}</span>{' '}
              <select value={sort} onChange={(e) => set('sort', e.currentTarget.value)}>
                {Object.keys(ORDERS).map((x) => (
                  <option value={x}>{t(`references.by.${x}` as 'references.by.year')}</option>
                ))}
              </select>
            </label>
          </div>
          {years.length > 0 && (
            <figure class="histogram">
              <figcaption>{t('references.years')}</figcaption>
              <ul>
                {years.map((y) => {
                  const n = counts.get(y) ?? 0;
                  return (
                    <li>
                      <button
                        type="button"
                        aria-pressed={year === y}
                        disabled={n === 0 && year !== y}
                        title={t('references.inYear', { year: String(y), n })}
                        onClick={() => set('year', String(y))}
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
          )}
          <p class="result-count" role="status" aria-live="polite">
            {t('references.count', { n: data.references.totalCount, all: data.found.totalCount })}
            {(year || type || text) && (
              <button
                type="button"
                class="text-button"
                onClick={() =>
                  setParams((p) => {
                    for (const name of ['year', 'type', 'q', 'after']) p.delete(name);
                  })
                }
              >
                {t('chip.clear')}
              </button>
            )}
          </p>
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
          <Onward pageInfo={data.references.pageInfo} />
        </div>
      )}
    </Page>
  );
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
