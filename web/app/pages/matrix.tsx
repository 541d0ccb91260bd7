// Two dimensions crossed: every number opens its trials, every empty cell is a question.
import './matrix.css';
import { graphql } from '../gql';
import type { Dimension, MatrixQuery } from '../gql/graphql';
import { apiLang, number, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { bare, shortName } from '../lib/format';
import { href, queryText, setParams, usePlace } from '../lib/router';
import { csv, download } from '../lib/table';
import { choices, type FacetName, facetNamed, parseTrials, toFilter, writeTrials } from '../lib/trials';
import { Empty, Link, Page } from '../ui/basics';

const MATRIX = graphql(`
  query Matrix($rows: Dimension!, $columns: Dimension!, $filter: TrialFilter, $lang: Language!, $tree: Boolean!) {
    diseases(first: 1000) @include(if: $tree) {
      nodes {
        id
        ancestors {
          id
        }
      }
    }
    matrix(rows: $rows, columns: $columns, filter: $filter) {
      total
      rows {
        key
        label(lang: $lang)
        count
      }
      columns {
        key
        label(lang: $lang)
        count
      }
      cells {
        row
        column
        count
      }
    }
  }
`);

const NAMES: FacetName[] = ['target', 'disease', 'drug', 'phase', 'status', 'area', 'role', 'country', 'sponsor', 'year', 'regimen'];
const FAMILY: Partial<Record<FacetName, string>> = { status: 'status', phase: 'phase', area: 'area', role: 'role' };

type Matrix = MatrixQuery['matrix'];

export interface Gap {
  row: number;
  column: number;
  /** Trials one would see if the two had nothing to do with each other. */
  expected: number;
}

type Crossed = Pick<Matrix, 'rows' | 'columns' | 'cells' | 'total'>;
/** What lies above a disease, by its id. */
export type Above = ReadonlyMap<string, readonly string[]>;

/**
 * Pairs that have a trial, themselves or by a narrower disease: a trial of B-cell lymphoma is one of lymphoma, though the
 * table counts it only where it is named.
 */
export function tried(matrix: Crossed, above: Above): Set<string> {
  const places = (list: Crossed['rows']) => new Map(list.map((b, i) => [b.key, i]));
  const rows = places(matrix.rows);
  const columns = places(matrix.columns);
  const wider = (key: string, at: number, places: ReadonlyMap<string, number>) => [
    at,
    ...(above.get(key) ?? []).map((id) => places.get(id)).filter((i) => i !== undefined),
  ];
  const pairs = new Set<string>();
  for (const { row, column, count } of matrix.cells) {
    if (count === 0) continue;
    for (const r of wider(matrix.rows[row]!.key, row, rows))
      for (const c of wider(matrix.columns[column]!.key, column, columns)) pairs.add(`${r} ${c}`);
  }
  return pairs;
}

const expected = (matrix: Crossed, row: number, column: number) =>
  (matrix.rows[row]!.count * matrix.columns[column]!.count) / Math.max(1, matrix.total);

/** Pairs without a trial, those first where most would be expected by chance. */
export function gaps(matrix: Crossed, above: Above = new Map(), most = 24): Gap[] {
  const filled = tried(matrix, above);
  const found: Gap[] = [];
  matrix.rows.forEach((r, row) => {
    matrix.columns.forEach((c, column) => {
      if (!filled.has(`${row} ${column}`) && r.count > 0 && c.count > 0) {
        found.push({ row, column, expected: expected(matrix, row, column) });
      }
    });
  });
  return found.sort((a, b) => b.expected - a.expected || a.row - b.row || a.column - b.column).slice(0, most);
}

export default function MatrixPage() {
  const { params } = usePlace();
  const pick = (name: string, other: FacetName): FacetName => {
    const said = params.get(name) as FacetName;
    return NAMES.includes(said) ? said : other;
  };
  const rows = pick('rows', 'target');
  const columns = pick('columns', rows === 'disease' ? 'target' : 'disease');
  const white = params.get('view') === 'white';
  const state = parseTrials(params);
  const tree = rows === 'disease' || columns === 'disease';
  const dimension = (name: FacetName) => facetNamed(name)!.dimension as Dimension;
  const variables = { rows: dimension(rows), columns: dimension(columns), filter: toFilter(state), lang: apiLang(), tree };
  const asked = useQuery(MATRIX, variables);
  const set = (name: string, value: string | null) => setParams((p) => (value ? p.set(name, value) : p.delete(name)));
  const select = (name: 'rows' | 'columns', value: FacetName, other: FacetName) => (
    <label>
      <span>{t(`matrix.${name}`)}</span>{' '}
      <select value={value} onChange={(e) => set(name, e.currentTarget.value)}>
        {NAMES.filter((n) => n !== other).map((n) => (
          <option value={n}>{t(`facet.${n}`)}</option>
        ))}
      </select>
    </label>
  );
  return (
    <Page
      title={t('matrix.title')}
      document={MATRIX}
      variables={variables}
      asked={asked}
      below={<p class="lead">{tree ? `${t('matrix.lead')} ${t('matrix.named')}` : t('matrix.lead')}</p>}
    >
      {({ matrix, diseases }) => {
        const above: Above = new Map((diseases?.nodes ?? []).map((d) => [d.id, d.ancestors.map((a) => a.id)]));
        const top = limited(matrix, params.get('all') === '1');
        return (
          <div class="body wide">
            <div class="filter-row">
              {select('rows', rows, columns)}
              <button
                type="button"
                class="icon-button"
                title={t('matrix.swap')}
                aria-label={t('matrix.swap')}
                onClick={() =>
                  setParams((p) => {
                    p.set('rows', columns);
                    p.set('columns', rows);
                  })
                }
              >
                ⇄
              </button>
              {select('columns', columns, rows)}
              <fieldset class="switch">
                <legend class="sr">{t('matrix.view')}</legend>
                <button type="button" aria-pressed={!white} onClick={() => set('view', null)}>
                  {t('matrix.counts')}
                </button>
                <button type="button" aria-pressed={white} onClick={() => set('view', 'white')}>
                  {t('matrix.white')}
                </button>
              </fieldset>
              <button type="button" class="button small" onClick={() => save(matrix, rows, columns)}>
                CSV
              </button>
            </div>
            {choices(state) > 0 && (
              <p class="muted">
                {t('matrix.filtered', { n: matrix.total })} <Link to={`matrix?rows=${rows}&columns=${columns}`}>{t('chip.clear')}</Link>
              </p>
            )}
            {top.rows.length === 0 ? (
              <Empty>{t('trials.nothing')}</Empty>
            ) : (
              <div class={white ? 'matrix-view white-view' : 'matrix-view'}>
                <Grid
                  matrix={top}
                  whole={matrix}
                  pairs={tried(matrix, above)}
                  rows={rows}
                  columns={columns}
                  white={white}
                  params={params}
                />
                {white && <Gaps matrix={matrix} above={above} rows={rows} columns={columns} />}
              </div>
            )}
            {top.cut && (
              <p class="muted">
                {t('matrix.cut', {
                  rows: top.rows.length,
                  allRows: matrix.rows.length,
                  columns: top.columns.length,
                  allColumns: matrix.columns.length,
                })}{' '}
                <button type="button" class="text-button" onClick={() => set('all', '1')}>
                  {t('matrix.showAll')}
                </button>
              </p>
            )}
          </div>
        );
      }}
    </Page>
  );
}

const MOST_ROWS = 30;
const MOST_COLUMNS = 24;

/** The rows and columns with most trials, unless all are wanted. */
function limited(matrix: Matrix, all: boolean) {
  const pick = (list: Matrix['rows'], most: number) => {
    const order = list
      .map((bucket, index) => ({ bucket, index }))
      .filter((x) => x.bucket.count > 0)
      .sort((a, b) => b.bucket.count - a.bucket.count);
    return all ? order : order.slice(0, most);
  };
  const rows = pick(matrix.rows, MOST_ROWS);
  const columns = pick(matrix.columns, MOST_COLUMNS);
  const counts = new Map(matrix.cells.map((c) => [`${c.row} ${c.column}`, c.count]));
  return {
    rows,
    columns,
    counts,
    most: Math.max(1, ...matrix.cells.map((c) => c.count)),
    cut: rows.length < matrix.rows.filter((r) => r.count > 0).length || columns.length < matrix.columns.filter((c) => c.count > 0).length,
  };
}

const name = (facet: FacetName, bucket: { key: string; label: string }) => {
  const family = FAMILY[facet];
  return family ? word(family, bucket.key) : shortName(bucket.key, bucket.label);
};
const value = (facet: FacetName, key: string) => (facetNamed(facet)?.kind ? bare(key) : key);

function cellAddress(params: URLSearchParams, pairs: [FacetName, string][]): string {
  const state = parseTrials(params);
  const chosen = { ...state.chosen };
  for (const [facet, key] of pairs) chosen[facet] = [value(facet, key)];
  return `trials?${queryText(writeTrials({ ...state, chosen, all: [] }))}`;
}

function Grid({
  matrix,
  whole,
  pairs,
  rows,
  columns,
  white,
  params,
}: {
  matrix: ReturnType<typeof limited>;
  whole: Crossed;
  /** Pairs that have a trial, themselves or by a narrower disease. */
  pairs: ReadonlySet<string>;
  rows: FacetName;
  columns: FacetName;
  white: boolean;
  params: URLSearchParams;
}) {
  const level = (n: number) => Math.max(1, Math.ceil((Math.log(n + 1) / Math.log(matrix.most + 1)) * 6));
  return (
    <div class="scroll matrix-box" tabindex={0} role="region" aria-label={t('matrix.title')}>
      <table class={white ? 'matrix white' : 'matrix'}>
        <caption class="sr">{t('matrix.caption', { rows: t(`facet.${rows}`), columns: t(`facet.${columns}`) })}</caption>
        <thead>
          <tr>
            <td />
            {matrix.columns.map(({ bucket }) => (
              <th scope="col">
                <a href={href(cellAddress(params, [[columns, bucket.key]]))}>
                  <span>{name(columns, bucket)}</span>
                </a>
                <span class="total">{number(bucket.count)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.rows.map(({ bucket: row, index }) => (
            <tr>
              <th scope="row">
                <a href={href(cellAddress(params, [[rows, row.key]]))}>{name(rows, row)}</a> <span class="total">{number(row.count)}</span>
              </th>
              {matrix.columns.map(({ bucket: column, index: at }) => {
                const n = matrix.counts.get(`${index} ${at}`) ?? 0;
                if (n === 0) {
                  const narrower = pairs.has(`${index} ${at}`);
                  const chance = expected(whole, index, at);
                  const why = narrower ? t('matrix.narrower') : white ? t('matrix.expected', { n: Math.round(chance * 10) / 10 }) : '';
                  const level = narrower ? 'narrower' : `w${chance >= 3 ? 4 : chance >= 1 ? 3 : chance >= 0.3 ? 2 : 1}`;
                  return (
                    <td class={`zero ${level}`} title={`${name(rows, row)} × ${name(columns, column)}: 0${why && ` · ${why}`}`}>
                      <span aria-hidden="true">{narrower ? '▿' : '·'}</span>
                      <span class="sr">0{narrower ? ` ${why}` : ''}</span>
                    </td>
                  );
                }
                return (
                  <td class={`heat h${level(n)}`}>
                    <a
                      href={href(
                        cellAddress(params, [
                          [rows, row.key],
                          [columns, column.key],
                        ]),
                      )}
                      title={`${name(rows, row)} × ${name(columns, column)}: ${n}`}
                      aria-label={t('matrix.cell', { row: name(rows, row), column: name(columns, column), n })}
                    >
                      {number(n)}
                    </a>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Gaps({ matrix, above, rows, columns }: { matrix: Matrix; above: Above; rows: FacetName; columns: FacetName }) {
  const list = gaps(matrix, above);
  if (list.length === 0) return null;
  return (
    <section class="section" aria-labelledby="gaps-title">
      <h2 id="gaps-title">{t('matrix.gaps')}</h2>
      <p class="muted">{t('matrix.gapsHelp')}</p>
      <ol class="gaps">
        {list.map((gap) => {
          const row = matrix.rows[gap.row]!;
          const column = matrix.columns[gap.column]!;
          return (
            <li>
              <Link to={`trials?${rows}=${encodeURIComponent(value(rows, row.key))}`}>{name(rows, row)}</Link>{' '}
              <span class="muted">({number(row.count)})</span> ×{' '}
              <Link to={`trials?${columns}=${encodeURIComponent(value(columns, column.key))}`}>{name(columns, column)}</Link>{' '}
              <span class="muted">({number(column.count)})</span>
              <span class="aside">{t('matrix.expected', { n: Math.round(gap.expected * 10) / 10 })}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function save(matrix: Matrix, rows: FacetName, columns: FacetName): void {
  const counts = new Map(matrix.cells.map((c) => [`${c.row} ${c.column}`, c.count]));
  const sheet = {
    columns: [`${t(`facet.${rows}`)} \\ ${t(`facet.${columns}`)}`, ...matrix.columns.map((c) => name(columns, c))],
    rows: matrix.rows.map((r, i) => [name(rows, r), ...matrix.columns.map((_, j) => counts.get(`${i} ${j}`) ?? 0)]),
  };
  download(`trialweave-${rows}-${columns}.csv`, csv(sheet), 'text/csv');
}
