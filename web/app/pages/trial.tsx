// One trial: what is shown, who says so, where it is printed, what rests on it.
import { graphql } from '../gql';
import { apiLang, t } from '../i18n';
import { useQuery } from '../lib/client';
import { bare, phaseText } from '../lib/format';
import { ReferenceItem, StatementCard } from '../ui/evidence';
import { Status } from '../ui/marks';
import { EntityLink, Link, Notes } from '../ui/names';
import { NotFound, Page, Section, Toc } from '../ui/page';
import { ConflictCard } from '../ui/sides';
import { Assertions } from './trial/assertions';
import { Facts } from './trial/facts';
import { Rows, type TrialData } from './trial/rows';

const TRIAL = graphql(`
  query Trial($id: String!, $lang: Language!) {
    trial(id: $id) {
      id
      nctId
      label(lang: $lang)
      title
      status
      phases
      area
      startDate
      firstPosted
      primaryCompletionDate
      product
      cellSource
      targetLogic
      whyStopped
      enrollment
      countries
      sponsor {
        name
        class
      }
      registryIds {
        id
        registry
      }
      xrefs {
        curie
        url
        verified
        verification
        match
      }
      targets {
        role
        printed
        target {
          id
          label(lang: $lang)
        }
      }
      diseases {
        printed
        qualifiers
        disease {
          id
          label(lang: $lang)
        }
      }
      drugs {
        role
        printed
        drug {
          id
          label(lang: $lang)
        }
      }
      regimen {
        id
        label(lang: $lang)
      }
      rows {
        table
        row
        source {
          id
          title(lang: $lang)
        }
        cells {
          field
          printed
        }
      }
      assertions {
        id
        field
        value
        printed
        mapping
        asOf
        source {
          id
          title(lang: $lang)
        }
        row {
          table
          row
        }
        entity {
          id
          label(lang: $lang)
        }
      }
      conflicts {
        field
        resolved
        rule(lang: $lang)
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
      similar(first: 8) {
        trial {
          id
          nctId
          label(lang: $lang)
          status
          phases
        }
        sharedTargets {
          id
          label(lang: EN)
        }
        sharedDiseases {
          id
          label(lang: $lang)
        }
      }
      notes {
        id
        text(lang: $lang)
      }
    }
  }
`);

export default function Trial({ id }: { id: string }) {
  const variables = { id, lang: apiLang() };
  const asked = useQuery(TRIAL, variables);
  if (asked.data && !asked.data.trial && !asked.stale) return <NotFound what={id} />;
  const trial = asked.data?.trial;
  const nct = trial ? (trial.nctId ?? bare(trial.id)) : id;
  return (
    <Page
      title={nct}
      browserTitle={nct}
      kind="trial"
      above={<Link to="trials">{t('nav.trials')}</Link>}
      below={
        trial &&
        trial.label !== nct && (
          <p class="lead" lang="en">
            {trial.label}
          </p>
        )
      }
      document={TRIAL}
      variables={variables}
      asked={asked}
      tools={
        trial && (
          <>
            <Link to={`graph?focus=${trial.id}`} class="button small">
              {t('nav.graph')}
            </Link>
            <Link to={`paths?from=${trial.id}`} class="button small">
              {t('nav.paths')}
            </Link>
          </>
        )
      }
    >
      {({ trial }) => trial && <Body trial={trial} />}
    </Page>
  );
}

function Body({ trial }: { trial: TrialData }) {
  const entries = [
    { id: 'rows', title: t('trial.rows'), count: trial.rows.length },
    ...(trial.conflicts.length ? [{ id: 'conflicts', title: t('trial.conflicts'), count: trial.conflicts.length }] : []),
    { id: 'statements', title: t('common.statements'), count: trial.statements.totalCount },
    { id: 'references', title: t('common.references'), count: trial.references.totalCount },
    { id: 'similar', title: t('trial.similar'), count: trial.similar.length },
    { id: 'assertions', title: t('trial.assertions'), count: trial.assertions.length },
  ];
  return (
    <div class="with-toc">
      <Toc entries={entries} />
      <div class="body">
        <Facts trial={trial} />
        <Notes notes={trial.notes} />
        <Rows trial={trial} />
        {trial.conflicts.length > 0 && (
          <Section id="conflicts" title={t('trial.conflicts')} count={trial.conflicts.length}>
            {trial.conflicts.map((conflict) => (
              <ConflictCard conflict={conflict} />
            ))}
          </Section>
        )}
        <Section id="statements" title={t('common.statements')} count={trial.statements.totalCount}>
          {trial.statements.nodes.map((s) => (
            <StatementCard statement={s} />
          ))}
          {trial.statements.totalCount === 0 && <p class="empty">{t('trial.noStatements')}</p>}
        </Section>
        <Section id="references" title={t('common.references')} count={trial.references.totalCount}>
          {trial.references.nodes.map((r) => (
            <ReferenceItem reference={r} />
          ))}
          {trial.references.totalCount === 0 && <p class="empty">{t('trial.noReferences')}</p>}
        </Section>
        <Section id="similar" title={t('trial.similar')} count={trial.similar.length}>
          {trial.similar.length === 0 ? (
            <p class="empty">{t('trial.noSimilar')}</p>
          ) : (
            <ul class="similar">
              {trial.similar.map((s) => (
                <li>
                  <EntityLink id={s.trial.id} label={s.trial.nctId ?? bare(s.trial.id)} /> <span>{phaseText(s.trial.phases)}</span>{' '}
                  <Status status={s.trial.status} />
                  <span class="similar-title">{s.trial.label}</span>
                  <span class="muted">
                    {t('trial.shares')} {[...s.sharedTargets, ...s.sharedDiseases].map((e) => e.label).join(', ')}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Section>
        <Assertions trial={trial} />
      </div>
    </div>
  );
}
