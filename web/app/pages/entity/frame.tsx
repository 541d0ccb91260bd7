// What do the pages of targets, diseases, drugs and regimens share: names, trials with their bars, what is said of them.

import type { ComponentChildren } from 'preact';
import { type AnyDoc, fragment, graphql } from '../../gql';
import type { TrialRowFragment } from '../../gql/graphql';
import { apiLang, number, t, word } from '../../i18n';
import type { Asked } from '../../lib/client';
import { bare } from '../../lib/format';
import { usePlace } from '../../lib/router';
import { parseTrials } from '../../lib/trials';
import { ReferenceItem, StatementCard } from '../../ui/evidence';
import type { Kind } from '../../ui/marks';
import { Fact, Link, Notes, Synonyms, type XrefParts, Xrefs } from '../../ui/names';
import { Onward } from '../../ui/onward';
import { NotFound, Page, Section, Toc, type TocEntry } from '../../ui/page';
import { TrialTable } from '../../ui/trial-table';

fragment(
  graphql(`
    fragment TrialPage on TrialConnection {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
      facets(dimensions: [STATUS, PHASE], limit: 20) {
        dimension
        missing
        buckets {
          key
          count
        }
      }
      nodes {
        ...TrialRow
      }
    }
  `),
);

interface Trials {
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  facets: readonly { dimension: string; missing: number; buckets: readonly { key: string; count: number }[] }[];
  nodes: readonly TrialRowFragment[];
}

interface Common {
  id: string;
  label: string;
  labels: readonly { text: string; lang: string }[];
  synonyms: readonly { text: string; lang: string }[];
  xrefs: readonly XrefParts[];
  notes: readonly { id: string; text: string }[];
  trials: Trials;
}

export const useVariables = (id: string) => ({ id, lang: apiLang(), after: usePlace().params.get('after') });

/** A number of trials, and the way to them. */
export function TrialCount({ n, query }: { n: number; query: string }) {
  return (
    <Link to={`trials?${query}`} class="count" aria-label={t('trials.count', { n })}>
      {number(n)}
    </Link>
  );
}

/** Bars of one facet, each a way into the list of trials. */
function Bars({ facet, name, base, total }: { facet: Trials['facets'][number]; name: 'status' | 'phase'; base: string; total: number }) {
  return (
    <figure class="bars">
      <figcaption>{t(`facet.${name}`)}</figcaption>
      <ul>
        {facet.buckets
          .filter((b) => b.count > 0)
          .map((b) => (
            <li>
              <Link to={`trials?${base}&${name}=${b.key}`} aria-label={`${word(name, b.key)}: ${t('trials.count', { n: b.count })}`}>
                {word(name, b.key)}
              </Link>
              <meter min={0} max={total} value={b.count} aria-hidden="true" />
              <Link to={`trials?${base}&${name}=${b.key}`} class="bar-count" tabIndex={-1} aria-hidden="true">
                {number(b.count)}
              </Link>
            </li>
          ))}
      </ul>
    </figure>
  );
}

function TrialsSection({ trials, base }: { trials: Trials; base: string }) {
  const { params } = usePlace();
  return (
    <Section
      id="trials"
      title={t('nav.trials')}
      count={trials.totalCount}
      tools={
        trials.totalCount > 0 && (
          <Link to={`trials?${base}`} class="button small">
            {t('entity.filter')}
          </Link>
        )
      }
    >
      {trials.totalCount === 0 && <p class="empty">{t('entity.noTrials')}</p>}
      {trials.totalCount > 1 && (
        <div class="bar-group">
          {trials.facets.map((facet) => (
            <Bars facet={facet} name={facet.dimension === 'PHASE' ? 'phase' : 'status'} base={base} total={trials.totalCount} />
          ))}
        </div>
      )}
      {trials.nodes.length > 0 && <TrialTable trials={trials.nodes} columns={parseTrials(params).columns} caption={t('nav.trials')} />}
      <Onward pageInfo={trials.pageInfo} />
    </Section>
  );
}

interface Evidence {
  statements: { totalCount: number; nodes: readonly Parameters<typeof StatementCard>[0]['statement'][] };
  references: { totalCount: number; nodes: readonly Parameters<typeof ReferenceItem>[0]['reference'][] };
}

function EvidenceSections({ statements, references }: Evidence) {
  return (
    <>
      <Section id="statements" title={t('common.statements')} count={statements.totalCount}>
        {statements.totalCount === 0 && <p class="empty">{t('entity.noStatements')}</p>}
        {statements.nodes.map((s) => (
          <StatementCard statement={s} />
        ))}
      </Section>
      <Section id="references" title={t('common.references')} count={references.totalCount}>
        {references.totalCount === 0 && <p class="empty">{t('entity.noReferences')}</p>}
        {references.nodes.map((r) => (
          <ReferenceItem reference={r} />
        ))}
      </Section>
    </>
  );
}

export function EntityPage<R>({
  id,
  kind,
  document,
  variables,
  asked,
  entity,
  facts,
  extra,
  entries = [],
  evidence,
  base,
}: {
  id: string;
  kind: Kind;
  document: AnyDoc;
  variables: unknown;
  asked: Asked<R>;
  entity: Common | null | undefined;
  facts?: ComponentChildren;
  extra?: ComponentChildren;
  entries?: TocEntry[];
  evidence?: Evidence | undefined;
  base: string;
}) {
  if (asked.data && !entity && !asked.stale) return <NotFound what={id} />;
  return (
    <Page
      title={entity?.label ?? bare(id)}
      kind={kind}
      above={<Link to={`${kind}s`}>{t(`kinds.${kind}` as 'kinds.target')}</Link>}
      document={document}
      variables={variables}
      asked={asked}
      tools={
        entity && (
          <>
            <Link to={`graph?focus=${entity.id}`} class="button small">
              {t('nav.graph')}
            </Link>
            <Link to={`paths?from=${entity.id}`} class="button small">
              {t('nav.paths')}
            </Link>
          </>
        )
      }
    >
      {() =>
        entity && (
          <div class="with-toc">
            <Toc
              entries={[
                ...entries,
                { id: 'trials', title: t('nav.trials'), count: entity.trials.totalCount },
                ...(evidence
                  ? [
                      { id: 'statements', title: t('common.statements'), count: evidence.statements.totalCount },
                      { id: 'references', title: t('common.references'), count: evidence.references.totalCount },
                    ]
                  : []),
              ]}
            />
            <div class="body">
              <dl class="facts">
                {facts}
                <Fact name={t('entity.names')}>
                  <Synonyms labels={entity.labels} synonyms={entity.synonyms} besides={entity.label} />
                </Fact>
                <Fact name={t('entity.ids')}>
                  <Xrefs xrefs={entity.xrefs} />
                </Fact>
              </dl>
              <Notes notes={entity.notes} />
              {extra}
              <TrialsSection trials={entity.trials} base={base} />
              {evidence && <EvidenceSections {...evidence} />}
            </div>
          </div>
        )
      }
    </Page>
  );
}
