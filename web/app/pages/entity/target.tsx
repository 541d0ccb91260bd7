// A target: its genes, and the targets that trials aim at together with it.
import { graphql } from '../../gql';
import { t, word } from '../../i18n';
import { useQuery } from '../../lib/client';
import { bare } from '../../lib/format';
import { EntityLink, Fact, Link, Missing } from '../../ui/names';
import { Section } from '../../ui/page';
import { EntityPage, useVariables } from './frame';

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
