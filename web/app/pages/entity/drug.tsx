// A drug: what it is given for, and the regimens it is part of.
import { graphql } from '../../gql';
import { t, word } from '../../i18n';
import { useQuery } from '../../lib/client';
import { bare } from '../../lib/format';
import { EntityLink, Fact } from '../../ui/names';
import { Section } from '../../ui/page';
import { EntityPage, TrialCount, useVariables } from './frame';

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
                  <EntityLink id={r.id} label={r.label} />{' '}
                  <TrialCount n={r.trials.totalCount} query={`regimen=${encodeURIComponent(bare(r.id))}`} />
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
