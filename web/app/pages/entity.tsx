// A target, disease, drug or regimen: its names, its trials, what is said of it.
import type { ComponentChildren } from 'preact';
import { type AnyDoc, fragment, graphql } from '../gql';
import type { TrialRowFragment } from '../gql/graphql';
import { apiLang, number, t, word } from '../i18n';
import { type Asked, useQuery } from '../lib/client';
import { bare } from '../lib/format';
import { setParams, usePlace } from '../lib/router';
import { parseTrials } from '../lib/trials';
import {
  EntityLink,
  Fact,
  Link,
  Missing,
  Notes,
  NotFound,
  Page,
  Section,
  Synonyms,
  Toc,
  type TocEntry,
  type XrefParts,
  Xrefs,
} from '../ui/basics';
import { ReferenceItem, StatementCard } from '../ui/evidence';
import type { Kind } from '../ui/marks';
import { TrialTable } from '../ui/trial-table';

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

const TARGET = graphql(`
  query Target($id: String!, $lang: Language!, $after: String) {
    target(id: $id) {
      id
      label(lang: $lang)
      symbol
      targetKind
      labels {
        text
        lang
      }
      synonyms {
        text
        lang
      }
      xrefs {
        curie
        url
        verified
        verification
        match
      }
      genes {
        symbol
        name
        hgnc
        ensembl
        ncbiGene
        uniprot
        verification
      }
      notes {
        id
        text(lang: $lang)
      }
      coTargets(first: 20) {
        trialCount
        target {
          id
          label(lang: EN)
        }
      }
      trials(first: 50, after: $after) {
        ...TrialPage
      }
      statements(first: 100) {
        totalCount
        nodes {
          ...StatementParts
        }
      }
      references(first: 100) {
        totalCount
        nodes {
          ...ReferenceParts
        }
      }
    }
  }
`);

const DISEASE = graphql(`
  query Disease($id: String!, $lang: Language!, $after: String) {
    disease(id: $id) {
      id
      label(lang: $lang)
      area
      labels {
        text
        lang
      }
      synonyms {
        text
        lang
      }
      xrefs {
        curie
        url
        verified
        verification
        match
      }
      notes {
        id
        text(lang: $lang)
      }
      ancestors {
        id
        label(lang: $lang)
        parents {
          id
        }
      }
      parents {
        id
        label(lang: $lang)
      }
      children {
        id
        label(lang: $lang)
        trials(first: 1) {
          totalCount
        }
      }
      direct: trials(expand: SELF, first: 1) {
        totalCount
      }
      trials(first: 50, after: $after) {
        ...TrialPage
      }
      statements(first: 100) {
        totalCount
        nodes {
          ...StatementParts
        }
      }
      references(first: 100) {
        totalCount
        nodes {
          ...ReferenceParts
        }
      }
    }
  }
`);

const DRUG = graphql(`
  query Drug($id: String!, $lang: Language!, $after: String) {
    drug(id: $id) {
      id
      label(lang: $lang)
      drugKind
      defaultRole
      labels {
        text
        lang
      }
      synonyms {
        text
        lang
      }
      xrefs {
        curie
        url
        verified
        verification
        match
      }
      notes {
        id
        text(lang: $lang)
      }
      regimens(first: 50) {
        totalCount
        nodes {
          id
          label(lang: $lang)
          trials(first: 1) {
            totalCount
          }
        }
      }
      trials(first: 50, after: $after) {
        ...TrialPage
      }
      statements(first: 100) {
        totalCount
        nodes {
          ...StatementParts
        }
      }
      references(first: 100) {
        totalCount
        nodes {
          ...ReferenceParts
        }
      }
    }
  }
`);

const REGIMEN = graphql(`
  query Regimen($id: String!, $lang: Language!, $after: String) {
    regimen(id: $id) {
      id
      label(lang: $lang)
      labels {
        text
        lang
      }
      synonyms {
        text
        lang
      }
      xrefs {
        curie
        url
        verified
        verification
        match
      }
      notes {
        id
        text(lang: $lang)
      }
      drugs {
        role
        drug {
          id
          label(lang: $lang)
          drugKind
        }
      }
      trials(first: 50, after: $after) {
        ...TrialPage
      }
    }
  }
`);

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

const useVariables = (id: string) => ({ id, lang: apiLang(), after: usePlace().params.get('after') });

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
              <Link to={`trials?${base}&${name}=${b.key}`}>{word(name, b.key)}</Link>
              <meter min={0} max={total} value={b.count} aria-hidden="true" />
              <span class="bar-count">{number(b.count)}</span>
            </li>
          ))}
      </ul>
    </figure>
  );
}

function TrialsSection({ trials, base }: { trials: Trials; base: string }) {
  const { params } = usePlace();
  const more = trials.pageInfo.hasNextPage;
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
      {(more || params.has('after')) && (
        <nav class="pager" aria-label={t('pager.label')}>
          {params.has('after') && (
            <button type="button" class="button" onClick={() => setParams((p) => p.delete('after'))}>
              {t('pager.first')}
            </button>
          )}
          {more && (
            <button type="button" class="button" onClick={() => setParams((p) => p.set('after', trials.pageInfo.endCursor ?? ''))}>
              {t('pager.next')} →
            </button>
          )}
        </nav>
      )}
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

function EntityPage<R>({
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

export function Target({ id }: { id: string }) {
  const variables = useVariables(id);
  const asked = useQuery(TARGET, variables);
  const target = asked.data?.target;
  const base = `target=${target ? bare(target.id) : ''}`;
  return (
    <EntityPage
      id={id}
      kind="target"
      document={TARGET}
      variables={variables}
      asked={asked}
      entity={target}
      evidence={target ?? undefined}
      base={base}
      entries={target?.coTargets.length ? [{ id: 'co-targets', title: t('target.coTargets'), count: target.coTargets.length }] : []}
      facts={
        target && (
          <>
            <Fact name={t('target.kind')}>{word('targetKind', target.targetKind)}</Fact>
            <Fact name={t('target.genes')}>
              <ul class="facts-list">
                {target.genes.map((gene) => (
                  <li>
                    <strong>{gene.symbol}</strong> {gene.name && <span lang="en">{gene.name}</span>}
                    <span class="aside">
                      {[
                        gene.hgnc,
                        gene.ncbiGene && `NCBIGene:${bare(gene.ncbiGene)}`,
                        gene.ensembl,
                        gene.uniprot && `UniProt:${bare(gene.uniprot)}`,
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </li>
                ))}
              </ul>
              {target.genes.length === 0 && <Missing />}
            </Fact>
          </>
        )
      }
      extra={
        target &&
        target.coTargets.length > 0 && (
          <Section id="co-targets" title={t('target.coTargets')} count={target.coTargets.length}>
            <ul class="pill-list">
              {target.coTargets.map((c) => (
                <li>
                  <EntityLink id={c.target.id} label={c.target.label} />
                  <Link to={`trials?target=${bare(target.id)},${bare(c.target.id)}&all=target`} class="pill-count">
                    {t('trials.count', { n: c.trialCount })}
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
        )
      }
    />
  );
}

export function Disease({ id }: { id: string }) {
  const variables = useVariables(id);
  const asked = useQuery(DISEASE, variables);
  const disease = asked.data?.disease;
  return (
    <EntityPage
      id={id}
      kind="disease"
      document={DISEASE}
      variables={variables}
      asked={asked}
      entity={disease}
      evidence={disease ?? undefined}
      base={`disease=${disease ? bare(disease.id) : ''}*`}
      entries={[{ id: 'place', title: t('disease.place') }]}
      facts={disease && <Fact name={t('facet.area')}>{word('area', disease.area)}</Fact>}
      extra={
        disease && (
          <Section id="place" title={t('disease.place')}>
            <div class="place">
              <Ancestry disease={disease} />
              <p class="place-self">
                <EntityLink id={disease.id} label={disease.label} />{' '}
                <span class="muted">{t('disease.direct', { n: disease.direct.totalCount, all: disease.trials.totalCount })}</span>
              </p>
              {disease.children.length > 0 ? (
                <ul class="tree">
                  {disease.children.map((child) => (
                    <li>
                      <EntityLink id={child.id} label={child.label} /> <span class="count">{number(child.trials.totalCount)}</span>
                    </li>
                  ))}
                </ul>
              ) : (
                <p class="muted">{t('disease.noChildren')}</p>
              )}
            </div>
          </Section>
        )
      }
    />
  );
}

interface Above {
  parents: readonly { id: string; label: string }[];
  ancestors: readonly { id: string; label: string; parents: readonly { id: string }[] }[];
}

/** Every way from the root down to the disease; a disease may have several parents. */
function Ancestry({ disease }: { disease: Above }) {
  const byId = new Map(disease.ancestors.map((a) => [a.id, a]));
  const ways: string[][] = [];
  const climb = (id: string, way: string[]) => {
    const parents = byId.get(id)?.parents ?? [];
    if (parents.length === 0) ways.push([id, ...way]);
    else for (const parent of parents) climb(parent.id, [id, ...way]);
  };
  for (const parent of disease.parents) climb(parent.id, []);
  return (
    <div class="ways">
      {ways.slice(0, 6).map((way) => (
        <ol class="breadcrumb">
          {way.map((id) => (
            <li>
              <EntityLink id={id} label={byId.get(id)?.label ?? bare(id)} />
            </li>
          ))}
        </ol>
      ))}
    </div>
  );
}

export function Drug({ id }: { id: string }) {
  const variables = useVariables(id);
  const asked = useQuery(DRUG, variables);
  const drug = asked.data?.drug;
  return (
    <EntityPage
      id={id}
      kind="drug"
      document={DRUG}
      variables={variables}
      asked={asked}
      entity={drug}
      evidence={drug ?? undefined}
      base={`drug=${drug ? bare(drug.id) : ''}`}
      entries={drug ? [{ id: 'regimens', title: t('kinds.regimen'), count: drug.regimens.totalCount }] : []}
      facts={
        drug && (
          <>
            <Fact name={t('drug.kind')}>{word('drugKind', drug.drugKind)}</Fact>
            <Fact name={t('drug.role')}>{word('role', drug.defaultRole)}</Fact>
          </>
        )
      }
      extra={
        drug && (
          <Section id="regimens" title={t('kinds.regimen')} count={drug.regimens.totalCount}>
            <ul class="pill-list">
              {drug.regimens.nodes.map((r) => (
                <li>
                  <EntityLink id={r.id} label={r.label} /> <span class="count">{number(r.trials.totalCount)}</span>
                </li>
              ))}
            </ul>
            {drug.regimens.totalCount === 0 && <p class="empty">{t('drug.noRegimens')}</p>}
          </Section>
        )
      }
    />
  );
}

export function Regimen({ id }: { id: string }) {
  const variables = useVariables(id);
  const asked = useQuery(REGIMEN, variables);
  const regimen = asked.data?.regimen;
  return (
    <EntityPage
      id={id}
      kind="regimen"
      document={REGIMEN}
      variables={variables}
      asked={asked}
      entity={regimen}
      base={`regimen=${regimen ? bare(regimen.id) : ''}`}
      facts={
        regimen && (
          <Fact name={t('column.drugs')}>
            <ul class="facts-list">
              {regimen.drugs.map(({ drug, role }) => (
                <li>
                  <EntityLink id={drug.id} label={drug.label} /> <span class="aside">{word('role', role)}</span>
                </li>
              ))}
            </ul>
          </Fact>
        )
      }
    />
  );
}

const KINDS: Record<string, (props: { id: string }) => ComponentChildren> = {
  target: Target,
  disease: Disease,
  drug: Drug,
  regimen: Regimen,
};

export default function Entity({ kind, id }: { kind: string; id: string }) {
  const Kind = KINDS[kind] ?? Target;
  return <Kind id={id} />;
}
