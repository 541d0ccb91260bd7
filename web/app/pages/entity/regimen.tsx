// A regimen: the drugs that are given together.
import { graphql } from '../../gql';
import { t, word } from '../../i18n';
import { useQuery } from '../../lib/client';
import { bare } from '../../lib/format';
import { EntityLink, Fact } from '../../ui/names';
import { EntityPage, useVariables } from './frame';

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
      base={`regimen=${regimen ? encodeURIComponent(bare(regimen.id)) : ''}`}
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
