// A disease: its place in the hierarchy, by every way from the root.
import { graphql } from '../../gql';
import { t, word } from '../../i18n';
import { useQuery } from '../../lib/client';
import { bare } from '../../lib/format';
import { EntityLink, Fact } from '../../ui/names';
import { Section } from '../../ui/page';
import { EntityPage, TrialCount, useVariables } from './frame';

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
                      <EntityLink id={child.id} label={child.label} />{' '}
                      <TrialCount n={child.trials.totalCount} query={`disease=${bare(child.id)}*`} />
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
