// Printed text that no vocabulary entry covers: listed, never dropped.

import { graphql } from '../gql';
import type { SourceField } from '../gql/graphql';
import { apiLang, number, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { bare } from '../lib/format';
import { usePlace } from '../lib/router';
import { EntityLink, Printed } from '../ui/names';
import { Onward } from '../ui/onward';
import { Page } from '../ui/page';
import { SourceLink } from '../ui/sides';
import { Empty } from '../ui/states';
import { FieldChoice } from './conflicts';

const UNMAPPED = graphql(`
  query Unmapped($field: SourceField, $after: String, $lang: Language!) {
    unmapped(field: $field, first: 100, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        field
        printed
        count
        source {
          id
          title(lang: $lang)
        }
        assertions {
          id
          subject {
            id
          }
          row {
            table
            row
          }
        }
        statements {
          id
          number
        }
      }
    }
  }
`);

const FIELDS: SourceField[] = ['TARGET', 'DISEASE', 'REGIMEN'];

export default function Unmapped() {
  const { params } = usePlace();
  const field = FIELDS.find((f) => f === params.get('field')) ?? null;
  const variables = { field, after: params.get('after'), lang: apiLang() };
  const asked = useQuery(UNMAPPED, variables);
  return (
    <Page
      title={t('unmapped.title')}
      document={UNMAPPED}
      variables={variables}
      asked={asked}
      below={<p class="lead">{t('unmapped.lead')}</p>}
    >
      {({ unmapped }) => (
        <div class="body">
          <FieldChoice field={field} fields={FIELDS} />
          <p class="result-count" role="status" aria-live="polite">
            {t('unmapped.count', { n: unmapped.totalCount })}
          </p>
          {unmapped.totalCount === 0 ? (
            <Empty>{t('unmapped.nothing')}</Empty>
          ) : (
            <table class="table unmapped">
              <caption class="sr">{t('unmapped.title')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('assertion.printed')}</th>
                  <th scope="col">{t('assertion.field')}</th>
                  <th scope="col" class="numeric">
                    {t('unmapped.times')}
                  </th>
                  <th scope="col">{t('unmapped.where')}</th>
                  <th scope="col">{t('assertion.source')}</th>
                </tr>
              </thead>
              <tbody>
                {unmapped.nodes.map((u) => (
                  <tr>
                    <th scope="row">
                      <Printed text={u.printed} />
                    </th>
                    <td data-name={t('assertion.field')}>{u.field ? word('field', u.field) : t('common.statements')}</td>
                    <td data-name={t('unmapped.times')} class="numeric">
                      {number(u.count)}
                    </td>
                    <td data-name={t('unmapped.where')}>
                      <ul class="cell-list">
                        {u.assertions.slice(0, 4).map((a) => (
                          <li>
                            <EntityLink id={a.subject.id} label={bare(a.subject.id)} />
                          </li>
                        ))}
                        {u.statements.slice(0, 4).map((s) => (
                          <li>
                            <EntityLink id={s.id} label={s.number} />
                          </li>
                        ))}
                        {u.assertions.length + u.statements.length > 8 && <li>…</li>}
                      </ul>
                    </td>
                    <td data-name={t('assertion.source')}>
                      <SourceLink source={u.source} row={u.assertions[0]?.row} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <Onward pageInfo={unmapped.pageInfo} />
        </div>
      )}
    </Page>
  );
}
