// One trial: what is shown, who says so, where it is printed, what rests on it.
import { graphql } from '../gql';
import type { TrialQuery } from '../gql/graphql';
import { apiLang, number, t, word } from '../i18n';
import { useQuery } from '../lib/client';
import { bare, pageOf, phaseText } from '../lib/format';
import { href } from '../lib/router';
import { AsPrinted, DateText, EntityLink, Fact, Link, Missing, Notes, NotFound, Page, Printed, Section, Toc, Xrefs } from '../ui/basics';
import { ReferenceItem, StatementCard } from '../ui/evidence';
import { Status } from '../ui/marks';

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

type TrialData = NonNullable<TrialQuery['trial']>;

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
  const conflicted = new Map(trial.conflicts.map((c) => [c.field, c]));
  const differs = (field: 'STATUS' | 'PHASE') =>
    conflicted.has(field) && (
      <a class="differs" href={`${location.pathname}${location.search}#conflicts`}>
        ≠ {t('conflict.differs')}
      </a>
    );
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
        <dl class="facts">
          <Fact name={t('column.status')}>
            <Status status={trial.status} /> {differs('STATUS')}
          </Fact>
          <Fact name={t('column.phase')}>
            {phaseText(trial.phases)} {differs('PHASE')}
          </Fact>
          <Fact name={t('column.targets')}>
            <ul class="facts-list">
              {trial.targets.map(({ target, role, printed }) => (
                <li>
                  <EntityLink id={target.id} label={target.label} /> <span class="aside">{word('targetRole', role)}</span>
                  <AsPrinted texts={printed} besides={target.label} />
                </li>
              ))}
            </ul>
            {trial.targets.length === 0 && <Missing />}
          </Fact>
          <Fact name={t('column.diseases')}>
            <ul class="facts-list">
              {trial.diseases.map(({ disease, qualifiers, printed }) => (
                <li>
                  <EntityLink id={disease.id} label={disease.label} />
                  {qualifiers.length > 0 && <span class="aside">{qualifiers.map((q) => word('qualifier', q)).join(', ')}</span>}
                  <AsPrinted texts={printed} besides={disease.label} />
                </li>
              ))}
            </ul>
            {trial.diseases.length === 0 && <Missing />}
          </Fact>
          <Fact name={t('column.drugs')}>
            <ul class="facts-list">
              {trial.drugs.map(({ drug, role, printed }) => (
                <li>
                  <EntityLink id={drug.id} label={drug.label} /> <span class="aside">{word('role', role)}</span>
                  <AsPrinted texts={printed} besides={drug.label} />
                </li>
              ))}
            </ul>
            {trial.drugs.length === 0 && t('trial.noDrugs')}
            {trial.regimen && (
              <p class="regimen-line">
                {t('trial.regimen')} <EntityLink id={trial.regimen.id} label={trial.regimen.label} />
              </p>
            )}
          </Fact>
          <Fact name={t('column.start')}>
            <DateText date={trial.startDate} />
          </Fact>
          <Fact name={t('column.enrollment')}>
            {trial.enrollment === null || trial.enrollment === undefined ? <Missing /> : number(trial.enrollment)}
          </Fact>
          <Fact name={t('column.sponsor')}>
            {trial.sponsor ? (
              <>
                {trial.sponsor.name} <span class="aside">{word('agency', trial.sponsor.class)}</span>
              </>
            ) : (
              <Missing />
            )}
          </Fact>
          <Fact name={t('column.countries')}>{trial.countries.length ? trial.countries.join(', ') : <Missing />}</Fact>
          <Fact name={t('column.posted')}>
            <DateText date={trial.firstPosted} />
          </Fact>
          {(
            [
              ['PRODUCT', trial.product],
              ['CELL_SOURCE', trial.cellSource],
              ['TARGET_LOGIC', trial.targetLogic],
              ['WHY_STOPPED', trial.whyStopped],
            ] as const
          ).map(([field, value]) => value && <Fact name={word('field', field)}>{value}</Fact>)}
          {trial.primaryCompletionDate && (
            <Fact name={word('field', 'PRIMARY_COMPLETION_DATE')}>
              <DateText date={trial.primaryCompletionDate} />
            </Fact>
          )}
          <Fact name={t('trial.registry')}>
            {trial.nctId ? (
              <a class="external" href={`https://clinicaltrials.gov/study/${trial.nctId}`} rel="noreferrer external">
                ClinicalTrials.gov
              </a>
            ) : (
              trial.registryIds.map((r) => `${r.registry} ${r.id}`).join(', ')
            )}
            {trial.xrefs.length > 0 && <Xrefs xrefs={trial.xrefs} />}
          </Fact>
        </dl>
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
        <Section id="assertions" title={t('trial.assertions')} count={trial.assertions.length}>
          <details>
            <summary>{t('trial.assertionsHelp')}</summary>
            <table class="table">
              <caption class="sr">{t('trial.assertions')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('assertion.field')}</th>
                  <th scope="col">{t('assertion.value')}</th>
                  <th scope="col">{t('assertion.printed')}</th>
                  <th scope="col">{t('assertion.mapping')}</th>
                  <th scope="col">{t('assertion.source')}</th>
                </tr>
              </thead>
              <tbody>
                {trial.assertions.map((a) => (
                  <tr>
                    <th scope="row">{word('field', a.field)}</th>
                    <td data-name={t('assertion.value')}>
                      {a.entity ? <EntityLink id={a.entity.id} label={a.entity.label} /> : <ValueText field={a.field} value={a.value} />}
                    </td>
                    <td data-name={t('assertion.printed')}>
                      <Printed text={a.printed} />
                    </td>
                    <td data-name={t('assertion.mapping')}>{word('mapping', a.mapping)}</td>
                    <td data-name={t('assertion.source')}>
                      <SourceLink source={a.source} row={a.row} asOf={a.asOf} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </Section>
      </div>
    </div>
  );
}

export function SourceLink({
  source,
  row,
  asOf,
}: {
  source: { id: string; title: string };
  row?: { table: string; row: number } | null;
  asOf?: string | null;
}) {
  const to = pageOf(source.id) + (row ? `#r-${row.table}-${row.row}` : '');
  return (
    <span>
      <a href={href(to)}>
        {source.title}
        {row && `, ${t('row.short', { table: row.table, row: String(row.row) })}`}
      </a>
      {asOf && (
        <span class="aside">
          {t('common.asOf')} <DateText date={asOf} />
        </span>
      )}
    </span>
  );
}

/** A normalised value in words. */
export function ValueText({ field, value }: { field: string; value: string }) {
  if (field === 'STATUS') return <Status status={value} />;
  if (field === 'PHASE') return <>{phaseText(value.split('|').filter(Boolean))}</>;
  if (value === 'NONE_REPORTED') return <>{t('facet.none')}</>;
  if (field === 'SPONSOR_CLASS') return <>{word('agency', value)}</>;
  return <>{value.split('|').join(', ')}</>;
}

export function ConflictCard({ conflict }: { conflict: Pick<TrialData['conflicts'][number], 'field' | 'resolved' | 'rule' | 'sides'> }) {
  return (
    <article class="conflict">
      <h3>{word('field', conflict.field)}</h3>
      <ul class="sides">
        {conflict.sides.map((side) => (
          <li class={side.value === conflict.resolved ? 'shown' : undefined}>
            <span class="side-value">
              <ValueText field={conflict.field} value={side.value} />
              {side.value === conflict.resolved && <span class="badge">{t('conflict.shown')}</span>}
            </span>
            <Printed text={side.printed} />
            <SourceLink source={side.source} row={side.row} asOf={side.asOf} />
          </li>
        ))}
      </ul>
      <p class="muted">{conflict.rule}</p>
    </article>
  );
}

/** Every printed row side by side; a cell that differs between rows of one source is marked. */
function Rows({ trial }: { trial: TrialData }) {
  const fields = [...new Set(trial.rows.flatMap((r) => r.cells.map((c) => c.field)))];
  const printed = (row: TrialData['rows'][number], field: string) => row.cells.find((c) => c.field === field)?.printed;
  const marked = (row: TrialData['rows'][number], field: string) =>
    trial.rows.some((other) => other !== row && other.source.id === row.source.id && printed(other, field) !== printed(row, field));
  return (
    <Section id="rows" title={t('trial.rows')} count={trial.rows.length}>
      <p class="muted">{t('trial.rowsHelp')}</p>
      <div class="scroll" tabindex={0} role="region" aria-label={t('trial.rows')}>
        <table class="table printed-rows">
          <caption class="sr">{t('trial.rows')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('assertion.field')}</th>
              {trial.rows.map((row) => (
                <th scope="col">
                  <SourceLink source={row.source} row={row} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr>
                <th scope="row">{word('field', field)}</th>
                {trial.rows.map((row) => {
                  const text = printed(row, field);
                  const odd = marked(row, field);
                  return (
                    <td class={odd ? 'odd' : undefined}>
                      {text === undefined ? <span class="missing">–</span> : <Printed text={text} />}
                      {odd && <span class="badge">{t('trial.rowDiffers')}</span>}
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
}
