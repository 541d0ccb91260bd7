// Where sources disagree: each side with its value, source and date.

import { graphql } from '../gql';
import type { SourceField } from '../gql/graphql';
import { apiLang, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { bare } from '../lib/format';
import { setParams, usePlace } from '../lib/router';
import { EntityLink } from '../ui/names';
import { Onward } from '../ui/onward';
import { Page } from '../ui/page';
import { ConflictCard } from '../ui/sides';
import { Empty } from '../ui/states';

const CONFLICTS = graphql(`
  query Conflicts($filter: ConflictFilter, $after: String, $lang: Language!) {
    conflicts(filter: $filter, first: 50, after: $after) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        field
        resolved
        rule(lang: $lang)
        subject {
          id
          label(lang: $lang)
        }
        sides {
          id
          value
          printed
          asOf
          source {
            id
            title(lang: $lang)
          }
          row {
            table
            row
          }
        }
      }
    }
  }
`);

const FIELDS: SourceField[] = ['STATUS', 'PHASE', 'TITLE', 'START_DATE', 'ENROLLMENT', 'SPONSOR'];

export default function Conflicts() {
  const { params } = usePlace();
  const field = FIELDS.find((f) => f === params.get('field')) ?? null;
  const variables = { filter: conflictFilter(field), after: params.get('after'), lang: apiLang() };
  const asked = useQuery(CONFLICTS, variables);
  return (
    <Page
      title={t('conflicts.title')}
      document={CONFLICTS}
      variables={variables}
      asked={asked}
      below={<p class="lead">{t('conflicts.lead')}</p>}
    >
      {({ conflicts }) => (
        <div class="body">
          <FieldChoice field={field} fields={FIELDS} />
          <p class="result-count" role="status" aria-live="polite">
            {t('conflicts.count', { n: conflicts.totalCount })}
          </p>
          {conflicts.totalCount === 0 && <Empty>{t('conflicts.nothing')}</Empty>}
          <ul class="conflict-list">
            {conflicts.nodes.map((c) => (
              <li>
                <h2>
                  <EntityLink id={c.subject.id} label={bare(c.subject.id)} /> <span class="similar-title">{c.subject.label}</span>
                </h2>
                <ConflictCard conflict={c} />
              </li>
            ))}
          </ul>
          <Onward pageInfo={conflicts.pageInfo} />
        </div>
      )}
    </Page>
  );
}

const conflictFilter = (field: SourceField | null) => (field ? { field: { eq: field } } : null);

export function FieldChoice({ field, fields }: { field: string | null; fields: readonly string[] }) {
  return (
    <div class="filter-row">
      <label>
        <span>{t('assertion.field')}</span>{' '}
        <select
          value={field ?? ''}
          onChange={(e) => {
            const value = e.currentTarget.value;
            setParams((p) => {
              p.delete('after');
              if (value) p.set('field', value);
              else p.delete('field');
            });
          }}
        >
          <option value="">{t('common.all')}</option>
          {fields.map((f) => (
            <option value={f}>{word('field', f)}</option>
          ))}
        </select>
      </label>
    </div>
  );
}
