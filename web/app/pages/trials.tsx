// All trials: choose, count, sort, page, take away.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { graphql } from '../gql';
import type { Dimension, TrialsQuery } from '../gql/graphql';
import { apiLang, number, t, word } from '../i18n';
import { request, useQuery } from '../lib/client';
import { fileName, shortName } from '../lib/format';
import { href, queryText, setParams, usePlace } from '../lib/router';
import { csv, download, json, tsv } from '../lib/table';
import {
  COLUMNS,
  canLack,
  changed,
  choices,
  chosenIds,
  FACETS,
  type Facet,
  type FacetName,
  facetOf,
  isWide,
  NONE,
  narrow,
  PAGE_SIZE,
  parseTrials,
  type TrialsState,
  toFilter,
  toggled,
  toOrder,
  writeTrials,
} from '../lib/trials';
import { Empty, Page } from '../ui/basics';
import { columnName, type TrialParts, TrialTable, trialSheet } from '../ui/trial-table';

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

const EXPORT = graphql(`
  query TrialsExport($filter: TrialFilter, $order: [TrialOrder!], $after: String, $lang: Language!) {
    trials(filter: $filter, orderBy: $order, first: 200, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...TrialRow
      }
    }
  }
`);

type FacetData = TrialsQuery['trials']['facets'][number];

/** The value of a bucket as the address writes it. */
const shortValue = (facet: Facet, key: string) => (facet.kind && key.startsWith(`${facet.kind}:`) ? key.slice(facet.kind.length + 1) : key);

const FAMILY: Partial<Record<FacetName, string>> = { status: 'status', phase: 'phase', area: 'area', role: 'role' };
function labelOf(facet: Facet, key: string, label?: string): string {
  const family = FAMILY[facet.name];
  if (key === NONE) return t('facet.none');
  return family ? word(family, key) : label ? shortName(`${facet.kind ?? ''}:`, label) : key;
}

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

type Names = ReadonlyMap<string, string>;

/** The names of the chosen nodes, by global id. */
function namesOf(data: TrialsQuery): Names {
  return new Map(data.chosen.flatMap((n) => (n && 'label' in n ? [[n.id, n.label]] : [])));
}

type Go = (state: TrialsState, replace?: boolean) => void;

function FacetPanel({ state, facets, names, go }: { state: TrialsState; facets: readonly FacetData[]; names: Names; go: Go }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState(state.text);
  const typed = useRef(state.text);
  useEffect(() => {
    if (state.text !== typed.current) {
      typed.current = state.text;
      setText(state.text);
    }
  }, [state.text]);
  useEffect(() => {
    if (text === state.text) return;
    const timer = setTimeout(() => {
      typed.current = text;
      go(changed(parseTrials(new URLSearchParams(location.search)), { text }), true);
    }, 40);
    return () => clearTimeout(timer);
  }, [text]);
  const n = choices(state);
  return (
    <aside class={open ? 'facets open' : 'facets'} aria-label={t('facet.panel')}>
      <button type="button" class="button facets-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('facet.panel')}
        {n > 0 && <span class="count">{n}</span>}
      </button>
      <div class="facets-body">
        <label class="facet-text">
          <span>{t('facet.text')}</span>
          <input type="search" value={text} placeholder={t('facet.textHint')} onInput={(e) => setText(e.currentTarget.value)} />
        </label>
        {facets.map((data) => {
          const facet = facetOf(data.dimension);
          return facet && <FacetBox key={facet.name} facet={facet} data={data} state={state} names={names} go={go} />;
        })}
        <fieldset class="facet">
          <legend>{t('facet.flags')}</legend>
          <label class="choice">
            <input type="checkbox" checked={state.conflict} onChange={() => go(changed(state, { conflict: !state.conflict }))} />
            <span>{t('facet.conflict')}</span>
          </label>
          <label class="choice">
            <input type="checkbox" checked={state.reference} onChange={() => go(changed(state, { reference: !state.reference }))} />
            <span>{t('facet.reference')}</span>
          </label>
        </fieldset>
      </div>
    </aside>
  );
}

const SHOWN = 7;
const FOLDED: FacetName[] = ['role', 'regimen', 'country', 'sponsor', 'year', 'source'];

function FacetBox({ facet, data, state, names, go }: { facet: Facet; data: FacetData; state: TrialsState; names: Names; go: Go }) {
  const [all, setAll] = useState(false);
  const [find, setFind] = useState('');
  const chosen = state.chosen[facet.name] ?? [];
  const buckets = data.buckets.map((b) => ({
    value: shortValue(facet, b.key),
    label: labelOf(facet, b.key, b.label),
    count: b.count,
  }));
  for (const value of chosen) {
    if (value !== NONE && !isWide(value) && !buckets.some((b) => b.value === value)) {
      buckets.push({ value, label: labelOf(facet, value, names.get(`${facet.kind}:${value}`)), count: 0 });
    }
  }
  if (data.missing > 0 || chosen.includes(NONE)) {
    if (canLack(facet)) buckets.push({ value: NONE, label: t('facet.none'), count: data.missing });
  }
  if (buckets.length === 0) return null;
  const wanted = find.trim().toLowerCase();
  const matching = wanted ? buckets.filter((b) => b.label.toLowerCase().includes(wanted)) : buckets;
  const shown = all || wanted ? matching : matching.filter((b, i) => i < SHOWN || chosen.includes(b.value));
  const most = Math.max(1, ...buckets.map((b) => b.count));
  return (
    <details class="facet" open={!FOLDED.includes(facet.name) || chosen.length > 0}>
      <summary>{t(`facet.${facet.name}`)}</summary>
      {(all || buckets.length > 30) && (
        <input
          type="search"
          class="facet-find"
          aria-label={t('facet.find', { facet: t(`facet.${facet.name}`) })}
          placeholder={t('facet.findHint')}
          value={find}
          onInput={(e) => setFind(e.currentTarget.value)}
        />
      )}
      <ul>
        {shown.map((b) => (
          <li key={b.value}>
            <label class="choice">
              <input type="checkbox" checked={chosen.includes(b.value)} onChange={() => go(toggled(state, facet.name, b.value))} />
              <span>{b.label}</span>
              <span class="choice-count">{number(b.count)}</span>
              <meter class="choice-bar" min={0} max={most} value={b.count} aria-hidden="true" />
            </label>
          </li>
        ))}
      </ul>
      {!wanted && buckets.length > shown.length && (
        <button type="button" class="text-button" onClick={() => setAll(true)}>
          {t('facet.showAll', { n: buckets.length })}
        </button>
      )}
      {(all || wanted) && data.otherBuckets > 0 && <p class="aside">{t('facet.rest', { n: number(data.otherBuckets) })}</p>}
      {all && !wanted && buckets.length > SHOWN && (
        <button type="button" class="text-button" onClick={() => setAll(false)}>
          {t('facet.showLess')}
        </button>
      )}
    </details>
  );
}

/** What is chosen, in words that say AND and OR. */
function Chips({ state, facets, names, go }: { state: TrialsState; facets: readonly FacetData[]; names: Names; go: Go }) {
  const parts = FACETS.filter((f) => state.chosen[f.name]?.length).map((facet) => {
    const values = state.chosen[facet.name] ?? [];
    const data = facets.find((f) => f.dimension === facet.dimension);
    const label = (value: string) => {
      const bucket = data?.buckets.find((b) => shortValue(facet, b.key) === value);
      return labelOf(facet, value, bucket?.label ?? names.get(`${facet.kind}:${narrow(value)}`));
    };
    const isAll = state.all.includes(facet.name);
    const between = isAll ? t('chip.and') : t('chip.or');
    return (
      <fieldset class="chip">
        <legend>{t(`facet.${facet.name}`)}</legend>
        {values.map((value, i) => (
          <>
            {i > 0 &&
              (facet.many ? (
                <button
                  type="button"
                  class="chip-between"
                  title={isAll ? t('chip.makeOr') : t('chip.makeAnd')}
                  onClick={() =>
                    go(
                      changed(state, {
                        all: isAll ? state.all.filter((n) => n !== facet.name) : [...state.all, facet.name],
                      }),
                    )
                  }
                >
                  {between}
                </button>
              ) : (
                <span class="chip-between">{between}</span>
              ))}
            <span class="chip-value">
              {label(value)}
              {facet.name === 'disease' && value !== NONE && (
                <button type="button" class="chip-scope" onClick={() => go(widened(state, value))}>
                  {isWide(value) ? t('chip.wide') : t('chip.alone')}
                </button>
              )}
              <button
                type="button"
                aria-label={t('chip.remove', { value: label(value) })}
                onClick={() => go(toggled(state, facet.name, value))}
              >
                ×
              </button>
            </span>
          </>
        ))}
      </fieldset>
    );
  });
  const single = (name: string, value: string, remove: () => void) => (
    <fieldset class="chip">
      <legend>{name}</legend>
      <span class="chip-value">
        {value}
        <button type="button" aria-label={t('chip.remove', { value })} onClick={remove}>
          ×
        </button>
      </span>
    </fieldset>
  );
  if (state.text) parts.push(single(t('facet.text'), state.text, () => go(changed(state, { text: '' }))));
  if (state.conflict) parts.push(single(t('facet.flags'), t('facet.conflict'), () => go(changed(state, { conflict: false }))));
  if (state.reference) parts.push(single(t('facet.flags'), t('facet.reference'), () => go(changed(state, { reference: false }))));
  if (parts.length === 0) return null;
  return (
    <div class="chips" role="group" aria-label={t('chip.chosen')}>
      {parts.map((part, i) => (
        <>
          {i > 0 && <span class="chip-and">{t('chip.and')}</span>}
          {part}
        </>
      ))}
      <button type="button" class="text-button" onClick={() => go(cleared(state))}>
        {t('chip.clear')}
      </button>
    </div>
  );
}

/** With all below it, or alone. */
function widened(state: TrialsState, value: string): TrialsState {
  const next = isWide(value) ? narrow(value) : `${value}*`;
  return changed(state, {
    chosen: { ...state.chosen, disease: (state.chosen.disease ?? []).map((v) => (v === value ? next : v)) },
  });
}

const cleared = (state: TrialsState): TrialsState => changed(state, { chosen: {}, all: [], text: '', conflict: false, reference: false });

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

async function everyTrial(state: TrialsState): Promise<TrialParts[]> {
  const trials: TrialParts[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof exportPage>> = await exportPage(state, after);
    trials.push(...page.trials.nodes);
    after = page.trials.pageInfo.hasNextPage ? (page.trials.pageInfo.endCursor ?? null) : null;
  } while (after);
  return trials;
}
const exportPage = (state: TrialsState, after: string | null) =>
  request(EXPORT, { filter: toFilter(state), order: toOrder(state), after, lang: apiLang() });

/** The whole filtered list, in the columns and the order in view. */
function Export({ state, total }: { state: TrialsState; total: number }) {
  const [busy, setBusy] = useState('');
  const save = async (format: 'csv' | 'tsv' | 'json') => {
    setBusy(t('export.busy'));
    try {
      const sheet = trialSheet(await everyTrial(state), state.columns);
      const name = fileName('trialweave-trials', ...Object.values(state.chosen).flat(), state.text);
      if (format === 'csv') download(`${name}.csv`, csv(sheet), 'text/csv');
      if (format === 'tsv') download(`${name}.tsv`, tsv(sheet), 'text/tab-separated-values');
      if (format === 'json') download(`${name}.json`, json(sheet), 'application/json');
      setBusy(t('export.done', { n: sheet.rows.length }));
    } catch (cause) {
      setBusy(String((cause as Error).message));
    }
  };
  return (
    <details class="menu">
      <summary class="button small">{t('export.title')}</summary>
      <div class="menu-body">
        <p class="muted">{t('export.help', { n: total })}</p>
        {(['csv', 'tsv', 'json'] as const).map((format) => (
          <button type="button" class="button small" onClick={() => save(format)}>
            {format.toUpperCase()}
          </button>
        ))}
        <p role="status" class="muted">
          {busy}
        </p>
      </div>
    </details>
  );
}
