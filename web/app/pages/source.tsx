// A source: licence, date, how it was read, and its rows as printed.

import { graphql } from '../gql';
import { apiLang, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { bare, fileName, pageOf } from '../lib/format';
import { href, usePlace } from '../lib/router';
import type { Sheet } from '../lib/table';
import { StatementCard } from '../ui/evidence';
import { DateText, Fact, Link, Notes, Printed } from '../ui/names';
import { Onward } from '../ui/onward';
import { NotFound, Page, Section, Toc } from '../ui/page';
import { Save } from '../ui/save';

const SOURCE = graphql(`
  query Source($id: String!, $key: ID!, $lang: Language!, $after: String) {
    source(id: $id) {
      id
      title(lang: $lang)
      sourceType
      licence
      asOf
      retrieved
      method(lang: $lang)
      url
      reference {
        id
        title
      }
      notes {
        id
        text(lang: $lang)
      }
      tables {
        name
        title(lang: $lang)
        columns {
          field
          header
        }
      }
      statements(first: 200) {
        totalCount
        nodes {
          ...StatementParts
        }
      }
      trials(first: 200, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          rows(source: $key) {
            table
            row
            cells {
              field
              printed
            }
          }
        }
      }
    }
  }
`);

export default function Source({ id }: { id: string }) {
  const { params } = usePlace();
  const variables = {
    id,
    key: id.startsWith('source:') ? id : `source:${id}`,
    lang: apiLang(),
    after: params.get('after'),
  };
  const asked = useQuery(SOURCE, variables);
  if (asked.data && !asked.data.source && !asked.stale) return <NotFound what={id} />;
  const source = asked.data?.source;
  return (
    <Page
      title={source?.title ?? id}
      kind="source"
      above={<Link to="about#sources">{t('about.sources')}</Link>}
      document={SOURCE}
      variables={variables}
      asked={asked}
    >
      {({ source }) => {
        if (!source) return null;
        const rows = source.trials.nodes.flatMap((trial) => trial.rows.map((row) => ({ ...row, trial: trial.id })));
        rows.sort((a, b) => (a.table === b.table ? a.row - b.row : a.table.localeCompare(b.table, 'en', { numeric: true })));
        return (
          <div class="with-toc">
            <Toc
              entries={[
                ...source.tables.map((x) => ({
                  id: `table-${x.name}`,
                  title: t('source.table', { name: x.name }),
                  count: rows.filter((r) => r.table === x.name).length,
                })),
                ...(source.statements.totalCount
                  ? [{ id: 'statements', title: t('common.statements'), count: source.statements.totalCount }]
                  : []),
              ]}
            />
            <div class="body">
              <dl class="facts">
                <Fact name={t('source.type')}>{word('sourceType', source.sourceType)}</Fact>
                <Fact name={t('common.asOf')}>
                  <DateText date={source.asOf} />
                </Fact>
                <Fact name={t('source.licence')}>{source.licence}</Fact>
                {source.method && <Fact name={t('source.method')}>{source.method}</Fact>}
                {source.reference && (
                  <Fact name={t('common.reference')}>
                    <a href={href(pageOf(source.reference.id))}>{source.reference.title}</a>
                  </Fact>
                )}
                {source.url && (
                  <Fact name={t('source.address')}>
                    <a class="external" href={source.url} rel="noreferrer external">
                      {source.url}
                    </a>
                  </Fact>
                )}
              </dl>
              <Notes notes={source.notes} />
              {source.tables.map((table) => {
                const printed = rows.filter((r) => r.table === table.name);
                return (
                  <Section
                    id={`table-${table.name}`}
                    title={table.title ?? t('source.table', { name: table.name })}
                    count={printed.length}
                    tools={<Save name={fileName(bare(source.id), table.name)} sheet={() => printedSheet(table.columns, printed)} />}
                  >
                    <div class="scroll" tabindex={0} role="region" aria-label={t('source.table', { name: table.name })}>
                      <table class="table source-rows">
                        <caption class="sr">{table.title}</caption>
                        <thead>
                          <tr>
                            <th scope="col">#</th>
                            {table.columns.map((c) => (
                              <th scope="col">
                                <Printed text={c.header} />
                                <span class="aside">{word('field', c.field)}</span>
                              </th>
                            ))}
                          </tr>
                        </thead>
                        <tbody>
                          {printed.map((row) => (
                            <tr id={`r-${row.table}-${row.row}`}>
                              <th scope="row">
                                <a
                                  href={href(`${pageOf(row.trial)}#rows`)}
                                  aria-label={t('source.row', { row: String(row.row), trial: row.trial.slice(6) })}
                                >
                                  {String(row.row)}
                                </a>
                              </th>
                              {table.columns.map((c) => {
                                const text = row.cells.find((x) => x.field === c.field)?.printed;
                                return (
                                  <td>
                                    {text === undefined ? (
                                      ''
                                    ) : c.field === 'REGISTRY_ID' ? (
                                      <a href={href(pageOf(row.trial))}>
                                        <Printed text={text} />
                                      </a>
                                    ) : (
                                      <Printed text={text} />
                                    )}
                                  </td>
                                );
                              })}
                            </tr>
                          ))}
                        </tbody>
                      </table>
                    </div>
                  </Section>
                );
              })}
              <Onward pageInfo={source.trials.pageInfo} />
              {source.statements.totalCount > 0 && (
                <Section id="statements" title={t('common.statements')} count={source.statements.totalCount}>
                  {source.statements.nodes.map((s) => (
                    <StatementCard statement={s} about={false} />
                  ))}
                </Section>
              )}
            </div>
          </div>
        );
      }}
    </Page>
  );
}

/** The rows in view, word for word. */
function printedSheet(
  columns: readonly { field: string; header: string }[],
  rows: readonly { row: number; cells: readonly { field: string; printed: string }[] }[],
): Sheet {
  return {
    columns: ['#', ...columns.map((c) => c.header)],
    rows: rows.map((r) => [r.row, ...columns.map((c) => r.cells.find((x) => x.field === c.field)?.printed)]),
  };
}
