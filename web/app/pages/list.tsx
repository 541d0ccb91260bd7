// All targets, diseases, drugs or regimens, by name or by number of trials.
import { type AnyDoc, graphql } from '../gql';
import { apiLang, number, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { setParams, usePlace } from '../lib/router';
import type { Kind } from '../ui/marks';
import { EntityLink } from '../ui/names';
import { Onward } from '../ui/onward';
import { Page } from '../ui/page';
import { Empty } from '../ui/states';

const TARGETS = graphql(`
  query Targets($lang: Language!, $filter: TargetFilter, $order: [TargetOrder!], $after: String) {
    list: targets(first: 200, after: $after, filter: $filter, orderBy: $order) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        label(lang: $lang)
        group: targetKind
        trials(first: 1) {
          totalCount
        }
      }
    }
  }
`);
const DISEASES = graphql(`
  query Diseases($lang: Language!, $filter: DiseaseFilter, $order: [DiseaseOrder!], $after: String) {
    list: diseases(first: 200, after: $after, filter: $filter, orderBy: $order) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        label(lang: $lang)
        group: area
        trials(first: 1) {
          totalCount
        }
      }
    }
  }
`);
const DRUGS = graphql(`
  query Drugs($lang: Language!, $filter: DrugFilter, $order: [DrugOrder!], $after: String) {
    list: drugs(first: 200, after: $after, filter: $filter, orderBy: $order) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        label(lang: $lang)
        group: drugKind
        trials(first: 1) {
          totalCount
        }
      }
    }
  }
`);
const REGIMENS = graphql(`
  query Regimens($lang: Language!, $filter: RegimenFilter, $order: [RegimenOrder!], $after: String) {
    list: regimens(first: 200, after: $after, filter: $filter, orderBy: $order) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        label(lang: $lang)
        trials(first: 1) {
          totalCount
        }
      }
    }
  }
`);

interface Item {
  id: string;
  label: string;
  group?: string;
  trials: { totalCount: number };
}
const DOCUMENTS: Record<string, [AnyDoc, Kind, string]> = {
  targets: [TARGETS, 'target', 'targetKind'],
  diseases: [DISEASES, 'disease', 'area'],
  drugs: [DRUGS, 'drug', 'drugKind'],
  regimens: [REGIMENS, 'regimen', ''],
};

interface Answer {
  list: { totalCount: number; pageInfo: { hasNextPage: boolean; endCursor?: string | null }; nodes: Item[] };
}

export default function List({ kind: plural }: { kind: string }) {
  const [document, kind, family] = DOCUMENTS[plural] ?? DOCUMENTS.targets!;
  const { params } = usePlace();
  const text = params.get('q')?.trim();
  const byName = params.get('sort') === 'name';
  const variables = {
    lang: apiLang(),
    filter: text ? { text } : null,
    order: [byName ? { field: `LABEL_${apiLang()}`, direction: 'ASC' } : { field: 'TRIAL_COUNT', direction: 'DESC' }],
    after: params.get('after'),
  };
  const asked = useQuery<Answer, typeof variables>(document, variables);
  /** Another list begins at its first page. */
  const set = (name: string, value: string, replace = false) =>
    setParams((p) => {
      p.delete('after');
      if (value) p.set(name, value);
      else p.delete(name);
    }, replace);
  return (
    <Page title={t(`kinds.${kind}` as 'kinds.target')} kind={kind} document={document} variables={variables} asked={asked}>
      {({ list }) => {
        const most = Math.max(1, ...list.nodes.map((n) => n.trials.totalCount));
        return (
          <div class="body">
            <div class="filter-row">
              <label>
                <span class="sr">{t('list.find')}</span>
                <input
                  type="search"
                  placeholder={t('list.find')}
                  value={params.get('q') ?? ''}
                  onInput={(e) => set('q', e.currentTarget.value, true)}
                />
              </label>
              <label>
                <span>{t('common.sort')}</span>{' '}
                <select value={byName ? 'name' : 'trials'} onChange={(e) => set('sort', e.currentTarget.value)}>
                  <option value="trials">{t('list.byTrials')}</option>
                  <option value="name">{t('list.byName')}</option>
                </select>
              </label>
              <p class="result-count" role="status" aria-live="polite">
                {t('list.count', { n: list.nodes.length, all: list.totalCount })}
              </p>
            </div>
            <ul class="entity-list">
              {list.nodes.map((n) => (
                <li key={n.id}>
                  <EntityLink id={n.id} label={n.label} extra={n.group && <span class="aside">{word(family, n.group)}</span>} />
                  <meter min={0} max={most} value={n.trials.totalCount} aria-hidden="true" />
                  <span class="bar-count" title={t('trials.count', { n: n.trials.totalCount })}>
                    {number(n.trials.totalCount)}
                  </span>
                </li>
              ))}
            </ul>
            {list.nodes.length === 0 && <Empty>{t('search.nothing', { text: text ?? '' })}</Empty>}
            <Onward pageInfo={list.pageInfo} />
          </div>
        );
      }}
    </Page>
  );
}
