// What is shown of this trial, in words and as printed?
import type { SourceField } from '../../gql/graphql';
import { number, t, word } from '../../i18n';
import { bare, phaseText } from '../../lib/format';
import { href } from '../../lib/router';
import { Status } from '../../ui/marks';
import { DateText, EntityLink, Fact, Missing, Printed, Xrefs } from '../../ui/names';
import { rowOf } from '../../ui/sides';
import type { TrialData } from './rows';

export function Facts({ trial }: { trial: TrialData }) {
  const conflicted = new Set(trial.conflicts.map((c) => c.field));
  const elsewhere = trial.xrefs.filter((x) => !trial.nctId || !x.curie.includes(trial.nctId));
  /** Who says so, in which words. */
  const said = (field: SourceField, besides = '', of?: string) => {
    const sides = trial.assertions.filter((a) => a.field === field && (!of || a.entity?.id === of));
    return (
      <>
        {!of && conflicted.has(field) && (
          <a class="differs" href={`${location.pathname}${location.search}#conflicts`}>
            ≠ {t('conflict.differs')}
          </a>
        )}
        {sides.length > 0 && (
          <span class="as-printed">
            {sides.map((a) => (
              <span>
                {a.printed !== besides && <Printed text={a.printed} />}{' '}
                <a
                  href={href(rowOf(a.source.id, a.row))}
                  title={`${a.source.title}${a.row ? `, ${t('row.short', { table: a.row.table, row: String(a.row.row) })}` : ''}`}
                >
                  {bare(a.source.id)}
                </a>
              </span>
            ))}
          </span>
        )}
      </>
    );
  };
  return (
    <dl class="facts">
      <Fact name={t('column.status')}>
        <Status status={trial.status} />
        {said('STATUS')}
      </Fact>
      <Fact name={t('column.phase')}>
        {phaseText(trial.phases)}
        {said('PHASE')}
      </Fact>
      <Fact name={t('column.targets')}>
        <ul class="facts-list">
          {trial.targets.map(({ target, role }) => (
            <li>
              <EntityLink id={target.id} label={target.label} /> <span class="aside">{word('targetRole', role)}</span>
              {said('TARGET', target.label, target.id)}
            </li>
          ))}
        </ul>
        {trial.targets.length === 0 && <Missing />}
      </Fact>
      <Fact name={t('column.diseases')}>
        <ul class="facts-list">
          {trial.diseases.map(({ disease, qualifiers }) => (
            <li>
              <EntityLink id={disease.id} label={disease.label} />
              {qualifiers.length > 0 && <span class="aside">{qualifiers.map((q) => word('qualifier', q)).join(', ')}</span>}
              {said('DISEASE', disease.label, disease.id)}
            </li>
          ))}
        </ul>
        {trial.diseases.length === 0 && <Missing />}
      </Fact>
      <Fact name={t('column.drugs')}>
        <ul class="facts-list">
          {trial.drugs.map(({ drug, role }) => (
            <li>
              <EntityLink id={drug.id} label={drug.label} /> <span class="aside">{word('role', role)}</span>
              {said('REGIMEN', drug.label, drug.id)}
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
        {said('START_DATE', trial.startDate ?? '')}
      </Fact>
      <Fact name={t('column.enrollment')}>
        {trial.enrollment === null || trial.enrollment === undefined ? <Missing /> : number(trial.enrollment)}
        {said('ENROLLMENT', String(trial.enrollment))}
      </Fact>
      <Fact name={t('column.sponsor')}>
        {trial.sponsor ? (
          <>
            {trial.sponsor.name} <span class="aside">{word('agency', trial.sponsor.class)}</span>
            {said('SPONSOR', trial.sponsor.name)}
          </>
        ) : (
          <Missing />
        )}
      </Fact>
      <Fact name={t('column.countries')}>
        {trial.countries.length ? trial.countries.join(', ') : <Missing />}
        {said('COUNTRY', trial.countries.join(' | '))}
      </Fact>
      <Fact name={t('column.posted')}>
        <DateText date={trial.firstPosted} />
        {said('FIRST_POSTED', trial.firstPosted ?? '')}
      </Fact>
      {(
        [
          ['PRODUCT', trial.product],
          ['CELL_SOURCE', trial.cellSource],
          ['TARGET_LOGIC', trial.targetLogic],
          ['WHY_STOPPED', trial.whyStopped],
        ] as const
      ).map(
        ([field, value]) =>
          value && (
            <Fact name={word('field', field)}>
              {value}
              {said(field, value)}
            </Fact>
          ),
      )}
      {trial.primaryCompletionDate && (
        <Fact name={word('field', 'PRIMARY_COMPLETION_DATE')}>
          <DateText date={trial.primaryCompletionDate} />
          {said('PRIMARY_COMPLETION_DATE', trial.primaryCompletionDate)}
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
        {elsewhere.length > 0 && <Xrefs xrefs={elsewhere} />}
      </Fact>
    </dl>
  );
}
