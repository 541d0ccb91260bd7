// What the data is, how it was made, what may be done with it, how to cite it.
import { graphql } from '../gql';
import { apiLang, number, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { pageOf } from '../lib/format';
import { href, url } from '../lib/router';
import { CopyButton } from '../ui/dialog';
import { DateText, Fact, Link } from '../ui/names';
import { Page, Section } from '../ui/page';

const ABOUT = graphql(`
  query About($lang: Language!) {
    unmapped(first: 1) {
      totalCount
    }
    meta {
      service
      serviceVersion
      schemaVersion
      dataTitle
      dataVersion
      release
      conflictCount
      counts {
        kind
        count
      }
      limits {
        name
        value
        description
      }
      rules {
        field
        precedence
        text(lang: $lang)
      }
      sources {
        id
        title(lang: $lang)
        sourceType
        licence
        asOf
        url
        method(lang: $lang)
      }
    }
  }
`);

export default function About() {
  const variables = { lang: apiLang() };
  const asked = useQuery(ABOUT, variables);
  return (
    <Page title={t('about.title')} document={ABOUT} variables={variables} asked={asked} below={<p class="lead">{t('home.lead')}</p>}>
      {({ meta, unmapped }) => {
        const cite = t('about.citation', {
          title: meta.dataTitle,
          version: meta.dataVersion,
          release: meta.release.slice(0, 12),
          service: meta.serviceVersion,
        });
        return (
          <div class="body">
            <Section id="data" title={t('about.data')}>
              <dl class="facts">
                <Fact name={t('about.dataTitle')}>
                  {meta.dataTitle} {meta.dataVersion}
                </Fact>
                <Fact name={t('about.release')}>
                  <code>{meta.release}</code>
                </Fact>
                <Fact name={t('about.counts')}>
                  {meta.counts.map((c) => `${number(c.count)} ${word('kinds', c.kind.toLowerCase())}`).join(' · ')}
                </Fact>
                <Fact name={t('about.open')}>
                  <Link to="conflicts">{t('home.conflicts', { n: meta.conflictCount })}</Link> ·{' '}
                  <Link to="unmapped">{t('home.unmapped', { n: unmapped.totalCount })}</Link>
                </Fact>
                <Fact name={t('about.service')}>
                  {meta.service} {meta.serviceVersion} · {t('about.schema')} {meta.schemaVersion}
                </Fact>
              </dl>
            </Section>
            <Section id="method" title={t('about.method')}>
              <ul class="prose">
                <li>{t('about.method1')}</li>
                <li>{t('about.method2')}</li>
                <li>{t('about.method3')}</li>
                <li>{t('about.method4')}</li>
              </ul>
            </Section>
            <Section id="sources" title={t('about.sources')} count={meta.sources.length}>
              {meta.sources.map((s) => (
                <article class="source-card">
                  <h3>
                    <a href={href(pageOf(s.id))}>{s.title}</a>
                  </h3>
                  <p class="muted">
                    {word('sourceType', s.sourceType)} · {t('common.asOf')} <DateText date={s.asOf} />
                  </p>
                  {s.method && <p>{s.method}</p>}
                  <p>
                    <strong>{t('source.licence')}</strong> {s.licence}
                  </p>
                </article>
              ))}
            </Section>
            <Section id="rules" title={t('about.rules')}>
              <p>{t('about.rulesHelp')}</p>
              <table class="table">
                <caption class="sr">{t('about.rules')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('assertion.field')}</th>
                    <th scope="col">{t('about.precedence')}</th>
                    <th scope="col">{t('about.why')}</th>
                  </tr>
                </thead>
                <tbody>
                  {meta.rules.map((rule) => (
                    <tr>
                      <th scope="row">{word('field', rule.field)}</th>
                      <td data-name={t('about.precedence')}>{rule.precedence.map((p) => word('sourceType', p)).join(' › ')}</td>
                      <td data-name={t('about.why')}>{rule.text}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Section>
            <Section id="licence" title={t('source.licence')}>
              <p>{t('about.licence')}</p>
            </Section>
            <Section id="cite" title={t('about.cite')}>
              <blockquote class="cite">{cite}</blockquote>
              <CopyButton text={cite} label={t('common.copy')} />
            </Section>
            <Section id="limits" title={t('about.limits')}>
              <table class="table">
                <caption class="sr">{t('about.limits')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('about.limit')}</th>
                    <th scope="col" class="numeric">
                      {t('assertion.value')}
                    </th>
                    <th scope="col">{t('about.meaning')}</th>
                  </tr>
                </thead>
                <tbody>
                  {meta.limits.map((l) => (
                    <tr>
                      <th scope="row">
                        <code>{l.name}</code>
                      </th>
                      <td class="numeric" data-name={t('assertion.value')}>
                        {number(l.value)}
                      </td>
                      <td data-name={t('about.meaning')} lang="en">
                        {l.description}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Section>
            <Section id="software" title={t('about.software')}>
              <p>
                {t('about.thirdParty')}{' '}
                <a href={url('THIRD-PARTY.txt')} data-native="">
                  THIRD-PARTY.txt
                </a>
              </p>
            </Section>
          </div>
        );
      }}
    </Page>
  );
}
