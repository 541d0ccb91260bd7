// The list of trials as a file: exactly what is shown, and all of it.
import { graphql } from '../../gql';
import { apiLang, t } from '../../i18n';
import { request } from '../../lib/client';
import { fileName } from '../../lib/format';
import { type TrialsState, toFilter, toOrder } from '../../lib/trials';
import { Save } from '../../ui/save';
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
  return (
    <Save
      name={fileName('trialweave-trials', ...Object.values(state.chosen).flat(), state.text)}
      sheet={async () => trialSheet(await everyTrial(state), state.columns)}
      help={t('export.help', { n: total })}
    />
  );
}
