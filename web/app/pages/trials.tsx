// All trials: choose, count, sort, page, take away.
import { useMemo } from 'preact/hooks';
import { graphql } from '../gql';
import type { Dimension, TrialsQuery } from '../gql/graphql';
import { apiLang, t } from '../i18n';
import { useQuery } from '../lib/client';
import { href, queryText, setParams, usePlace } from '../lib/router';
import {
  COLUMNS,
  changed,
  chosenIds,
  FACETS,
  PAGE_SIZE,
  parseTrials,
  type TrialsState,
  toFilter,
  toOrder,
  writeTrials,
} from '../lib/trials';
import { Page } from '../ui/page';
import { Empty } from '../ui/states';
import type { TrialParts } from '../ui/trial-cells';
import { columnName, TrialTable } from '../ui/trial-table';
import { Chips, cleared } from './trials/chips';
import { type Go, namesOf } from './trials/choice';
import { FacetPanel } from './trials/facets';
import { Export } from './trials/save';

const TRIALS = graphql(`
  query Trials(
    $filter: TrialFilter
    $order: [TrialOrder!]
    $dimensions: [Dimension!]!
    $first: Int
    $after: String
    $last: Int
    $before: String
    $chosen: [ID!]!
    $lang: Language!
  ) {
    chosen: nodes(ids: $chosen) {
      id
      ... on Entity {
        label(lang: $lang)
      }
    }
    trials(filter: $filter, orderBy: $order, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      facets(dimensions: $dimensions, limit: 100) {
        dimension
        missing
        otherBuckets
        buckets {
          key
          label(lang: $lang)
          count
        }
      }
      nodes {
        ...TrialRow
      }
    }
  }
`);

export default function Trials() {
  const { params } = usePlace();
  const state = parseTrials(params);
  const dimensions = FACETS.map((f) => f.dimension) as Dimension[];
  const variables = {
    filter: toFilter(state),
    order: toOrder(state),
    dimensions,
    chosen: chosenIds(state),
    ...(state.before ? { last: PAGE_SIZE, before: state.before } : { first: PAGE_SIZE, after: state.after || null }),
    lang: apiLang(),
  };
  const asked = useQuery(TRIALS, variables);
  const total = asked.data?.trials.totalCount;
  const go = (next: TrialsState, replace = false) => setParams((p) => writeTrials(next, p), replace);

  return (
    <Page
      title={t('trials.title')}
      kind="trial"
      document={TRIALS}
      variables={variables}
      asked={asked}
      tools={<Export state={state} total={total ?? 0} />}
    >
      {(data) => (
        <div class="with-facets">
          <FacetPanel state={state} facets={data.trials.facets} names={namesOf(data)} go={go} />
          <div class="results">
            <Chips state={state} facets={data.trials.facets} names={namesOf(data)} go={go} />
            <div class="result-bar">
              <p class="result-count" role="status" aria-live="polite">
                {t('trials.count', { n: data.trials.totalCount })}
              </p>
              <ColumnChooser state={state} go={go} />
            </div>
            {data.trials.nodes.length === 0 ? (
              <NothingFound state={state} go={go} />
            ) : (
              <Rows trials={data.trials.nodes} state={state} go={go} />
            )}
            <Pager state={state} data={data} go={go} />
          </div>
        </div>
      )}
    </Page>
  );
}

/** The table is drawn again only where it shows something else: a click first changes the address, and only then the answer. */
function Rows({ trials, state, go }: { trials: readonly TrialParts[]; state: TrialsState; go: Go }) {
  return useMemo(
    () => (
      <TrialTable
        trials={trials}
        columns={state.columns}
        caption={t('trials.title')}
        sorting={{
          column: state.sort,
          down: state.down,
          choose: (column) => {
            const now = parseTrials(new URLSearchParams(location.search));
            const same = now.sort === column || (column === 'id' && now.sort === '');
            go(changed(now, { sort: column, down: same ? !now.down : false }));
          },
        }}
      />
    ),
    [trials, state.columns.join(), state.sort, state.down, apiLang()],
  );
}

function NothingFound({ state, go }: { state: TrialsState; go: Go }) {
  return (
    <div class="nothing">
      <Empty>{t('trials.nothing')}</Empty>
      <button type="button" class="button" onClick={() => go(cleared(state))}>
        {t('chip.clear')}
      </button>
    </div>
  );
}

function ColumnChooser({ state, go }: { state: TrialsState; go: Go }) {
  return (
    <details class="menu">
      <summary class="button small">{t('trials.columns')}</summary>
      <div class="menu-body">
        {COLUMNS.map((column) => (
          <label class="choice">
            <input
              type="checkbox"
              checked={state.columns.includes(column)}
              onChange={() => {
                const columns = state.columns.includes(column) ? state.columns.filter((c) => c !== column) : [...state.columns, column];
                if (columns.length) go({ ...state, columns: COLUMNS.filter((c) => columns.includes(c)) }, true);
              }}
            />
            <span>{columnName(column)}</span>
          </label>
        ))}
      </div>
    </details>
  );
}

function Pager({ state, data, go }: { state: TrialsState; data: TrialsQuery; go: Go }) {
  const { pageInfo, totalCount, nodes } = data.trials;
  if (!pageInfo.hasNextPage && !pageInfo.hasPreviousPage) return null;
  const from = (state.page - 1) * PAGE_SIZE + 1;
  const address = (next: TrialsState) => {
    const text = queryText(writeTrials(next, new URLSearchParams(location.search)));
    return href(`trials${text ? `?${text}` : ''}`);
  };
  const back: TrialsState =
    state.page <= 2
      ? { ...state, after: '', before: '', page: 1 }
      : { ...state, after: '', before: pageInfo.startCursor ?? '', page: state.page - 1 };
  const on: TrialsState = { ...state, after: pageInfo.endCursor ?? '', before: '', page: state.page + 1 };
  void go;
  return (
    <nav class="pager" aria-label={t('pager.label')}>
      {pageInfo.hasPreviousPage && (
        <a class="button" rel="prev" href={address(back)}>
          ← {t('pager.previous')}
        </a>
      )}
      <span>{t('pager.range', { from, to: from + nodes.length - 1, total: totalCount })}</span>
      {pageInfo.hasNextPage && (
        <a class="button" rel="next" href={address(on)}>
          {t('pager.next')} →
        </a>
      )}
    </nav>
  );
}
