// What does each column say of a trial, and what has to be asked for it?
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { fragment, graphql } from '../gql';
import type { SourceField, TrialRowFragment } from '../gql/graphql';
import { number, t, word } from '../i18n';
import { pageOf, phaseText } from '../lib/format';
import { href } from '../lib/router';
import type { Column } from '../lib/trials';
import { Status } from './marks';
import { DateText, EntityLink, Missing } from './names';

export const TrialRow = fragment(
  graphql(`
    fragment TrialRow on Trial {
      id
      nctId
      label(lang: $lang)
      status
      phases
      area
      startDate
      firstPosted
      enrollment
      countries
      sponsor {
        name
      }
      targets {
        role
        printed
        target {
          id
          label(lang: EN)
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
      rows {
        table
        row
        source {
          id
        }
      }
      conflicts {
        field
      }
      references(first: 1) {
        totalCount
      }
    }
  `),
);

export type TrialParts = TrialRowFragment;

function Many({ children }: { children: ComponentChildren[] }) {
  if (children.length === 0) return <Missing />;
  return (
    <ul class="cell-list">
      {children.map((child) => (
        <li>{child}</li>
      ))}
    </ul>
  );
}

const MOST = 4;

/** A long list in a cell is cut; the rest comes when it is asked for. */
function Cut({ children }: { children: ComponentChildren[] }) {
  const [open, setOpen] = useState(false);
  if (children.length <= MOST) return <Many>{children}</Many>;
  return (
    <>
      <Many>{children.slice(0, MOST - 1)}</Many>
      <details class="more" onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{t('common.more', { n: children.length - MOST + 1 })}</summary>
        {open && <Many>{children.slice(MOST - 1)}</Many>}
      </details>
    </>
  );
}

function content(trial: TrialParts, column: Column): ComponentChildren {
  switch (column) {
    case 'status':
      return <Status status={trial.status} />;
    case 'phase':
      return <span class="phase">{phaseText(trial.phases)}</span>;
    case 'targets':
      return (
        <Many>
          {trial.targets.map(({ target, role }) => (
            <EntityLink
              id={target.id}
              label={target.label}
              extra={role === 'BINDER' && <span class="aside">{word('targetRole', role)}</span>}
            />
          ))}
        </Many>
      );
    case 'diseases':
      return (
        <Cut>
          {trial.diseases.map(({ disease, qualifiers }) => (
            <EntityLink
              id={disease.id}
              label={disease.label}
              extra={qualifiers.length > 0 && <span class="aside">{qualifiers.map((q) => word('qualifier', q)).join(', ')}</span>}
            />
          ))}
        </Cut>
      );
    case 'drugs':
      if (trial.drugs.length === 0) return <span class="missing">{t('facet.none')}</span>;
      return (
        <Cut>
          {trial.drugs.map(({ drug }) => (
            <EntityLink id={drug.id} label={drug.label} />
          ))}
        </Cut>
      );
    case 'start':
      return <DateText date={trial.startDate} />;
    case 'posted':
      return <DateText date={trial.firstPosted} />;
    case 'enrollment':
      return trial.enrollment === null || trial.enrollment === undefined ? <Missing /> : number(trial.enrollment);
    case 'sponsor':
      return trial.sponsor?.name ?? <Missing />;
    case 'countries':
      return trial.countries.length ? trial.countries.join(', ') : <Missing />;
    case 'rows':
      return (
        <ul class="cell-list">
          {trial.rows.map((row) => (
            <li>
              <a href={href(`${pageOf(row.source.id)}#r-${row.table}-${row.row}`)}>
                {t('row.short', { table: row.table, row: String(row.row) })}
              </a>
            </li>
          ))}
        </ul>
      );
    case 'references':
      return trial.references.totalCount ? <a href={href(`${pageOf(trial.id)}#references`)}>{number(trial.references.totalCount)}</a> : '0';
  }
}

/** Columns of which sources may say different things. */
const FIELDS: Partial<Record<Column, SourceField>> = {
  status: 'STATUS',
  phase: 'PHASE',
  start: 'START_DATE',
  enrollment: 'ENROLLMENT',
  sponsor: 'SPONSOR',
};

/** What a column says of a trial, and whether sources disagree on it. */
export function cell(trial: TrialParts, column: Column): ComponentChildren {
  const field = FIELDS[column];
  if (!field || !trial.conflicts.some((c) => c.field === field)) return content(trial, column);
  return (
    <>
      {content(trial, column)}
      <Differs id={trial.id} />
    </>
  );
}

function Differs({ id }: { id: string }) {
  return (
    <a class="differs" href={href(`${pageOf(id)}#conflicts`)} title={t('conflict.differs')}>
      ≠<span class="sr">{t('conflict.differs')}</span>
    </a>
  );
}
