// The list of trials as a file: exactly what is shown, and all of it.
import { useState } from 'preact/hooks';
import { graphql } from '../../gql';
import { apiLang, t } from '../../i18n';
import { request } from '../../lib/client';
import { fileName } from '../../lib/format';
import { csv, download, json, tsv } from '../../lib/table';
import { type TrialsState, toFilter, toOrder } from '../../lib/trials';
import type { TrialParts } from '../../ui/trial-cells';
import { trialSheet } from '../../ui/trial-sheet';

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
export function Export({ state, total }: { state: TrialsState; total: number }) {
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
