// Two dimensions crossed: every number opens its trials, every empty cell is a question.
import { graphql } from '../gql';
import type { Dimension } from '../gql/graphql';
import { apiLang, t } from '../i18n';
import { useQuery } from '../lib/client';
import { setParams, usePlace } from '../lib/router';
import { choices, type FacetName, facetNamed, parseTrials, toFilter } from '../lib/trials';
import { Link } from '../ui/names';
import { Page } from '../ui/page';
import { Save } from '../ui/save';
import { Empty } from '../ui/states';
import { type Above, Gaps, tried } from './matrix/gaps';
import { Grid, gridSheet, limited } from './matrix/grid';

const MATRIX = graphql(`
  query Matrix($rows: Dimension!, $columns: Dimension!, $filter: TrialFilter, $lang: Language!, $tree: Boolean!) {
    diseases(first: 1000, orderBy: [{ field: TRIAL_COUNT, direction: DESC }]) @include(if: $tree) {
      nodes {
        id
        ancestors {
          id
        }
      }
    }
    matrix(rows: $rows, columns: $columns, filter: $filter, rowLimit: 100, columnLimit: 100, includeEmpty: false) {
      total
      otherRows
      otherColumns
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
        const top = limited(matrix, white ? 'white' : 'counts', params.get('all') === '1');
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
              <Save name={`trialweave-${rows}-${columns}`} sheet={() => gridSheet(top, rows, columns)} />
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
            {(top.rows.length < top.allRows || top.columns.length < top.allColumns) && (
              <p class="muted">
                {t('matrix.cut', {
                  rows: top.rows.length,
                  allRows: top.allRows,
                  columns: top.columns.length,
                  allColumns: top.allColumns,
                })}{' '}
                {top.more && (
                  <button type="button" class="text-button" onClick={() => set('all', '1')}>
                    {t('matrix.showMore')}
                  </button>
                )}
              </p>
            )}
          </div>
        );
      }}
    </Page>
  );
}
