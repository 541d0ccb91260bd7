// All targets, diseases, drugs or regimens, by name or by number of trials.
import { type AnyDoc, graphql } from '../gql';
import { apiLang, number, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { setParams, usePlace } from '../lib/router';
import type { Kind } from '../ui/marks';
import { EntityLink } from '../ui/names';
import { Page } from '../ui/page';

const TARGETS = graphql(`
  query Targets($lang: Language!) {
    list: targets(first: 1000) {
      totalCount
      nodes {
        id
        label(lang: $lang)
        group: targetKind
        synonyms {
          text
        }
        trials(first: 1) {
          totalCount
        }
      }
    }
  }
`);
const DISEASES = graphql(`
  query Diseases($lang: Language!) {
    list: diseases(first: 1000) {
      totalCount
      nodes {
        id
        label(lang: $lang)
        group: area
        synonyms {
          text
        }
        trials(first: 1) {
          totalCount
        }
      }
    }
  }
`);
const DRUGS = graphql(`
  query Drugs($lang: Language!) {
    list: drugs(first: 1000) {
      totalCount
      nodes {
        id
        label(lang: $lang)
        group: drugKind
        synonyms {
          text
        }
        trials(first: 1) {
          totalCount
        }
      }
    }
  }
`);
const REGIMENS = graphql(`
  query Regimens($lang: Language!) {
    list: regimens(first: 1000) {
      totalCount
      nodes {
        id
        label(lang: $lang)
        synonyms {
          text
        }
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
  synonyms: { text: string }[];
  trials: { totalCount: number };
}
const DOCUMENTS: Record<string, [AnyDoc, Kind, string]> = {
  targets: [TARGETS, 'target', 'targetKind'],
  diseases: [DISEASES, 'disease', 'area'],
  drugs: [DRUGS, 'drug', 'drugKind'],
  regimens: [REGIMENS, 'regimen', ''],
};

export default function List({ kind: plural }: { kind: string }) {
  const [document, kind, family] = DOCUMENTS[plural] ?? DOCUMENTS.targets!;
  const variables = { lang: apiLang() };
  const asked = useQuery<{ list: { totalCount: number; nodes: Item[] } }, typeof variables>(document, variables);
  const { params } = usePlace();
  const q = (params.get('q') ?? '').trim().toLowerCase();
  const byName = params.get('sort') === 'name';
  return (
    <Page title={t(`kinds.${kind}` as 'kinds.target')} kind={kind} document={document} variables={variables} asked={asked}>
      {({ list }) => {
        const shown = list.nodes.filter((n) => !q || [n.label, ...n.synonyms.map((s) => s.text)].some((x) => x.toLowerCase().includes(q)));
        const most = Math.max(1, ...list.nodes.map((n) => n.trials.totalCount));
        shown.sort((a, b) => (byName ? 0 : b.trials.totalCount - a.trials.totalCount) || a.label.localeCompare(b.label));
        return (
          <div class="body">
            <div class="filter-row">
              <label>
                <span class="sr">{t('list.find')}</span>
                <input
                  type="search"
                  placeholder={t('list.find')}
                  value={params.get('q') ?? ''}
                  onInput={(e) => {
                    const value = e.currentTarget.value;
                    setParams((p) => (value ? p.set('q', value) : p.delete('q')), true);
                  }}
                />
              </label>
              <label>
                <span>{t('common.sort')}</span>{' '}
                <select value={byName ? 'name' : 'trials'} onChange={(e) => setParams((p) => p.set('sort', e.currentTarget.value))}>
                  <option value="trials">{t('list.byTrials')}</option>
                  <option value="name">{t('list.byName')}</option>
                </select>
              </label>
              <p class="result-count" role="status" aria-live="polite">
                {t('list.count', { n: shown.length, all: list.totalCount })}
              </p>
            </div>
            <ul class="entity-list">
              {shown.map((n) => (
                <li key={n.id}>
                  <EntityLink id={n.id} label={n.label} extra={n.group && <span class="aside">{word(family, n.group)}</span>} />
                  <meter min={0} max={most} value={n.trials.totalCount} aria-hidden="true" />
                  <span class="bar-count" title={t('trials.count', { n: n.trials.totalCount })}>
                    {number(n.trials.totalCount)}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        );
      }}
    </Page>
  );
}
