// One cited work: what it is, the citation trace, the statements and trials that rest on it.
import { graphql } from '../gql';
import { apiLang, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { authorsText, bare, langOf, pageOf, phaseText, placeText } from '../lib/format';
import { href } from '../lib/router';
import { Cite } from '../ui/cite';
import { ReferenceItem, StatementCard } from '../ui/evidence';
import { EntityLink, Fact, Link, Missing, Notes, Xrefs } from '../ui/names';
import { NotFound, Page, Section, Toc } from '../ui/page';
import { Trace } from './reference/trace';

const REFERENCE = graphql(`
  query Reference($id: String!, $lang: Language!) {
    reference(id: $id) {
      ...ReferenceParts
      pmcid
      journalPrinted
      language
      defects
      evidence
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
      statements(first: 100) {
        totalCount
        nodes {
          ...StatementParts
        }
      }
      trials(first: 40) {
        totalCount
        nodes {
          id
          nctId
          label(lang: $lang)
          phases
          targets {
            target {
              id
              label(lang: EN)
            }
          }
          diseases {
            disease {
              id
              label(lang: $lang)
            }
          }
          drugs {
            drug {
              id
              label(lang: $lang)
            }
          }
        }
      }
      citedBy(first: 50) {
        totalCount
        edges {
          marker
          cito
          node {
            id
            title
          }
          statement {
            id
            number
          }
        }
      }
      cites(first: 100) {
        totalCount
        nodes {
          ...ReferenceParts
        }
      }
    }
  }
`);

export default function Reference({ id }: { id: string }) {
  const variables = { id, lang: apiLang() };
  const asked = useQuery(REFERENCE, variables);
  if (asked.data && !asked.data.reference && !asked.stale) return <NotFound what={id} />;
  const reference = asked.data?.reference;
  const marker = reference?.markers[0]?.marker;
  return (
    <Page
      title={reference ? <span lang={langOf(reference.title)}>{reference.title}</span> : bare(id)}
      browserTitle={reference?.title ?? id}
      kind="reference"
      above={
        <>
          <Link to="references">{t('nav.references')}</Link>
          {marker && ` · [${marker}]`}
        </>
      }
      below={
        reference && (
          <p class="lead">
            <span lang={langOf(reference.authors.join())}>{authorsText(reference, 6)}</span>.{' '}
            <span lang={langOf(reference.journal ?? '')}>{placeText(reference)}</span>
          </p>
        )
      }
      document={REFERENCE}
      variables={variables}
      asked={asked}
      tools={
        reference && (
          <>
            <Link to={`graph?focus=${reference.id}`} class="button small">
              {t('nav.graph')}
            </Link>
            <Cite ids={[reference.id]} />
          </>
        )
      }
    >
      {({ reference }) =>
        reference && (
          <div class="with-toc">
            <Toc
              entries={[
                { id: 'trace', title: t('trace.title') },
                { id: 'statements', title: t('common.statements'), count: reference.statements.totalCount },
                { id: 'trials', title: t('nav.trials'), count: reference.trials.totalCount },
                ...(reference.cites.totalCount ? [{ id: 'cites', title: t('reference.cites'), count: reference.cites.totalCount }] : []),
              ]}
            />
            <div class="body">
              <dl class="facts">
                <Fact name={t('references.type')}>{word('referenceType', reference.referenceType)}</Fact>
                <Fact name={t('reference.standing')}>{word('standing', reference.standing)}</Fact>
                <Fact name={t('entity.ids')}>
                  <Xrefs xrefs={reference.xrefs} />
                </Fact>
                <Fact name={t('reference.marked')}>
                  {reference.markers.length ? (
                    reference.markers.map((m) => (
                      <a href={href(pageOf(m.source.id))}>
                        [{m.marker}] {bare(m.source.id)}
                      </a>
                    ))
                  ) : (
                    <Missing />
                  )}
                </Fact>
                {reference.defects && <Fact name={t('reference.defects')}>{reference.defects}</Fact>}
              </dl>
              <Notes notes={reference.notes} />
              <Trace reference={reference} />
              <Section id="statements" title={t('common.statements')} count={reference.statements.totalCount}>
                {reference.statements.totalCount === 0 && <p class="empty">{t('reference.noStatements')}</p>}
                {reference.statements.nodes.map((s) => (
                  <StatementCard statement={s} />
                ))}
              </Section>
              <Section id="trials" title={t('reference.restingTrials')} count={reference.trials.totalCount}>
                {reference.trials.totalCount === 0 && <p class="empty">{t('reference.noTrials')}</p>}
                <ul class="pill-list">
                  {reference.trials.nodes.map((x) => (
                    <li>
                      <EntityLink id={x.id} label={x.nctId ?? bare(x.id)} /> <span class="aside">{phaseText(x.phases)}</span>
                    </li>
                  ))}
                </ul>
                {reference.trials.totalCount > reference.trials.nodes.length && (
                  <p class="muted">{t('trace.cut', { shown: reference.trials.nodes.length, all: reference.trials.totalCount })}</p>
                )}
              </Section>
              {reference.cites.totalCount > 0 && (
                <Section id="cites" title={t('reference.cites')} count={reference.cites.totalCount}>
                  <ol class="reference-list">
                    {[...new Map(reference.cites.nodes.map((r) => [r.id, r])).values()].map((r) => (
                      <li>
                        <ReferenceItem reference={r} />
                      </li>
                    ))}
                  </ol>
                </Section>
              )}
            </div>
          </div>
        )
      }
    </Page>
  );
}
