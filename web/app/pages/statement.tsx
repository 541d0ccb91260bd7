// One claim of a source, in our own words: what it cites, what it is about, what the numbers are.
import { graphql } from '../gql';
import { apiLang, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { authorsText, bare, langOf, pageOf } from '../lib/format';
import { href } from '../lib/router';
import { CopyButton } from '../ui/dialog';
import { Outcomes, ReferenceItem } from '../ui/evidence';
import { EntityLink, Fact, Link, Missing, Notes } from '../ui/names';
import { NotFound, Page, Section } from '../ui/page';

const STATEMENT = graphql(`
  query Statement($id: String!, $lang: Language!) {
    statement(id: $id) {
      ...StatementParts
      en: text(lang: EN)
      zh: text(lang: ZH)
      curatorNote(lang: $lang)
      unmappedTerms
      notes {
        id
        text(lang: $lang)
      }
      citedWorks: cites {
        marker
        cito
        printed
        reference {
          ...ReferenceParts
        }
      }
    }
  }
`);

export default function Statement({ id }: { id: string }) {
  const variables = { id, lang: apiLang() };
  const asked = useQuery(STATEMENT, variables);
  if (asked.data && !asked.data.statement && !asked.stale) return <NotFound what={id} />;
  const statement = asked.data?.statement;
  const name = statement ? t('statement.name', { number: statement.number }) : bare(id);
  return (
    <Page
      title={name}
      kind="statement"
      above={statement && <Link to={`${pageOf(statement.source.id)}#statements`}>{statement.source.title}</Link>}
      document={STATEMENT}
      variables={variables}
      asked={asked}
      tools={
        statement && (
          <>
            <Link to={`graph?focus=${statement.id}`} class="button small">
              {t('nav.graph')}
            </Link>
            <CopyButton
              label={t('statement.copy')}
              text={() =>
                `${statement.text} ${statement.cites.map((c) => `[${c.marker}] ${authorsText(c.reference)} ${c.reference.title} (${c.reference.year ?? ''})`).join('; ')} ${location.href}`
              }
            />
          </>
        )
      }
    >
      {({ statement }) => {
        if (!statement) return null;
        const other = statement.text === statement.en ? statement.zh : statement.en;
        return (
          <div class="body">
            <p class="statement-big" lang={langOf(statement.text)}>
              {statement.text}
            </p>
            {other !== statement.text && (
              <details>
                <summary>{t('statement.other')}</summary>
                <p lang={langOf(other)}>{other}</p>
              </details>
            )}
            <p class="muted">{t('statement.paraphrase')}</p>
            <Outcomes outcomes={statement.outcomes} />
            <dl class="facts">
              <Fact name={t('statement.type')}>{word('statementType', statement.statementType)}</Fact>
              <Fact name={t('statement.where')}>
                <a href={href(pageOf(statement.source.id))}>{statement.source.title}</a>,{' '}
                {t('statement.section', { section: statement.section })}
              </Fact>
              {statement.curatorNote && <Fact name={t('statement.curator')}>{statement.curatorNote}</Fact>}
              {statement.unmappedTerms.length > 0 && <Fact name={t('statement.unmapped')}>{statement.unmappedTerms.join(', ')}</Fact>}
            </dl>
            <Notes notes={statement.notes} />
            <Section id="about" title={t('statement.about')} count={statement.about.length}>
              {statement.about.length === 0 && <Missing />}
              <ul class="pill-list">
                {statement.about.map((e) => (
                  <li>
                    <EntityLink id={e.id} label={e.kind === 'TRIAL' ? bare(e.id) : e.label} />
                  </li>
                ))}
              </ul>
              {statement.mentionedTrials.length > 0 && (
                <>
                  <h3>{t('statement.trials')}</h3>
                  <ul>
                    {statement.mentionedTrials.map((m) => (
                      <li>
                        {m.trial ? (
                          <EntityLink id={m.trial.id} label={m.registryId} />
                        ) : (
                          <>
                            {m.registryId} <span class="aside">{t('statement.notInData')}</span>
                          </>
                        )}{' '}
                        <span class="aside">{word('knownBy', m.knownBy)}</span> {m.note && <span class="muted">{m.note}</span>}
                      </li>
                    ))}
                  </ul>
                </>
              )}
            </Section>
            <Section id="references" title={t('statement.cites')} count={statement.citedWorks.length}>
              {statement.citedWorks.length === 0 && <p class="empty">{t('statement.noCites')}</p>}
              {statement.citedWorks.map((c) => (
                <ReferenceItem
                  reference={c.reference}
                  extra={
                    <>
                      <span>{word('cito', c.cito)}</span>
                      {!c.printed && <span>{t('statement.notPrinted')}</span>}
                    </>
                  }
                />
              ))}
            </Section>
          </div>
        );
      }}
    </Page>
  );
}
